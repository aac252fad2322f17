import type { Tree } from '@plimsoll/build-context';
import { lazy } from '../lazy.ts';
import { packageJsonAt } from '../workspaces/package-json.ts';

const maxFiles = 2000;

/** Whether a package.json of the repository names a package of npm among its dependencies. They are read when first asked for. */
export function npmDependencies(tree: Tree): (name: string) => boolean {
  const names = lazy(() => new Set(packageFiles(tree).flatMap((path) => dependenciesIn(tree, path))));
  return (name) => names().has(name);
}

function packageFiles(tree: Tree): readonly string[] {
  const paths = tree.files.flatMap(({ path, type }) =>
    type === 'file' && /(?:^|\/)package\.json$/.test(path) && !/(?:^|\/)node_modules\//.test(path) ? [path] : [],
  );
  return paths.slice(0, maxFiles);
}

function dependenciesIn(tree: Tree, path: string): readonly string[] {
  const file = packageJsonAt(tree, path);
  return file ? [...file.dependencies.keys(), ...file.devDependencies.keys()] : [];
}
