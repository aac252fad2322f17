import type { Tree } from '@plimsoll/build-context';
import { workspacePatterns } from '../workspaces/projects.ts';

const MARKERS = ['nx.json', 'lerna.json', 'turbo.json', 'rush.json', 'go.work'];

/**
 * Whether a folder is the root of a workspace with several projects, by its marker files, or by the packages that
 * pnpm-workspace.yaml or package.json's `workspaces` name. A pnpm-workspace.yaml with settings alone is none.
 */
export function isWorkspaceRoot(tree: Tree, folder: string): boolean {
  const at = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  return MARKERS.some((name) => tree.entry(at(name))) || workspacePatterns(tree, folder).length > 0;
}
