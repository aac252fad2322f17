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
function picksAnother(reading: Reading): boolean {
  const field = pickedFields(reading).at(-1);
  return (
    field !== undefined &&
    /^(?:image\.name|buildx\.build\.(?:ref|warnings)|containerimage\.config\.digest)$/.test(field)
  );
}

/** The fields that are taken of the JSON which is read, as far as they are literal: `api`, `containerimage.digest`. */
export function pickedFields({ part, path }: Reading): readonly string[] {
  return (part.expression && fieldsOf(part.expression, path.range.start)) ?? [];
}

function fieldsOf(expression: Expression, start: number): readonly string[] | undefined {
  switch (expression.kind) {
    case 'access': {
      const { base, path } = expression;
      const [argument] = base.kind === 'call' && base.name.toLowerCase() === 'fromjson' ? base.args : [];
      if (argument?.range.start !== start) return fieldsOf(base, start);
      return path.map((accessor) => (accessor.kind === 'name' ? accessor.name : '*'));
    }
    case 'call':
      return expression.args.map((argument) => fieldsOf(argument, start)).find((fields) => fields !== undefined);
    case 'operation':
      return expression.operands.map((operand) => fieldsOf(operand, start)).find((fields) => fields !== undefined);
    default:
      return undefined;
  }
}
