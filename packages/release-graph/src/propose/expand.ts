import { ignoreMatcher } from '@plimsoll/build-context';
import { inContext } from '../boundary/context.ts';
import type { ImageApp } from '../stages/image-app.ts';
import type { ShipsSubject } from '../ships/subject.ts';
import type { Project, ProjectWorkspace } from '../workspaces/model.ts';
import { escapePath } from './escape.ts';
import { isLeftOut, isWorkspaceFile } from './usual-files.ts';

/** What a folder that is copied whole is narrowed to. */
export interface Expansion {
  /** Patterns to let in. */
  readonly patterns: readonly string[];
  /** Those of them that are links. */
  readonly links: readonly string[];
  /** Entries of the folder that are left out, in the context, sorted. */
  readonly leftOut: readonly string[];
}

/** The app that an image is for, with all projects that it needs, itself included. */
export interface AppNeeds extends Pick<ImageApp, 'workspace'> {
  readonly needed: ReadonlySet<Project>;
}

/** The names that the image's commands, and the scripts of the root, write out. */
export type Mentions = (name: string) => boolean;

/**
 * Narrows a folder of the context: to the app, the projects that it needs and the files that its workspace is installed by;
 * without a workspace, to all but what no build reads.
 */
export function expandFolder(
  subject: ShipsSubject,
  folder: string,
  app: AppNeeds | undefined,
  mentions: Mentions,
): Expansion {
  const patterns: string[] = [];
  const links: string[] = [];
  const leftOut: string[] = [];
  const { tree, ignoreFile } = subject;
  const matcher = ignoreFile && ignoreMatcher(ignoreFile);
  /** What today's file lets in of a folder that it keeps out. */
  const returnedIn = (at: string): readonly string[] =>
    (ignoreFile?.patterns ?? []).flatMap(({ negated, pattern }) =>
      negated && pattern.startsWith(`${at}/`) ? [pattern] : [],
    );
  const visit = (at: string, isTop: boolean): void => {
    for (const entry of tree.children(inContext(subject, at))) {
      const path = entry.path.slice(subject.folder === '' ? 0 : subject.folder.length + 1);
      if (entry.type === 'folder' ? matcher?.canPrune(path) : matcher?.decide(path).ignored) continue;
      if (entry.type === 'folder' && matcher?.decide(path).ignored) {
        patterns.push(...returnedIn(path));
        visit(path, false);
        continue;
      }
      const verdict = app
        ? verdictOf(app, entry.path, entry.type === 'folder', isTop, mentions)
        : withoutApp(path, entry.type === 'folder', mentions);
      if (verdict === 'in') {
        patterns.push(escapePath(path));
        if (entry.type === 'symlink') links.push(path);
      } else if (verdict === 'out') leftOut.push(path);
      else if (verdict === 'manifest') patterns.push(`${escapePath(at)}${at === '' ? '' : '/'}*/package.json`);
      else visit(path, false);
    }
  };
  visit(folder, true);
  return { patterns: [...new Set(patterns)], links, leftOut };
}

/** `look`: what is in it is judged one by one. `manifest`: a project that is not needed; the package manager still reads its package.json. */
type Verdict = 'in' | 'out' | 'look' | 'manifest';

function verdictOf(
  { workspace, needed }: AppNeeds,
  treePath: string,
  isFolder: boolean,
  isTop: boolean,
  mentions: Mentions,
): Verdict {
  const name = treePath.slice(treePath.lastIndexOf('/') + 1);
  const isAtRoot = parentOf(treePath) === workspace.root;
  if (!isFolder) {
    if (!isAtRoot) return isTop && isLeftOut(name, false) ? 'out' : 'in';
    return isWorkspaceFile(name, false) || mentions(name) ? 'in' : 'out';
  }
  const project = workspace.projects.find(({ root }) => root === treePath);
  if (project && needed.has(project)) return 'in';
  if (holdsProjects(workspace, treePath)) return 'look';
  if (project) return workspace.manager !== undefined && project.packageJson !== undefined ? 'manifest' : 'out';
  if (workspace.root.startsWith(`${treePath}/`)) return 'look';
  if (isAtRoot) return isWorkspaceFile(name, true) || mentions(name) ? 'in' : 'out';
  return isLeftOut(name, true) && !mentions(name) ? 'out' : 'in';
}

function withoutApp(path: string, isFolder: boolean, mentions: Mentions): Verdict {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return isLeftOut(name, isFolder) && !mentions(name) ? 'out' : 'in';
}

function holdsProjects({ projects }: ProjectWorkspace, folder: string): boolean {
  return projects.some(({ root }) => root.startsWith(`${folder}/`));
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
