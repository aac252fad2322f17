import type { Tree } from '@plimsoll/build-context';
import type { JsonObject } from './read.ts';
import { objectOf, readJsonObject, stringIn } from './read.ts';

/** What a package.json says of its place in a workspace. */
export interface PackageJson {
  readonly name?: string;
  readonly private: boolean;
  /** Names and versions of `dependencies`, `optionalDependencies` and `peerDependencies`. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly devDependencies: ReadonlyMap<string, string>;
  readonly scripts: ReadonlyMap<string, string>;
  /** `workspaces`, as a list or with `packages`; undefined where there is none. */
  readonly workspaces?: readonly string[];
  /** The name in `packageManager`: `pnpm` of `pnpm@10.24.0`. */
  readonly packageManager?: string;
  readonly raw: JsonObject;
}

const known = new WeakMap<Tree, Map<string, PackageJson | undefined>>();

/** Reads a package.json of the tree; undefined where there is none or it is no JSON object. */
export function packageJsonAt(tree: Tree, path: string): PackageJson | undefined {
  const read = known.get(tree) ?? new Map<string, PackageJson | undefined>();
  known.set(tree, read);
  if (!read.has(path)) {
    const raw = readJsonObject(tree, path);
    read.set(path, raw && packageOf(raw));
  }
  return read.get(path);
}

function packageOf(raw: JsonObject): PackageJson {
  const name = stringIn(raw, 'name');
  const { workspaces } = raw;
  const list = Array.isArray(workspaces) ? (workspaces as readonly unknown[]) : objectOf(workspaces)?.['packages'];
  const packageManager = stringIn(raw, 'packageManager')?.split('@')[0];
  return {
    ...(name !== undefined && { name }),
    private: raw['private'] === true,
    dependencies: new Map([
      ...stringsOf(raw, 'peerDependencies'),
      ...stringsOf(raw, 'optionalDependencies'),
      ...stringsOf(raw, 'dependencies'),
    ]),
    devDependencies: new Map(stringsOf(raw, 'devDependencies')),
    scripts: new Map(stringsOf(raw, 'scripts')),
    ...(Array.isArray(list) && { workspaces: list.filter((one): one is string => typeof one === 'string') }),
    ...(packageManager !== undefined && { packageManager }),
    raw,
  };
}

function stringsOf(raw: JsonObject, key: string): readonly (readonly [string, string])[] {
  return Object.entries(objectOf(raw[key]) ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
}
