import type { Command, NamedValue, Range, Script, ShellWord } from '@plimsoll/documents';
import { scopeOfJob, scopeOfStep } from '../lanes/scope.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { StepInstance } from '../lanes/model.ts';
import type { SecretSource, Value } from '../model.ts';
import { recogniseCommand } from '../tools/index.ts';
import type { ToolCall } from '../tools/model.ts';
import { evaluateText } from '../values/expressions.ts';
import { evaluateWord, shellScope } from '../values/shell.ts';
import { toValue } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';

/** A step with its inputs, variables and commands evaluated, each when it is first asked for. */
export interface StepView {
  readonly step: StepInstance;
  /** The action of another repository that it uses: `owner/name` or `owner/name/path`, in lower case. */
  readonly action?: string;
  /** An input by its name, in any case; undefined where it is not given, or is given as an empty text. */
  input(name: string): GivenValue | undefined;
  /** The entry of an `env:` that sets a variable for this step: its own, that of a step which calls it, of the job or of the workflow. */
  variable(name: string): GivenVariable | undefined;
  readonly commands: readonly CommandView[];
}

export interface GivenValue {
  readonly name: string;
  /** The whole entry. */
  readonly range: Range;
  readonly value: Value;
}

export interface GivenVariable extends GivenValue {
  readonly level: 'step' | 'caller' | 'job' | 'workflow';
}

/** A command of a step's script. */
export interface CommandView {
  readonly command: Command;
  readonly script: Script;
  readonly call?: ToolCall;
  value(word: ShellWord): Value;
}

const views = new WeakMap<StepInstance, StepView>();

export function viewOf(step: StepInstance): StepView {
  const known = views.get(step);
  if (known) return known;
  const view = new View(step) as StepView;
  views.set(step, view);
  return view;
}

/** A class, since every step has one and few are asked for their commands. */
class View {
  readonly step: StepInstance;
  readonly action: string | undefined;
  #commands: readonly CommandView[] | undefined;

  constructor(step: StepInstance) {
    this.step = step;
    this.action = actionName(step);
  }

  input(name: string): GivenValue | undefined {
    const entry = this.step.step.with.find((one) => one.name.toLowerCase() === name.toLowerCase());
    return entry && entry.value.trim() !== '' ? given(entry, scopeOfStep(this.step)) : undefined;
  }

  variable(name: string): GivenVariable | undefined {
    return findVariable(this.step, name);
  }

  get commands(): readonly CommandView[] {
    return (this.#commands ??= commandsOf(this.step, scopeOfStep(this.step)));
  }
}

function actionName({ step: { uses } }: StepInstance): string | undefined {
  if (uses?.target !== 'action' || uses.owner === undefined || uses.repository === undefined) return undefined;
  const path = uses.path === undefined || uses.path === '' ? '' : `/${uses.path}`;
  return `${uses.owner}/${uses.repository}${path}`.toLowerCase();
}

function findVariable(step: StepInstance, name: string): GivenVariable | undefined {
  const own = step.step.env.find((entry) => entry.name === name);
  if (own) return { ...given(own, scopeOfStep(step)), level: 'step' };
  if (step.caller) {
    const found = findVariable(step.caller, name);
    return found?.level === 'step' ? { ...found, level: 'caller' } : found;
  }
  const { job } = step;
  if (!job) return undefined;
  const ofJob = job.job.env.find((entry) => entry.name === name);
  if (ofJob) return { ...given(ofJob, scopeOfJob(job)), level: 'job' };
  const ofWorkflow = job.workflow.env.find((entry) => entry.name === name);
  return ofWorkflow && { ...given(ofWorkflow, scopeOfJob(job)), level: 'workflow' };
}

function given(entry: NamedValue, scope: ValueScope): GivenValue {
  const { name, nameRange, range } = entry;
  const whole =
    nameRange.file === range.file
      ? { file: range.file, start: Math.min(nameRange.start, range.start), end: Math.max(range.end, nameRange.end) }
      : range;
  return { name, range: whole, value: toValue(evaluateText(entry.value, scope, entry.text), entry.value, range) };
}

function commandsOf(step: StepInstance, scope: ValueScope): readonly CommandView[] {
  const script = scriptOf(step.step);
  if (!script) return [];
  return script.commands.map((command) => {
    const call = recogniseCommand(command);
    const inner = shellScope(script, command, scope);
    return { command, script, ...(call && { call }), value: (word: ShellWord) => evaluateWord(word, inner) };
  });
}

/** The secrets in a value that outlive the run. */
export function longLived(value: Pick<Value, 'secrets'>): readonly SecretSource[] {
  return value.secrets.filter((secret) => secret.kind === 'secret');
}

/** Programs that run another one, by the words which lead to it. */
const RUNNERS: readonly (readonly string[])[] = [
  ['npx'],
  ['bunx'],
  ['uvx'],
  ['pnpm', 'dlx'],
  ['pnpm', 'exec'],
  ['yarn', 'dlx'],
  ['yarn', 'exec'],
  ['npm', 'exec'],
  ['bun', 'x'],
  ['bundle', 'exec'],
  ['poetry', 'run'],
  ['uv', 'run'],
  ['python', '-m'],
  ['python3', '-m'],
];

/** The words of a command without a runner such as `npx` in front, and without `@version` behind the tool's name. */
export function toolWords(command: Command): readonly ShellWord[] {
  const runner = RUNNERS.find((words) =>
    words.every((word, i) => (i === 0 ? command.name === word : command.words[i]?.text === word)),
  );
  if (!runner) return command.words;
  const rest = command.words.slice(runner.length);
  const first = rest.findIndex((word) => !word.text.startsWith('-'));
  return first < 0 ? [] : rest.slice(first);
}

/** The name of the tool that a command runs, also through `npx` and the like. */
export function toolName(command: Command): string {
  const [first] = toolWords(command);
  const text = first === command.words[0] ? command.name : (first?.text ?? '');
  const at = text.indexOf('@', 1);
  return at > 0 ? text.slice(0, at) : text;
}
