import { expandWord } from './expand.ts';
import type { ExpandOptions } from './expand.ts';
import type { Dockerfile, Instruction, Stage, Variable, VariableInstruction, Word } from './model.ts';
import type { Scope, ScopeValue } from './scope.ts';
import { ScopeView, createTimeline, declare, maxDepth } from './timeline.ts';
import type { Timeline } from './timeline.ts';

/** Build arguments by name; undefined where one is given whose value is not known. */
export type BuildArgs = ReadonlyMap<string, string | undefined>;

/**
 * The variables that an instruction reads, before it takes effect.
 *
 * - FROM and the ARGs before the first FROM see the global scope: those ARGs, and the platform arguments of BuildKit, whose
 *   values are known in the build only.
 * - A stage starts with the ARGs and ENVs of the stage that it is FROM (of the last earlier one of that name, variables
 *   replaced), and of that one's ONBUILD triggers; of the global scope it sees what a bare `ARG NAME` takes over.
 * - ARG and ENV share one set of names, in which the later one counts. A build argument takes the place of an ARG's
 *   default, in a stage and outside of it, and never of an ENV.
 * - Values are those of a build with these build arguments and no others. An ARG without a default that is given nothing
 *   is in scope, with no value and `unset`.
 * - Behind ONBUILD nothing is in scope: another build reads that.
 *
 * A stage's scope does not hold what its base image sets; `expandOptionsAt` says whether there is such a thing.
 */
export function scopeAt(dockerfile: Dockerfile, instruction: Instruction, buildArgs: BuildArgs = none): Scope {
  if (instruction.onbuild) return new Map();
  const { global, stages } = timelinesOf(dockerfile, buildArgs);
  const stage = instruction.type === 'from' ? undefined : stages[instruction.stage];
  return new ScopeView(stage?.timeline ?? global, instruction.range.start);
}

/** How the words of an instruction are to be expanded in its scope. */
export function expandOptionsAt(
  dockerfile: Dockerfile,
  instruction: Instruction,
  buildArgs: BuildArgs = none,
): ExpandOptions {
  const { escape } = dockerfile;
  if (instruction.onbuild) return { escape, undeclared: 'unknown' };
  if (instruction.type === 'from' || instruction.stage < 0) return { escape, undeclared: 'empty' };
  const { stages } = timelinesOf(dockerfile, buildArgs);
  return { escape, undeclared: stages[instruction.stage]?.scratch ? 'empty' : 'unknown' };
}

const none: BuildArgs = new Map();

interface Timelines {
  readonly global: Timeline;
  readonly stages: readonly StageTimeline[];
}

interface StageTimeline {
  readonly stage: Stage;
  readonly timeline: Timeline;
  /** At the end of its FROMs stands `scratch`, which sets nothing. */
  readonly scratch: boolean;
}

const known = new WeakMap<Dockerfile, WeakMap<BuildArgs, Timelines>>();

function timelinesOf(dockerfile: Dockerfile, buildArgs: BuildArgs): Timelines {
  const byArgs = known.get(dockerfile) ?? new WeakMap<BuildArgs, Timelines>();
  known.set(dockerfile, byArgs);
  const timelines = byArgs.get(buildArgs) ?? computeTimelines(dockerfile, buildArgs);
  byArgs.set(buildArgs, timelines);
  return timelines;
}

const platformArgs = ['BUILD', 'TARGET'].flatMap((side) =>
  ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map((what) => side + what),
);

/** What BuildKit gives to a stage that is from scratch. */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Characters of values that are worked out for one file; what comes behind is not known. */
const maxCharacters = 16 * 1024 * 1024;

interface Work {
  readonly dockerfile: Dockerfile;
  readonly buildArgs: BuildArgs;
  readonly global: Timeline;
  budget: number;
}

function computeTimelines(dockerfile: Dockerfile, buildArgs: BuildArgs): Timelines {
  const global = createTimeline();
  const work: Work = { dockerfile, buildArgs, global, budget: maxCharacters };
  for (const name of [...platformArgs, 'TARGETSTAGE']) declare(global, name, -1, builtin(name, buildArgs));
  for (const instruction of dockerfile.globalArgs) {
    applyArg(work, global, instruction, { escape: dockerfile.escape, undeclared: 'empty' });
  }
  const stages: StageTimeline[] = [];
  const byName = new Map<string, StageTimeline>();
  for (const stage of dockerfile.stages) {
    const computed = computeStage(work, stage, byName);
    stages.push(computed);
    if (stage.name !== undefined) byName.set(stage.name, computed);
  }
  return { global, stages };
}

function builtin(name: string, buildArgs: BuildArgs): ScopeValue {
  return buildArgs.has(name) ? given(buildArgs.get(name)) : { origin: 'builtin' };
}

function given(value: string | undefined): ScopeValue {
  return { origin: 'build-arg', ...(value !== undefined && { value }) };
}

function computeStage(work: Work, stage: Stage, byName: ReadonlyMap<string, StageTimeline>): StageTimeline {
  const { escape } = work.dockerfile;
  const base = expand(work, stage.from.image, new ScopeView(work.global), { escape, undeclared: 'empty' });
  const parent = base === undefined ? undefined : byName.get(base);
  const timeline = createTimeline(parent?.timeline);
  const scratch = parent ? parent.scratch && timeline.depth < maxDepth : base === 'scratch';
  if (!parent && scratch) declare(timeline, 'PATH', -1, { origin: 'builtin', value: defaultPath });
  const options = { escape, undeclared: scratch ? 'empty' : 'unknown' } as const;
  for (const trigger of parent ? triggersOf(parent.stage) : []) apply(work, timeline, trigger, options, -1);
  for (const instruction of stage.instructions) apply(work, timeline, instruction, options);
  return { stage, timeline, scratch };
}

function triggersOf(stage: Stage): Instruction[] {
  return stage.instructions.flatMap((each) => (each.type === 'words' && each.trigger ? [each.trigger] : []));
}

function apply(work: Work, timeline: Timeline, instruction: Instruction, options: ExpandOptions, at?: number): void {
  if (instruction.type !== 'variables') return;
  if (instruction.name === 'ARG') applyArg(work, timeline, instruction, options, at);
  if (instruction.name === 'ENV') applyEnv(work, timeline, instruction, options, at);
}

/** The values of one ENV are all read before it sets any. */
function applyEnv(
  work: Work,
  timeline: Timeline,
  { variables, range }: VariableInstruction,
  options: ExpandOptions,
  at = range.start,
): void {
  const scope = new ScopeView(timeline);
  const values = variables.map((variable) => ({
    name: expand(work, variable.name, scope, options),
    value: defaultValue(work, variable, scope, options),
  }));
  for (const { name, value } of values) if (name !== undefined) declare(timeline, name, at, value);
}

/** The variables of one ARG are declared one after the other. */
function applyArg(
  work: Work,
  timeline: Timeline,
  { variables, range }: VariableInstruction,
  options: ExpandOptions,
  at = range.start,
): void {
  const scope = new ScopeView(timeline);
  for (const variable of variables) {
    const value = argValue(work, variable, scope, options);
    if (!value.unset || !scope.has(variable.name)) declare(timeline, variable.name, at, value);
  }
}

function argValue(work: Work, variable: Variable, scope: Scope, options: ExpandOptions): ScopeValue {
  const { buildArgs, global } = work;
  if (buildArgs.has(variable.name)) return { ...given(buildArgs.get(variable.name)), definedAt: variable.range };
  if (variable.value) return defaultValue(work, variable, scope, options);
  const inherited = new ScopeView(global).get(variable.name);
  if (inherited && !inherited.unset) return { definedAt: variable.range, ...inherited };
  return { origin: 'default', unset: true, definedAt: variable.range };
}

function defaultValue(work: Work, variable: Variable, scope: Scope, options: ExpandOptions): ScopeValue {
  const value = variable.value && expand(work, variable.value, scope, options);
  return { origin: 'default', ...(value !== undefined && { value }), definedAt: variable.range };
}

function expand(work: Work, word: Word | string, scope: Scope, options: ExpandOptions): string | undefined {
  if (work.budget <= 0) return undefined;
  const { value } = expandWord(word, scope, options);
  work.budget -= (value?.length ?? 0) + 16;
  return value;
}
