import type { BuildsFound, CallSite, Place } from '../builds/index.ts';
import { inputEntry, inputValue } from '../builds/action-inputs.ts';
import { isAction } from '../builds/build-push-action.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { ValueForm } from '../model.ts';
import { rootOf } from '../publications/lane-root.ts';
import { recogniseCommand } from '../tools/index.ts';
import { images } from '../values/image-names.ts';
import { evaluateWord } from '../values/shell.ts';
import type { FoundDigest } from './found.ts';
import type { DigestIndex } from './locate.ts';
import { isOtherName, isSymbolic } from './names.ts';
import { neededWith } from './platform-use.ts';

/** What signs or attests something by a digest, and it is not known from where that comes. */
interface Unclear {
  /** Empty: unknown. */
  readonly names: readonly string[];
  readonly reason: string;
}

/** What makes it uncertain that a digest is lost, by the file in which the run starts. */
export interface Uncertainties {
  readonly subjects: ReadonlyMap<string, readonly Unclear[]>;
  readonly merges: ReadonlyMap<string, readonly CallSite[]>;
}

export function uncertaintiesOf({ sites, steps }: BuildsFound, index: DigestIndex): Uncertainties {
  const ofSites = sites.flatMap((site) => unclearSite(site).map((unclear) => ({ root: rootOf(site.place), unclear })));
  const ofSteps = steps.flatMap((step) => unclearStep(step, index));
  const groups = Map.groupBy([...ofSites, ...ofSteps], ({ root }) => root);
  return {
    subjects: new Map([...groups].map(([root, some]) => [root, some.map(({ unclear }) => unclear)])),
    merges: Map.groupBy(
      sites.filter(({ call }) => call.does === 'merge'),
      (site) => rootOf(site.place),
    ),
  };
}

/** `cosign sign "$IMAGE_REF"`: what the variable holds may be a digest. */
function unclearSite({ call, scope }: CallSite): readonly Unclear[] {
  if ((call.does !== 'sign' && call.does !== 'attest') || call.of !== 'image') return [];
  return call.subjects.flatMap((word) => {
    const { forms } = evaluateWord(word, scope);
    const found = images({ forms });
    const named = found.some((image) => image.tag !== undefined);
    return named
      ? []
      : [{ names: found.map(({ name }) => name), reason: `it is not known what ${call.tool} is given` }];
  });
}

function unclearStep(
  step: StepInstance,
  index: DigestIndex,
): readonly { readonly root: string; readonly unclear: Unclear }[] {
  if (!isAction(step, 'actions/attest', 'actions/attest-build-provenance', 'actions/attest-sbom')) return [];
  const digest = inputValue(step, 'subject-digest');
  if (inputEntry(step, 'subject-path') || inputEntry(step, 'subject-checksums')) return [];
  const root = rootOf({ step, ...(step.job && { job: step.job }) });
  if (digest && index.of(digest.definitions, root).length > 0) return [];
  const forms = inputValue(step, 'subject-name')?.forms.map((form): ValueForm => [...form, '@']) ?? [];
  const names = images({ forms }).map(({ name }) => name);
  return [{ root, unclear: { names, reason: 'it is not known from where the digest that is attested comes' } }];
}

/** Why it cannot be told that a digest goes nowhere. */
export function whyUncertain(
  digest: FoundDigest,
  place: Place,
  { subjects, merges }: Uncertainties,
): string | undefined {
  const root = rootOf(place);
  const subject = subjects
    .get(root)
    ?.find(({ names }) => names.length === 0 || digest.names.length === 0 || !isOtherName(names, digest.names));
  if (subject) return subject.reason;
  const { job } = place;
  const symbolic = digest.names.length === 0 || digest.names.some(isSymbolic);
  const merge = symbolic && digest.by !== 'merge' && job && merges.get(root)?.some((site) => isBehind(site, job));
  return merge ? 'it may become a part of an index' : (readsBehind(place) ?? undefined);
}

function isBehind({ place }: CallSite, job: JobInstance): boolean {
  return (
    place.job !== undefined && place.job.job !== job.job && neededWith(place.job).some((one) => one.job === job.job)
  );
}

const lastReaders = new WeakMap<readonly StepInstance[], Reader | undefined>();

interface Reader {
  readonly index: number;
  readonly reason: string;
}

/** Something behind it in its job speaks of digests and is not understood. */
function readsBehind({ step }: Place): string | undefined {
  if (!step) return undefined;
  const { siblings } = step;
  if (!lastReaders.has(siblings)) lastReaders.set(siblings, lastReader(siblings));
  const last = lastReaders.get(siblings);
  return last && last.index >= step.step.index ? last.reason : undefined;
}

function lastReader(steps: readonly StepInstance[]): Reader | undefined {
  for (const step of [...steps].reverse()) {
    const reason = unclearReader(step);
    if (reason !== undefined) return { index: step.step.index, reason };
  }
  return undefined;
}

function unclearReader({ step }: StepInstance): string | undefined {
  const { uses, run } = step;
  if (uses?.target === 'action' && /digest/i.test(`${uses.repository ?? ''}/${uses.path ?? ''}`))
    return `${uses.text} may read it`;
  const script = run && scriptOf(step);
  if (run && !script) return /digest/i.test(run.value) ? 'a script in another language may read it' : undefined;
  const asks = script?.commands.some(
    (command) =>
      command.name !== 'echo' &&
      command.words.slice(1).some((word) => /digest/i.test(word.raw) && !word.raw.includes('${{')) &&
      !recogniseCommand(command),
  );
  return asks ? 'a command that is not understood may read it' : undefined;
}
