import { MappedText, firstLine, readScript } from '@plimsoll/documents';
import type { Command, Range, Script, ShellWord } from '@plimsoll/documents';
import { inputEntry } from '../builds/action-inputs.ts';
import type { BuildsFound, CallSite, Place } from '../builds/index.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { Origin } from '../model.ts';
import { recogniseCommand, recogniseRemote } from '../tools/index.ts';
import type { ToolCall } from '../tools/index.ts';
import { formTexts } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';
import { shellScope } from '../values/shell.ts';
import { splitVariables } from '../values/split-words.ts';
import type { DeployAction } from './action-table.ts';

/** A call of a tool in a workflow, wherever its command stands: in a script, over ssh, in an input of an action. */
export interface ToolUse {
  readonly call: ToolCall;
  readonly script: Script;
  readonly scope: ValueScope;
  readonly place: Place;
  readonly origin: Origin;
  /** The first line of the command that the workflow runs. */
  readonly range: Range;
  /** The folder that it runs in; undefined where that is another machine's. */
  readonly folder?: string;
}

/** The calls of the workflows' own scripts and of those that they call, with what they run over ssh, in order. */
export function usesOfSites({ sites, steps }: BuildsFound): readonly ToolUse[] {
  const inSteps = sites.filter(({ place }) => place.step);
  const remote = new Set(steps.filter(speaksToRemoteDocker));
  const ofRemoteDocker = [...remote].flatMap((step) => {
    const script = scriptOf(step.step);
    return script ? usesOf(script, scopeOfStep(step), step, recogniseRemote) : [];
  });
  return [...inSteps.filter(({ place }) => !place.step || !remote.has(place.step)).flatMap(ofSite), ...ofRemoteDocker];
}

function ofSite(site: CallSite): readonly ToolUse[] {
  const { call, script, scope, place, origin, base } = site;
  if (call.does === 'remote') return overSsh(site);
  const range = firstLine(call.command.range);
  return [{ call, script, scope, place, origin, range, folder: base.folder }];
}

/** `ssh host "docker pull …"`, `ssh host <<EOF` */
function overSsh({ call, scope, place }: CallSite): readonly ToolUse[] {
  if (call.does !== 'remote' || !place.step) return [];
  const { step } = place;
  const texts = [
    ...(call.script.length > 0 ? [joinedText(call.script)] : []),
    ...call.command.redirections.flatMap(({ body }) => body ?? []),
  ];
  return texts.flatMap((text) => usesOf(readScript(text), scope, step, recogniseRemote));
}

function joinedText(words: readonly ShellWord[]): MappedText {
  const [first] = words;
  const mapped = words.map((word) => word.mapped);
  return mapped.length === 1 && mapped[0] ? mapped[0] : MappedText.join((first as ShellWord).range.file, mapped, ' ');
}

type Recogniser = (command: Command) => ToolCall | undefined;

function usesOf(script: Script, outer: ValueScope, step: StepInstance, recognise: Recogniser): readonly ToolUse[] {
  const place = { step, ...(step.job && { job: step.job }) };
  return script.commands.flatMap((command) => {
    const scope = shellScope(script, command, outer);
    const call = recognise(splitVariables(command, scope));
    if (!call) return [];
    const range = firstLine(command.range);
    return [{ call, script, scope, place, origin: { ...step.origin, command }, range }];
  });
}

/** The script that an action is given. */
export function usesOfScriptInput(step: StepInstance, { script }: DeployAction): readonly ToolUse[] {
  const entry = script && inputEntry(step, script.input);
  if (!entry) return [];
  return usesOf(readScript(entry.text), scopeOfStep(step), step, script.remote ? recogniseRemote : recogniseCommand);
}

/** The arguments of a tool that an action is given. */
export function usesOfArguments(step: StepInstance, action: DeployAction): readonly ToolUse[] {
  const entry = action.arguments && inputEntry(step, action.arguments.input);
  if (!entry || !action.arguments) return [];
  const { tool } = action.arguments;
  const script = readScript(entry.text);
  const scope = scopeOfStep(step);
  const place = { step, ...(step.job && { job: step.job }) };
  return script.commands.slice(0, 1).flatMap((command) => {
    const called =
      command.name === tool ? command : { ...command, name: tool, words: [wordOf(tool, command), ...command.words] };
    const call = recogniseCommand(splitVariables(called, shellScope(script, command, scope)));
    const range = step.step.uses?.range ?? firstLine(command.range);
    return call ? [{ call, script, scope: shellScope(script, command, scope), place, origin: step.origin, range }] : [];
  });
}

function wordOf(text: string, { range }: Command): ShellWord {
  const at = { ...range, end: range.start };
  const mapped = new MappedText(range.file, text, [
    { at: 0, source: range.start, length: text.length, sourceLength: 0 },
  ]);
  return { raw: text, text, parts: [{ kind: 'literal', text }], range: at, mapped };
}

/** `DOCKER_HOST: ssh://…`, `docker context use prod`, or a job that deploys on the machine it runs on. */
function speaksToRemoteDocker(step: StepInstance): boolean {
  const run = step.step.run?.value;
  if (run === undefined || !/\bdocker|\bpodman/.test(run)) return false;
  if (/\bdocker\s+context\s+use\b|\bdocker\s+(?:-H|--host|--context)\b/.test(run)) return true;
  if (/\bDOCKER_HOST=["']?ssh:/.test(run)) return true;
  const host = scopeOfStep(step).variable('DOCKER_HOST') ?? undefined;
  if (host && formTexts(host).some((text) => /^ssh:|secrets\.|vars\./.test(text))) return true;
  return step.job !== undefined && deploysInPlace(step.job);
}

/** A runner of one's own, in a job that is named for deploying. */
function deploysInPlace({ job }: JobInstance): boolean {
  const { runsOn } = job;
  const labels = runsOn ? runsOn.range.file.text.slice(runsOn.range.start, runsOn.range.end) : '';
  return /\bself-hosted\b/.test(labels) && (/deploy/i.test(job.id) || job.environment !== undefined);
}
