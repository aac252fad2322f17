import type { Lanes } from '../lanes/model.ts';
import type { Build, BuildVariable } from '../model.ts';
import { leaksOfCopies } from './copied-files.ts';
import { leaksOfLabels } from './labels.ts';
import { leaksOfDockerfile } from './layers.ts';
import type { SecretLeak } from './model.ts';
import { leaksOfSteps } from './steps.ts';

/** Every secret that something keeps for others to read, each once, by the order of the files and their text. */
export function findLeaks(
  lanes: Lanes,
  builds: readonly Build[],
  buildVariables: readonly BuildVariable[],
): readonly SecretLeak[] {
  const { documents } = lanes;
  const variables = new Map(buildVariables.map((one) => [one.variable, one]));
  const leaks = [
    ...[...documents.dockerfiles.values()].flatMap((one) => leaksOfDockerfile(one, builds, variables)),
    ...leaksOfCopies(documents, builds),
    ...leaksOfSteps(lanes),
    ...leaksOfLabels(lanes),
  ];
  const once = new Map(
    leaks.toReversed().map((leak) => [`${leak.sink} ${leak.range.file.path}:${leak.range.start}`, leak]),
  );
  return [...once.values()].sort(byPlace);
}

function byPlace({ range: a }: SecretLeak, { range: b }: SecretLeak): number {
  return a.file.path === b.file.path ? a.start - b.start : a.file.path < b.file.path ? -1 : 1;
}
