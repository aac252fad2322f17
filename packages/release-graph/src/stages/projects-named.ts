import { SourceFile, MappedText, readScript } from '@plimsoll/documents';
import type { Command, ShellWord } from '@plimsoll/documents';
import type { Tree } from '@plimsoll/build-context';
import { normalise } from '../builds/paths.ts';
import { matchesName } from '../workspaces/glob.ts';
import { packageJsonAt } from '../workspaces/package-json.ts';
import { inside } from '../workspaces/projects.ts';
import type { Project, ProjectWorkspace } from '../workspaces/model.ts';
import { wordValue } from './commands.ts';
import { readRunnerCall } from './runner-call.ts';
import type { RunnerCall } from './runner-call.ts';

type Values = (name: string) => string | undefined;

const maxDepth = 5;

/**
 * The projects that a call names: `nx build api`, `--filter=@acme/api...`, `-w apps/api`. A script of the workspace's root is
 * looked into. `undefined` stands for a name that no project has, or that is not known.
 */
export function projectsNamed(
  tree: Tree,
  workspace: ProjectWorkspace,
  call: RunnerCall,
  value: Values,
): readonly (Project | undefined)[] {
  return named(tree, workspace, call, value, 0);
}

function named(
  tree: Tree,
  workspace: ProjectWorkspace,
  call: RunnerCall,
  value: Values,
  depth: number,
): readonly (Project | undefined)[] {
  const direct = call.projects
    .flatMap((word) => namesOf(call, word, value))
    .flatMap((name) => (name === undefined ? [undefined] : lookUp(workspace, name)));
  if (direct.length > 0 || call.does !== 'task' || call.task === undefined || depth > maxDepth) return direct;
  return scriptCommands(tree, workspace, call).flatMap((command) => {
    const inner = readRunnerCall(command);
    return inner ? named(tree, workspace, inner, value, depth + 1) : [];
  });
}

/** The commands of the script of the root's package.json that a call runs; none for nx, turbo and the like. */
export function scriptCommands(
  tree: Tree,
  workspace: ProjectWorkspace,
  { tool, task, does, projects }: RunnerCall,
): readonly Command[] {
  if (
    does !== 'task' ||
    task === undefined ||
    projects.length > 0 ||
    tool === 'nx' ||
    tool === 'turbo' ||
    tool === 'lerna'
  )
    return [];
  const path = inside(workspace.root, 'package.json');
  const text = packageJsonAt(tree, path)?.scripts.get(task);
  return text === undefined ? [] : readScript(MappedText.of(new SourceFile(path, text).range())).commands;
}

/** The names in one word: lists are separated by commas, a task stands behind a colon. */
function namesOf({ tool }: RunnerCall, word: ShellWord, value: Values): readonly (string | undefined)[] {
  const text = wordValue(word, value);
  if (text === undefined) return [undefined];
  if (tool === 'nx')
    return text
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((one) => one.split(':')[0]);
  return [text];
}

/** A filter of pnpm or turbo, or a name or folder. What is left out by `!` names nothing. */
function lookUp(workspace: ProjectWorkspace, written: string): readonly (Project | undefined)[] {
  const filter = written
    .replace(/^(?:\.\.\.)?\^?/, '')
    .replace(/\^?(?:\.\.\.)?$/, '')
    .replace(/\[[^[\]]*\]$/, '')
    .replace(/^\{(.*)\}$/s, '$1');
  if (filter === '' || filter.startsWith('!') || filter.startsWith('[')) return [];
  const found = workspace.find(filter.startsWith('./') ? (normalise(filter) ?? filter) : filter);
  if (found || !filter.includes('*')) return [found];
  const folder = filter.replace(/^\.\//, '').replace(/\/\*\*$/, '/*');
  return workspace.projects.filter((project) =>
    [...project.names, project.root.slice(workspace.root === '' ? 0 : workspace.root.length + 1)].some((name) =>
      matchesName(folder, name),
    ),
  );
}
