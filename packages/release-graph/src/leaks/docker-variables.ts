import { expandWord } from '@plimsoll/documents';
import type { Instruction, Variable } from '@plimsoll/documents';
import type { BuildVariable } from '../model.ts';
import { isCredential } from './identifiers.ts';
import { through } from './tracked.ts';
import type { Tracked } from './tracked.ts';

export type Variables = ReadonlyMap<string, Tracked>;

/** The ARGs and ENVs that hold secrets behind an instruction, from those in front of it. */
export function variablesBehind(
  before: Variables,
  instruction: Instruction,
  known: ReadonlyMap<Variable, BuildVariable>,
): Variables {
  if (instruction.type !== 'variables' || instruction.name === 'LABEL') return before;
  const after = new Map(before);
  for (const variable of instruction.variables) {
    const own = known.get(variable);
    const secret = copiedBy(before, variable) ?? (own && trackedVariable(own));
    if (secret)
      after.set(
        variable.name,
        through(secret, variable.range, `${instruction.name} ${variable.name} takes it`) ?? secret,
      );
    else if (instruction.name === 'ENV') after.delete(variable.name);
  }
  return after;
}

/** A secret in the value of an ENV, a LABEL or the default of an ARG. */
export function copiedBy(variables: Variables, { value }: Variable): Tracked | undefined {
  if (!value || variables.size === 0) return undefined;
  return expandWord(value, new Map())
    .names.map((name) => variables.get(name))
    .find(Boolean);
}

function trackedVariable({ flows, kind, variable, credential }: BuildVariable): Tracked | undefined {
  const flow = flows.find(({ source }) => isCredential(source));
  if (flow) {
    const label = `${flow.source.text} becomes the build-arg ${flow.name}`;
    return { source: flow.source, path: [{ at: flow.range, label }] };
  }
  if (!credential) return undefined;
  const text = `the value of ${kind} ${variable.name}`;
  return { source: { text, kind: 'variable', range: variable.range }, path: [] };
}
