import type { Tree } from '@plimsoll/build-context';
import { normalise } from '../builds/paths.ts';
import { inside, split } from './projects.ts';
import { objectOf, readJsonObject, stringIn, stringsIn } from './read.ts';

/** One name of `compilerOptions.paths`. */
export interface PathMapping {
  /** What stands before the `*`, or the whole name. */
  readonly prefix: string;
  readonly wildcard: boolean;
  /** Where it leads, in the tree, without what stands for the `*`. */
  readonly targets: readonly string[];
}

/** The mappings of a workspace's tsconfig.base.json, else of its tsconfig.json; the longest name first. */
export function pathMappings(tree: Tree, root: string): readonly PathMapping[] {
  for (const name of ['tsconfig.base.json', 'tsconfig.json']) {
    const options = objectOf(readJsonObject(tree, inside(root, name))?.['compilerOptions']);
    const paths = objectOf(options?.['paths']);
    if (!paths) continue;
    const base = stringIn(options, 'baseUrl') ?? '.';
    const found = Object.entries(paths).map(([name, targets]) => ({
      prefix: name.replace(/\*$/, ''),
      wildcard: name.endsWith('*'),
      targets: stringsIn(targets).flatMap((target) => normalise(`${root}/${base}/${target.split('*')[0] ?? ''}`) ?? []),
    }));
    return found.sort((a, b) => b.prefix.length - a.prefix.length);
  }
  return [];
}

/** Where an import leads by these mappings; undefined where none has its name. */
export function mappedTo(mappings: readonly PathMapping[], specifier: string): string | undefined {
  const mapping = mappings.find(({ prefix, wildcard }) =>
    wildcard ? specifier.startsWith(prefix) : specifier === prefix,
  );
  const [target] = mapping?.targets ?? [];
  if (!mapping || target === undefined) return undefined;
  return mapping.wildcard ? normalise(`${target}/${specifier.slice(mapping.prefix.length)}`) : target;
}

/** A file that a tsconfig reads besides its sources. */
export interface ConfigLink {
  /** The tsconfig that names it. */
  readonly from: string;
  /** As written: `../../tsconfig.base.json`. */
  readonly written: string;
  /** In the tree. */
  readonly path: string;
}

/** The files that a tsconfig extends by a relative path and that stand in the tree, directly or not, and the folders that it refers to. */
export function configLinks(
  tree: Tree,
  path: string,
  seen = new Set<string>(),
): { readonly extended: readonly ConfigLink[]; readonly referred: readonly ConfigLink[] } {
  if (seen.has(path) || seen.size > 100) return { extended: [], referred: [] };
  seen.add(path);
  const config = readJsonObject(tree, path);
  const [folder] = split(path);
  const written = [stringIn(config, 'extends') ?? [], stringsIn(config?.['extends'])].flat();
  const extended = written
    .filter((one) => one.startsWith('.'))
    .flatMap((one): readonly ConfigLink[] => {
      const target = normalise(`${folder}/${one}`);
      const found = [target, `${target ?? ''}.json`].find(
        (each) => each !== undefined && tree.entry(each)?.type === 'file',
      );
      return found === undefined
        ? []
        : [{ from: path, written: one, path: found }, ...configLinks(tree, found, seen).extended];
    });
  const references = Array.isArray(config?.['references']) ? (config['references'] as readonly unknown[]) : [];
  const referred = references.flatMap((one): readonly ConfigLink[] => {
    const to = stringIn(objectOf(one), 'path');
    const target = to === undefined ? undefined : normalise(`${folder}/${to}`);
    return to === undefined || target === undefined ? [] : [{ from: path, written: to, path: target }];
  });
  return { extended, referred };
}
