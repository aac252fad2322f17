import { restoreIgnoreFile } from './ignore/restore.ts';
import { buildContexts } from './image/contexts.ts';
import type { Evaluation } from './image/evaluate.ts';
import { evaluateTargets } from './image/evaluate.ts';
import type { Arrival, ContextFile, Folder } from './image/file-system.ts';
import { leavesOf } from './image/file-system.ts';
import { lineage, planBuild } from './image/plan.ts';
import type { StageState } from './image/state.ts';
import { wordReader } from './image/words.ts';
import type { BuildContents, BuildRequest, ContextCopy, FileCount, Remark, StageContents, StageFile } from './model.ts';
import { clampPath } from './paths/clean.ts';
import { lazy } from './remember.ts';
import type { Tree } from './tree/tree.ts';

/**
 * Which files a build sends, and which of them each stage holds at its end, as BuildKit would have it. What cannot be
 * known before the build is told as opaque, what BuildKit would refuse as a problem. Sizes are read when they are asked
 * for.
 */
export function resolveContents(tree: Tree, asked: BuildRequest): BuildContents {
  const restored = asked.ignoreFile && restoreIgnoreFile(asked.ignoreFile);
  const request = restored ? { ...asked, ignoreFile: restored.ignoreFile } : asked;
  const words = wordReader(request);
  const plan = planBuild(request, words);
  const contexts = buildContexts(tree, request, plan, words);
  const evaluation: Evaluation = { budget: { left: mostFollowed }, plan, words, contexts };
  const { target } = plan;
  const reached: ReadonlyMap<number, StageState> =
    target === undefined ? new Map() : evaluateTargets(evaluation, [target]);
  const inFinal = target === undefined ? new Set<number>() : lineage(plan, target);
  markCopies(reached, inFinal, target);
  const broken = request.context.kind === 'local' ? (restored?.refused ?? []) : [];
  const missing = contexts.missing === undefined ? [] : [contexts.missing];
  const common = [...missing, ...broken, ...plan.stages.flatMap(({ faults }) => faults)];
  const others = lazy(() => evaluateOthers(evaluation, reached));
  const stages = plan.stages.map(({ stage: { index }, stage }) => {
    const state = () => reached.get(index) ?? others().get(index);
    return new ResolvedStage(stage, { inFinal: inFinal.has(index), reachable: reached.has(index) }, state, common);
  });
  const final = target === undefined ? undefined : stages[target];
  return {
    sent: countOf(contexts.sent.files),
    ignored: ignoredCount(tree, request, contexts.sent.files),
    stages,
    ...(final && { final }),
    copies: [...reached.values()].flatMap(({ copies }): readonly ContextCopy[] => copies),
  };
}

/** Files and folders of all stages together: far more than any image holds. */
const mostFollowed = 2_000_000;

const mostAlone = 20;

/** The stages that the target does not need, each as if it were the target; many of them together, for time's sake. */
function evaluateOthers(
  evaluation: Evaluation,
  reached: ReadonlyMap<number, StageState>,
): ReadonlyMap<number, StageState> {
  const others = evaluation.plan.stages.map(({ stage }) => stage.index).filter((index) => !reached.has(index));
  if (others.length > mostAlone) return evaluateTargets(evaluation, others);
  const states = others.map((index) => [index, evaluateTargets(evaluation, [index]).get(index)] as const);
  return new Map(states.flatMap(([index, state]) => (state ? [[index, state] as const] : [])));
}

function markCopies(
  reached: ReadonlyMap<number, StageState>,
  inFinal: ReadonlySet<number>,
  target: number | undefined,
): void {
  const arrived = new Set<ContextCopy>();
  const final = target === undefined ? undefined : reached.get(target);
  if (final) addCopies(final.fileSystem.root, arrived);
  for (const [index, { copies }] of reached) {
    for (const copy of copies) copy.reachesImage = inFinal.has(index) || arrived.has(copy);
  }
}

/** The copies that brought what is in a folder. */
function addCopies({ children }: Folder, copies: Set<ContextCopy>): void {
  for (const child of children.values()) {
    if (child.type === 'folder') addCopies(child, copies);
    else if (child.arrival) copies.add(child.arrival.copy);
  }
}

/** A class, since its fields are made when they are asked for: few builds are asked for the stages that they do not need. */
class ResolvedStage implements StageContents {
  readonly stage: StageContents['stage'];
  readonly inFinal: boolean;
  readonly reachable: boolean;
  readonly #state: () => StageState | undefined;
  /** What makes BuildKit refuse every stage. */
  readonly #common: readonly string[];
  #files: readonly StageFile[] | undefined;

  constructor(
    stage: StageContents['stage'],
    place: { readonly inFinal: boolean; readonly reachable: boolean },
    state: () => StageState | undefined,
    common: readonly string[],
  ) {
    this.stage = stage;
    this.inFinal = place.inFinal;
    this.reachable = place.reachable;
    this.#state = state;
    this.#common = common;
  }

  get files(): readonly StageFile[] {
    const state = this.#state();
    return (this.#files ??= state ? stageFiles(state) : []);
  }

  get opaque(): readonly Remark[] {
    return this.#state()?.opaque ?? [];
  }

  get problems(): readonly Remark[] {
    const own = this.#state()?.problems ?? [];
    const others = this.#common.filter((message) => !own.some((problem) => problem.message === message));
    return [...others.map((message) => ({ range: this.stage.from.range, message })), ...own];
  }
}

function stageFiles({ fileSystem }: StageState): readonly StageFile[] {
  const files: StageFile[] = [];
  for (const [path, { file, arrival }] of leavesOf(fileSystem.root, '')) {
    if (file && arrival) files.push(new FileInStage(path, file, arrival));
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A class, since there are many of them and few are asked for their size. */
class FileInStage implements StageFile {
  readonly path: string;
  readonly source: string;
  readonly treePath: string;
  readonly instruction: StageFile['instruction'];
  readonly from: string;
  readonly copy: ContextCopy;
  readonly #file: ContextFile;

  constructor(path: string, file: ContextFile, { instruction, from, copy }: Arrival) {
    this.path = path;
    this.source = file.source;
    this.treePath = file.treePath;
    this.instruction = instruction;
    this.from = from;
    this.copy = copy;
    this.#file = file;
  }

  get bytes(): number {
    return this.#file.bytes;
  }
}

function countOf(files: readonly { readonly bytes: number }[]): FileCount {
  const bytes = lazy(() => files.reduce((sum, file) => sum + file.bytes, 0));
  return {
    files: files.length,
    get bytes() {
      return bytes();
    },
  };
}

function ignoredCount(tree: Tree, { context }: BuildRequest, sent: readonly ContextFile[]): FileCount {
  if (context.kind !== 'local') return { files: 0, bytes: 0 };
  const folder = clampPath(context.folder);
  const prefix = folder === '' ? '' : `${folder}/`;
  const inContext = lazy(() => tree.files.filter(({ path, type }) => type !== 'opaque' && path.startsWith(prefix)));
  const bytes = lazy(() => {
    const passed = new Set(sent.map(({ treePath }) => treePath));
    return inContext().reduce((sum, { path }) => sum + (passed.has(path) ? 0 : tree.size(path)), 0);
  });
  return {
    get files() {
      return inContext().length - sent.length;
    },
    get bytes() {
      return bytes();
    },
  };
}
