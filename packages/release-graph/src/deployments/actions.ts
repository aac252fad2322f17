import { inputEntry, inputLines, inputValue } from '../builds/action-inputs.ts';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import type { Documents } from '../model.ts';
import { partOfKey } from '../tools/deploy.ts';
import { evaluateText } from '../values/expressions.ts';
import { toValue } from '../values/value.ts';
import { subjectOf } from '../verifications/index.ts';
import { deployActions } from './action-table.ts';
import type { DeployAction } from './action-table.ts';
import { deploymentOfUse } from './calls.ts';
import type { FoundDeployment, NamedImage } from './found.ts';
import { imagesOfParts } from './images.ts';
import { usesOfArguments, usesOfScriptInput } from './tool-uses.ts';

/** What a step deploys through an action of another repository. */
export function deploymentOfStep(documents: Documents, step: StepInstance): readonly FoundDeployment[] {
  const { uses } = step.step;
  const action = actionOf(step);
  if (!action || !uses) return [];
  if (action.script) return usesOfScriptInput(step, action).flatMap((use) => deploymentOfUse(documents, use));
  if (action.arguments) return usesOfArguments(step, action).flatMap((use) => deploymentOfUse(documents, use));
  if (action.onlyWith && !action.onlyWith.some((name) => inputEntry(step, name)))
    return action.effect === 'files' ? [] : [base(step, action, [], 'code')];
  const images = imagesOfInputs(step, action);
  const builds = images.length === 0 && action.builds?.some((name) => inputEntry(step, name)) === true;
  return [base(step, action, images, builds ? 'code' : (action.of ?? 'images'))];
}

function base(
  step: StepInstance,
  action: DeployAction,
  images: readonly NamedImage[],
  of: FoundDeployment['of'],
): FoundDeployment {
  const { uses } = step.step;
  const reads = action.reads === undefined ? undefined : inputValue(step, action.reads)?.written;
  const source = /steps\.([\w-]+)\./.exec(reads ?? '')?.[1];
  return {
    how: [uses?.owner, uses?.repository, uses?.path].filter(Boolean).join('/'),
    platform: action.platform,
    effect: action.effect ?? 'runs',
    of,
    range: uses?.range ?? step.step.range,
    origin: step.origin,
    place: { step, ...(step.job && { job: step.job }) },
    images,
    ...(source !== undefined && { reads: source }),
  };
}

function actionOf({ step: { uses } }: StepInstance): DeployAction | undefined {
  if (uses?.target !== 'action') return undefined;
  const name = [uses.owner, uses.repository, uses.path].filter(Boolean).join('/').toLowerCase();
  return Object.hasOwn(deployActions, name) ? deployActions[name] : undefined;
}

function imagesOfInputs(step: StepInstance, action: DeployAction): readonly NamedImage[] {
  const direct = Object.entries(action.images ?? {}).flatMap(([name, part]) =>
    inputLines(step, name).flatMap((line) =>
      part === 'reference' ? [subjectOf(line.value, line.range)] : imagesOfParts([{ part, value: line.value }]),
    ),
  );
  return [...direct, ...ofAssigned(step, action), ...ofValues(step, action)];
}

/** `name=image`, one a line. */
function ofAssigned(step: StepInstance, { assigned }: DeployAction): readonly NamedImage[] {
  const entry = assigned === undefined ? undefined : inputEntry(step, assigned);
  return entry ? pairsOf(step, entry.text.text, entry).map(({ value }) => subjectOf(value)) : [];
}

type Entry = NonNullable<ReturnType<typeof inputEntry>>;

/** The values of a chart: `image.tag=1`, between commas or one a line. */
function ofValues(step: StepInstance, { values }: DeployAction): readonly NamedImage[] {
  const entry = values === undefined ? undefined : inputEntry(step, values);
  if (!entry) return [];
  const parts = pairsOf(step, entry.text.text, entry).flatMap(({ key, value }) => {
    const part = partOfKey(key);
    return part ? [{ ...part, value }] : [];
  });
  return imagesOfParts(parts);
}

function pairsOf(step: StepInstance, text: string, entry: Entry) {
  return [...text.matchAll(/(?:^|[\n,])[ \t]*([\w.-]+)[ \t]*=[ \t]*((?:\$\{\{[^}\n]*\}\}|[^\n,$]|\$)+)/g)].map(
    (match) => {
      const written = (match[2] ?? '').trimEnd();
      const start = match.index + match[0].length - (match[2] ?? '').length;
      const place = entry.text.slice(start, start + written.length);
      const value = toValue(evaluateText(place.text, scopeOfStep(step), place), place.text, place.range());
      return { key: match[1] ?? '', value };
    },
  );
}
