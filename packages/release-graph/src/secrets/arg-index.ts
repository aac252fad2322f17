import { expandWord } from '@plimsoll/documents';
import type { Dockerfile, Instruction, Variable, VariableInstruction } from '@plimsoll/documents';

export interface ArgDeclaration {
  readonly instruction: VariableInstruction;
  readonly variable: Variable;
}

/** Where one name stands in a Dockerfile, each in the order of the text. */
export interface NameUses {
  readonly declarations: readonly ArgDeclaration[];
  /** ENVs and LABELs whose value reads it. */
  readonly copies: readonly ArgDeclaration[];
  /** Other instructions with `$NAME` or `${NAME…}` in them. What a program reads from its environment is not seen. */
  readonly others: readonly Instruction[];
}

type Open = { -readonly [K in keyof NameUses]: NameUses[K][number][] };

const known = new WeakMap<Dockerfile, ReadonlyMap<string, NameUses>>();
const nowhere: NameUses = { declarations: [], copies: [], others: [] };

export function usesOf(dockerfile: Dockerfile, name: string): NameUses {
  const index = known.get(dockerfile) ?? indexOf(dockerfile);
  known.set(dockerfile, index);
  return index.get(name) ?? nowhere;
}

function indexOf({ instructions }: Dockerfile): ReadonlyMap<string, NameUses> {
  const index = new Map<string, Open>();
  const at = (name: string): Open => {
    const uses = index.get(name) ?? { declarations: [], copies: [], others: [] };
    index.set(name, uses);
    return uses;
  };
  for (const instruction of instructions) {
    if (instruction.type !== 'variables') {
      for (const name of namesIn(instruction.body.text)) at(name).others.push(instruction);
      continue;
    }
    for (const variable of instruction.variables) {
      const entry = { instruction, variable };
      if (instruction.name === 'ARG') at(variable.name).declarations.push(entry);
      else for (const name of readBy(variable)) at(name).copies.push(entry);
    }
  }
  return index;
}

function readBy({ value }: Variable): readonly string[] {
  return value ? expandWord(value, new Map()).names : [];
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name));
}
