import { expandWord } from '@plimsoll/documents';
import type { Dockerfile, Instruction, Stage, Variable, VariableInstruction } from '@plimsoll/documents';
import type { Build, Related } from '../model.ts';
import { keepsBuildArgs } from './provenance-mode.ts';

export interface Keeping {
  /** What keeps the value, to follow "stays in". */
  readonly keptIn: readonly string[];
  /** The ARG that takes it: in the image's own stages, else in another stage, else before the first FROM. */
  readonly declaration?: { readonly instruction: VariableInstruction; readonly variable: Variable };
  /** The ARG and its uses, in the order of the text. */
  readonly places: readonly Related[];
}

const MAX_USES = 8;

/** Where the Dockerfile is not known. */
export const unknownHistory = 'the history of the image, where a stage of it declares the ARG';

/**
 * What keeps the value of a build-arg. History: each ARG of the final stage and of the stages that it is FROM is written
 * there with its value, and the RUNs after it repeat it. Configuration: an ENV or LABEL that copies it. Provenance with
 * `mode=max`: each build-arg that is passed, whatever stage takes it.
 */
export function keepingOf(build: Build, name: string): Keeping {
  const provenance = keepsBuildArgs(build);
  const inProvenance = provenance === undefined ? [] : [`the provenance of the image (${provenance})`];
  if (build.dockerfile.status === 'opaque') {
    return { keptIn: [unknownHistory, ...inProvenance], places: [] };
  }
  const dockerfile = build.dockerfile.target;
  const chain = finalChain(dockerfile, build.target);
  const declared = declarationsOf(dockerfile, name);
  const shipped = declared.filter(({ instruction }) => chain.has(instruction.stage));
  const copied = shipped.length > 0 ? copiesIn(dockerfile, chain, name) : [];
  const keptIn = [
    ...(shipped.length > 0 ? ['the history of the image'] : []),
    ...(copied.length > 0 ? [`the configuration of the image (${copied.join(', ')})`] : []),
    ...inProvenance,
  ];
  const declaration = shipped[0] ?? declared.find(({ instruction }) => instruction.stage >= 0) ?? declared[0];
  return {
    keptIn: keptIn.length > 0 ? keptIn : ['the log of the build, where a step that uses it is named with its value'],
    ...(declaration && { declaration }),
    places: placesOf(dockerfile, declared, name),
  };
}

/** The indexes of the stage that becomes the image and of those that it is FROM. */
function finalChain({ stages }: Dockerfile, target: string | undefined): ReadonlySet<number> {
  const wanted = target?.toLowerCase();
  let stage: Stage | undefined =
    wanted === undefined || wanted === ''
      ? stages.at(-1)
      : (stages.findLast((one) => one.name === wanted) ??
        stages.find((one) => String(one.index) === wanted) ??
        stages.at(-1));
  const chain = new Set<number>();
  while (stage && !chain.has(stage.index)) {
    chain.add(stage.index);
    stage = stage.parent;
  }
  return chain;
}

function declarationsOf(
  dockerfile: Dockerfile,
  name: string,
): readonly { instruction: VariableInstruction; variable: Variable }[] {
  const found: { instruction: VariableInstruction; variable: Variable }[] = [];
  for (const instruction of dockerfile.instructions) {
    if (instruction.type !== 'variables' || instruction.name !== 'ARG') continue;
    for (const variable of instruction.variables) if (variable.name === name) found.push({ instruction, variable });
  }
  return found;
}

/** `ENV NODE_AUTH_TOKEN`, for each that reads the ARG in a stage of the image. */
function copiesIn(dockerfile: Dockerfile, chain: ReadonlySet<number>, name: string): readonly string[] {
  return dockerfile.instructions.flatMap((instruction) => {
    if (instruction.type !== 'variables' || instruction.name === 'ARG' || !chain.has(instruction.stage)) return [];
    return instruction.variables
      .filter((variable) => reads(variable, name))
      .map((variable) => `${instruction.name} ${variable.name}`);
  });
}

function reads({ value }: Variable, name: string): boolean {
  return value !== undefined && expandWord(value, new Map()).names.includes(name);
}

function placesOf(
  dockerfile: Dockerfile,
  declared: readonly { instruction: VariableInstruction; variable: Variable }[],
  name: string,
): readonly Related[] {
  const stages = new Set(declared.map(({ instruction }) => instruction.stage));
  const places: Related[] = [];
  for (const instruction of dockerfile.instructions) {
    const own = declared.filter((one) => one.instruction === instruction);
    for (const { variable } of own) places.push({ at: variable.range, label: `ARG ${name} takes it` });
    if (own.length === 0 && stages.has(instruction.stage) && uses(instruction, name)) {
      places.push({ at: firstLineOf(instruction), label: `${instruction.name} uses it` });
    }
    if (places.length >= MAX_USES) break;
  }
  return places;
}

function firstLineOf({ range, nameRange }: Instruction): Related['at'] {
  const { file } = range;
  return { file, start: range.start, end: Math.min(range.end, file.lineEnd(file.positionAt(nameRange.start).line)) };
}

/** It has `$NAME` or `${NAME…}` in it. What a program reads from its environment is not seen. */
function uses(instruction: Instruction, name: string): boolean {
  if (instruction.type === 'variables') return instruction.variables.some((variable) => reads(variable, name));
  const text = instruction.body.text;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const behind = text[at + name.length] ?? '';
    if ((before.endsWith('$') || before === '${') && !/\w/.test(behind)) return true;
  }
  return false;
}
