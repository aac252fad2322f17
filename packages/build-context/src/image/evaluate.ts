import { cleanPath } from '@plimsoll/documents';
import type { CopyInstruction, Instruction, RunInstruction, WordsInstruction } from '@plimsoll/documents';
import type { BuildContexts } from './contexts.ts';
import { emptyFileSystem, makeFolder, resolvePath } from './file-system.ts';
import type { BuildPlan, Origin } from './plan.ts';
import { stagesFor } from './plan.ts';
import type { Budget, CopyOrigin } from './copy-run.ts';
import { runCopy } from './run-copy.ts';
import type { StageState } from './state.ts';
import { childState, imageState, refusalOf, scratchState, scratchVersion, tellOpaque } from './state.ts';
import type { WordReader } from './words.ts';

export interface Evaluation {
  readonly budget: Budget;
  readonly plan: BuildPlan;
  readonly words: WordReader;
  readonly contexts: BuildContexts;
}

/** Follows the stages that a build of these needs, in order. What the context sends depends on all of them. */
export function evaluateTargets(evaluation: Evaluation, targets: readonly number[]): ReadonlyMap<number, StageState> {
  const done = new Map<number, StageState>();
  const wanted = stagesFor(evaluation.plan, targets);
  for (const { stage } of evaluation.plan.stages) {
    if (wanted.has(stage.index)) done.set(stage.index, evaluateStage({ ...evaluation, wanted, done }, stage.index));
  }
  return done;
}

interface Running extends Evaluation {
  readonly wanted: ReadonlySet<number>;
  readonly done: ReadonlyMap<number, StageState>;
}

function evaluateStage(running: Running, index: number): StageState {
  const plan = running.plan.stages[index];
  if (!plan) throw new RangeError(`no stage ${index}`);
  const state = startState(running, plan.stage, plan.base);
  for (const instruction of plan.instructions) follow(running, state, instruction);
  return state;
}

function startState({ contexts, done }: Running, stage: StageState['stage'], base: Origin): StageState {
  if (base.kind === 'scratch') return scratchState(stage);
  if (base.kind === 'stage') {
    const parent = done.get(base.stage);
    if (parent) return childState(stage, parent);
  }
  if (base.kind !== 'context') {
    const name = base.kind === 'image' ? base.name : 'the base image';
    const state = imageState(stage, `The files of ${name} are not known`);
    if (base.kind === 'image' && hasUpperCase(name)) {
      state.problems.push({
        range: stage.from.image.range,
        message: `the name of the image ${name} must be lower case`,
      });
    }
    return state;
  }
  const start = contexts.named(base);
  const state = { ...scratchState(stage), fileSystem: start.fileSystem, version: {} };
  if (start.partial !== undefined)
    tellOpaque(state, stage.from.image.range, `The files of ${start.partial} are not known`);
  return state;
}

/** In a name's path; its registry, tag and digest may hold upper case. */
function hasUpperCase(name: string): boolean {
  const [first = '', ...rest] = name.split('/');
  const path = rest.length > 0 && /[.:A-Z]/.test(first) ? rest.join('/') : name;
  return /[A-Z]/.test(/^[^:@$]*/.exec(path)?.[0] ?? '');
}

function follow(running: Running, state: StageState, instruction: Instruction): void {
  if (instruction.type === 'copy') followCopy(running, state, instruction);
  else if (instruction.type === 'run') followRun(state, instruction);
  else if (instruction.type === 'words' && instruction.name === 'WORKDIR') followWorkdir(running, state, instruction);
}

function followCopy(running: Running, state: StageState, instruction: CopyInstruction): void {
  const origin = running.plan.originOf(instruction);
  if (origin?.kind === 'invalid') {
    state.problems.push({ range: instruction.from?.range ?? instruction.range, message: origin.message });
    return;
  }
  const from = origin ? originFiles(running, origin) : running.contexts.own(running.wanted);
  if (from.refused !== undefined) {
    const usesContext = instruction.sources.length > 0;
    if (usesContext) state.problems.push({ range: instruction.range, message: from.refused });
  }
  runCopy(state, instruction, running.words.copy(instruction), from, running.budget);
}

function originFiles(
  { contexts, done }: Running,
  origin: Exclude<Origin, { kind: 'invalid' }>,
): CopyOrigin & { refused?: string } {
  const { head } = contexts;
  if (origin.kind === 'context') return contexts.named(origin);
  const nothing = { fileSystem: emptyFileSystem(), head, label: 'image' };
  if (origin.kind === 'image')
    return { ...nothing, label: `image:${origin.name}`, partial: `the image ${origin.name}` };
  const state = origin.kind === 'stage' ? done.get(origin.stage) : undefined;
  if (!state) return { ...nothing, label: 'stage:scratch', version: scratchVersion };
  const name = state.stage.name ?? String(state.stage.index);
  return {
    fileSystem: state.fileSystem,
    head,
    label: `stage:${name}`,
    version: state.version,
    ...(state.partial && { partial: `the stage ${name}` }),
  };
}

function followRun(state: StageState, { range }: RunInstruction): void {
  tellOpaque(state, range, 'What RUN makes, moves or removes is not known');
  state.version = {};
}

function followWorkdir({ words }: Running, state: StageState, instruction: WordsInstruction): void {
  const { value, reason = '', refused: fault } = words.workdir(instruction);
  if (value === undefined) {
    if (fault) state.problems.push({ range: instruction.range, message: reason });
    else tellOpaque(state, instruction.range, `The working directory is not known: ${reason}`);
    state.workdirAssumed = true;
    return;
  }
  const workdir = cleanPath(value.startsWith('/') ? value : `${state.workdir}/${value}`);
  if (value.startsWith('/')) state.workdirAssumed = false;
  state.workdir = workdir;
  if (workdir === '/') return;
  state.version = {};
  const refused = refusalOf(() => makeFolder(state.fileSystem, resolvePath(state.fileSystem, workdir).path));
  if (refused !== undefined && !state.partial) state.problems.push({ range: instruction.range, message: refused });
}
