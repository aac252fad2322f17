import { expandOptionsAt, expandWord, scopeAt } from '@plimsoll/documents';
import type { Dockerfile, Instruction, Range, Variable, VariableInstruction } from '@plimsoll/documents';
import type { BuildVariable, SecretFlow } from '../model.ts';
import { credentialOf } from './credential.ts';

/** Every ARG (also those before the first FROM) and ENV of a Dockerfile; `flowsOf` tells the secrets that builds hand to an ARG of that name. */
export function readBuildVariables(
  dockerfile: Dockerfile,
  flowsOf: (name: string) => readonly SecretFlow[],
): readonly BuildVariable[] {
  const known = new Map<number, BuildVariable>();
  for (const instruction of dockerfile.instructions) {
    const read = triggered(instruction);
    if (read.type !== 'variables' || read.name === 'LABEL') continue;
    for (const variable of read.variables)
      known.set(variable.range.start, readVariable(dockerfile, read, variable, known, flowsOf));
  }
  return [...known.values()];
}

/** The instruction itself, or that behind ONBUILD. */
function triggered(instruction: Instruction): Instruction {
  return instruction.type === 'words' && instruction.trigger ? instruction.trigger : instruction;
}

function readVariable(
  dockerfile: Dockerfile,
  instruction: VariableInstruction,
  variable: Variable,
  known: ReadonlyMap<number, BuildVariable>,
  flowsOf: (name: string) => readonly SecretFlow[],
): BuildVariable {
  const kind = instruction.name === 'ARG' ? 'ARG' : 'ENV';
  const { value, judged } = valuesOf(dockerfile, instruction, variable);
  const credential = credentialOf(kind, variable.name, judged);
  const copies = kind === 'ENV' ? copied(dockerfile, instruction, variable, known) : undefined;
  return {
    dockerfile,
    instruction,
    variable,
    kind,
    ...(value !== undefined && { value }),
    ...(copies && { copies }),
    flows: kind === 'ARG' ? flowsOf(variable.name) : [],
    ...(credential && { credential }),
  };
}

/** The value as it is known, and as it is judged: there a name that nothing declares is empty. */
function valuesOf(
  dockerfile: Dockerfile,
  instruction: VariableInstruction,
  { value }: Variable,
): { value?: string; judged?: string } {
  if (!value) return {};
  const scope = scopeAt(dockerfile, instruction);
  const options = expandOptionsAt(dockerfile, instruction);
  const known = expandWord(value, scope, options).value;
  const judged = known ?? expandWord(value, scope, { ...options, undeclared: 'empty' }).value;
  return { ...(known !== undefined && { value: known }), ...(judged !== undefined && { judged }) };
}

/** `$NAME`, `${NAME}`, `${NAME:-default}` and nothing else, perhaps in quotes. */
const REFERENCE = /^(["']?)\$(?:(\w+)|\{(\w+)(?::?-[^${}]*)?\})\1$/;

/** The ARG whose value an ENV takes over, also through another ENV. */
function copied(
  dockerfile: Dockerfile,
  instruction: VariableInstruction,
  { value }: Variable,
  known: ReadonlyMap<number, BuildVariable>,
): BuildVariable | undefined {
  const match = REFERENCE.exec(value?.raw ?? '');
  const name = match?.[2] ?? match?.[3];
  const at: Range | undefined = name === undefined ? undefined : scopeAt(dockerfile, instruction).get(name)?.definedAt;
  const found = at && known.get(at.start);
  return found?.kind === 'ARG' ? found : found?.copies;
}
