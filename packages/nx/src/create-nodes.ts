import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateNodes } from '@nx/devkit';
import { existingProjects } from './projects.ts';
import { targetsOf } from './targets.ts';
import type { PluginOptions } from './targets.ts';

/** The largest file that is read to tell what a task depends on. */
const sizeLimit = 1024 * 1024;

/** All that decides on which projects there are, which of them gets a task, and on what the task depends. */
const pattern = `{${[
  'package.json',
  'project.json',
  'pnpm-workspace.yaml',
  'lerna.json',
  'plimsoll.yaml',
  'plimsoll.contract.{yaml,yml}',
  '.dockerignore',
  '*.dockerignore',
  'Dockerfile',
  'Containerfile',
  'dockerfile',
  'containerfile',
  '{Dockerfile,Containerfile}{.,_,-}*',
  '*.{Dockerfile,dockerfile,Containerfile,containerfile}',
]
  .flatMap((name) => [name, `**/${name}`])
  .join(',')},.github/workflows/*}`;

/**
 * For Nx: a task that checks what a project releases, on each project that Nx has anyway. A file that is odd or cannot be
 * read never fails the graph: the task then depends on more.
 */
export const createNodes: CreateNodes<PluginOptions> = [
  pattern,
  (files, options, { workspaceRoot }) => {
    const read = (path: string) => readText(join(workspaceRoot, path));
    const projects = existingProjects(files, read);
    return targetsOf(files, projects, read, options ?? {}).map(({ folder, file, targets }) => [
      file,
      { projects: { [folder]: { targets } } },
    ]);
  },
];

function readText(path: string): string | undefined {
  try {
    const bytes = readFileSync(path);
    return bytes.length > sizeLimit ? undefined : bytes.toString('utf8');
  } catch {
    return undefined;
  }
}
