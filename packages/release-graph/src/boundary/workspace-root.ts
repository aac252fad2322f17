import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';

const MARKERS = ['nx.json', 'pnpm-workspace.yaml', 'lerna.json', 'turbo.json', 'rush.json', 'go.work'];

/** Whether a folder is the root of a workspace with several projects, by its marker files or package.json's `workspaces`. */
export function isWorkspaceRoot(tree: Tree, folder: string): boolean {
  const at = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  return MARKERS.some((name) => tree.entry(at(name))) || hasWorkspaces(tree, at('package.json'));
}

function hasWorkspaces(tree: Tree, path: string): boolean {
  if (!tree.entry(path)) return false;
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(tree.read(path)));
    return typeof parsed === 'object' && parsed !== null && 'workspaces' in parsed;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TreeReadError) return false;
    throw error;
  }
}
