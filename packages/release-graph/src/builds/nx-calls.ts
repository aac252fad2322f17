import { firstLine } from '@plimsoll/documents';
import type { Command } from '@plimsoll/documents';
import type { ScriptEntry } from '../commands/script-files.ts';
import type { StepInstance } from '../lanes/model.ts';
import type { Documents, Value } from '../model.ts';
import { readRunnerCall } from '../stages/runner-call.ts';
import type { RunnerCall } from '../stages/runner-call.ts';
import { isKnown, onlyValue } from '../values/resolved.ts';
import { resolveWord, shellScope } from '../values/shell.ts';
import type { ShellScope } from '../values/shell.ts';
import { formTexts, toValue } from '../values/value.ts';
import { sourcesOfStep } from './call-sites.ts';
import type { Source } from './call-sites.ts';
import type { FoundBuild } from './found.ts';
import type { ExecutorBuild } from './nx-executors.ts';

/**
 * The builds of executors once for each step that calls Nx for their target, also through scripts. The executors of
 * `@nx-tools` take each option from a variable as well: `INPUT_PUSH`, `INPUT_TAGS` (their README, "Inputs").
 */
export function nxCallBuilds(
  documents: Documents,
  steps: readonly StepInstance[],
  entries: readonly ScriptEntry[],
  executors: readonly ExecutorBuild[],
): readonly FoundBuild[] {
  if (executors.length === 0) return [];
  return steps.flatMap((step) =>
    sourcesOfStep(documents, step, entries).flatMap((source) =>
      source.script.commands.flatMap((command) => {
        const call = readRunnerCall(command);
        return call?.tool === 'nx' && call.does === 'task' ? buildsOf(call, command, source, executors) : [];
      }),
    ),
  );
}

function buildsOf(
  call: RunnerCall,
  command: Command,
  source: Source,
  executors: readonly ExecutorBuild[],
): readonly FoundBuild[] {
  const scope = shellScope(source.script, command, source.scope);
  const { projects, open } = projectsOf(call, scope);
  const ofTarget = executors.filter(({ target }) => isTarget(target, call));
  const { place, origin } = source;
  const called = (one: FoundBuild, takesInputs: boolean): FoundBuild => ({
    ...one,
    origin: { ...origin, command },
    place,
    ...(takesInputs && inputs(one, command, scope)),
  });
  const [first] = ofTarget;
  if (open && first) return [called(anyProject(first.build, command), first.takesInputs)];
  return ofTarget
    .filter(({ project }) => projects.length === 0 || project.some((name) => projects.includes(name)))
    .map(({ build, takesInputs }) => called(build, takesInputs));
}

/** `open`: a project is only known in the run. */
function projectsOf(
  { projects }: RunnerCall,
  scope: ShellScope,
): { readonly projects: readonly string[]; readonly open: boolean } {
  const named = projects.map((word) => resolveWord(word, scope));
  const names = named.flatMap((one) => formTexts(one)).flatMap((text) => text.split(','));
  return {
    projects: names.map((name) => name.split(':', 1)[0] ?? ''),
    open: named.some(({ forms }) => forms.length === 0 || !forms.every(isKnown)),
  };
}

function isTarget(target: string, { task, projects }: RunnerCall): boolean {
  if (task?.split(',').includes(target)) return true;
  const [first] = projects;
  const behind = first?.text.slice(first.text.indexOf(':') + 1) ?? '';
  return first !== undefined && first.text.includes(':') && (behind === target || behind.startsWith(`${target}:`));
}

/** The build of a project that is only known in the run. */
function anyProject(build: FoundBuild, command: Command): FoundBuild {
  const reason = 'the project is only known in the run';
  const { contextRange: _, target: __, pushRange: ___, ...rest } = build;
  return {
    ...rest,
    range: firstLine(command.range),
    dockerfile: { status: 'opaque', reason },
    context: { status: 'opaque', reason },
    buildArgs: [],
    tags: [],
  };
}

function inputs(
  build: FoundBuild,
  command: Command,
  scope: ShellScope,
): Pick<FoundBuild, 'pushes' | 'tags' | 'pushRange'> {
  const push = scope.variable('INPUT_PUSH');
  const tags = scope.variable('INPUT_TAGS');
  const given = push && onlyValue(push);
  const definition = push?.definitions.at(-1)?.at;
  const named: readonly Value[] = tags ? [toValue(tags, 'INPUT_TAGS', command.range)] : build.tags;
  return {
    tags: named,
    pushes: push ? (given === undefined ? 'unknown' : given === 'true') : build.pushes,
    ...(push && definition && { pushRange: definition }),
  };
}
