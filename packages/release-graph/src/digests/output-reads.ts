import type { Expression } from '@plimsoll/documents';
import type { StepInstance } from '../lanes/model.ts';
import { readingsOfAction, readingsOfJob, readingsOfStep } from './readings.ts';
import type { Reading } from './readings.ts';

const digestOutputs = new Set(['digest', 'metadata']);

const readsOfLists = new WeakMap<readonly StepInstance[], ReadonlyMap<string, readonly Reading[]>>();

/** Where the digest among the outputs of a step is read: in its job or action. A condition alone keeps nothing. */
export function readsOfOutputs(step: StepInstance): readonly Reading[] {
  const known = readsOfLists.get(step.siblings) ?? readsOf(step);
  readsOfLists.set(step.siblings, known);
  const { id } = step.step;
  const all = [...(id === undefined ? [] : (known.get(id.toLowerCase()) ?? [])), ...(known.get('*') ?? [])];
  return all.filter(readsDigest);
}

/** What a list of steps and the outputs around it read of steps, by their ids; `*` for all of them. */
function readsOf(step: StepInstance): ReadonlyMap<string, readonly Reading[]> {
  const around = step.action ? readingsOfAction(step) : step.job ? readingsOfJob(step.job) : [];
  const all = [...step.siblings.flatMap(readingsOfStep), ...around].filter(({ path }) => path.context === 'steps');
  return Map.groupBy(all, ({ path }) => path.names[0]?.toLowerCase() ?? '*');
}

function readsDigest(reading: Reading): boolean {
  const { path, site } = reading;
  if (site.kind === 'condition') return false;
  const [, kind, output] = path.names;
  if (kind !== undefined && kind !== '*' && kind.toLowerCase() !== 'outputs') return false;
  if (output === undefined || output === '*') return true;
  return digestOutputs.has(output.toLowerCase()) && !picksAnother(reading);
}

/** `fromJSON(steps.bake.outputs.metadata).api['image.name']` is not the digest. */
export function picksAnother({ part, path }: Reading): boolean {
  const picked = part.expression && pickedOf(part.expression, path.range.start);
  return (
    picked !== undefined &&
    /^(?:image\.name|buildx\.build\.(?:ref|warnings)|containerimage\.config\.digest)$/.test(picked)
  );
}

/** The last field that is taken of the JSON which is read at this place. */
function pickedOf(expression: Expression, start: number): string | undefined {
  switch (expression.kind) {
    case 'access': {
      const { base, path } = expression;
      const last = path.at(-1);
      const [argument] = base.kind === 'call' && base.name.toLowerCase() === 'fromjson' ? base.args : [];
      if (argument?.range.start === start) return last?.kind === 'name' ? last.name : undefined;
      return pickedOf(base, start);
    }
    case 'call':
      return expression.args.map((argument) => pickedOf(argument, start)).find((name) => name !== undefined);
    case 'operation':
      return expression.operands.map((operand) => pickedOf(operand, start)).find((name) => name !== undefined);
    default:
      return undefined;
  }
}
