import { lexShell } from './lex.ts';
import type { FromInstruction, Instruction, Stage } from './model.ts';

/** Puts the instructions below their FROMs. */
export function buildStages(instructions: readonly Instruction[]): Stage[] {
  const byName = new Map<string, Stage>();
  const below = groupByStage(instructions);
  const stages: Stage[] = [];
  for (const from of instructions.filter((each): each is FromInstruction => each.type === 'from')) {
    const name = from.alias?.raw.toLowerCase();
    const parent = byName.get(literal(from));
    const stage: Stage = {
      index: from.stage,
      ...(name !== undefined && { name }),
      from,
      ...(parent && { parent }),
      instructions: below.get(from.stage) ?? [],
    };
    stages.push(stage);
    if (name !== undefined) byName.set(name, stage);
  }
  return stages;
}

function groupByStage(instructions: readonly Instruction[]): Map<number, Instruction[]> {
  return Map.groupBy(
    instructions.filter((each) => each.type !== 'from'),
    (each) => each.stage,
  );
}

/** The name without quotes; as it is where it holds a variable, which is no stage's name. */
function literal({ image }: FromInstruction): string {
  if (image.raw.includes('$')) return image.raw;
  return lexShell(image.raw, { escape: '\\', lookup: () => ({ state: 'undeclared' }) }).text;
}
