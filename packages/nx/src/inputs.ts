import { sourcesOf } from './dockerfile-sources.ts';
import { folderOf } from './projects.ts';
import type { Read } from './projects.ts';

/** What a task depends on, as Nx takes it. */
export type Input = string | { externalDependencies: string[] } | { runtime: string };

const everything = '{workspaceRoot}/**/*';

/** What says how something is built and released, wherever it stands. */
const builds = [
  // Files at the root but those in `.md`, said without `!`: Nx reads that differently for the cache and for `nx affected`.
  '{workspaceRoot}/*[^d]',
  '{workspaceRoot}/*[^m]d',
  '{workspaceRoot}/*[^.]md',
  '{workspaceRoot}/.github/**/*',
  ...[
    'package.json',
    'project.json',
    '.gitignore',
    'action.{yml,yaml}',
    // An empty alternative (`{docker-,}`) matches nothing for Nx's cache.
    'compose*.{yml,yaml}',
    'docker-compose*.{yml,yaml}',
    'docker-bake*',
    'skaffold.{yml,yaml}',
    '.devcontainer/**/*',
    '{GNUmakefile,Makefile,makefile}*',
    '*.mk',
    '{justfile,Justfile,.justfile}',
    '*.{sh,bash}',
  ].map((name) => `{workspaceRoot}/**/${name}`),
];

/** What the graph of the whole is drawn from besides. */
const graph = [
  'Dockerfile*',
  'Containerfile*',
  '*.{Dockerfile,dockerfile,Containerfile,containerfile}',
  '*.dockerignore',
  'plimsoll*',
  '*.{yml,yaml}',
].map((name) => `{workspaceRoot}/**/${name}`);

/**
 * The inputs of a project's task: its folder with all in it, what says how anything is built, the configuration above it,
 * the projects it depends on, and what its Dockerfiles take from a context above the project. A Dockerfile that takes
 * all of a context that may be the workspace makes it depend on all.
 */
export function inputsOf(folder: string, dockerfiles: readonly string[], read: Read): readonly Input[] {
  const taken = contextFiles(dockerfiles, ancestorsOf(folder), read);
  if (taken === undefined) return [everything];
  const above = ancestorsOf(folder).map((ancestor) => inFolder(ancestor, 'plimsoll.yaml'));
  const extended = [...above, inFolder(folder, 'plimsoll.yaml')].flatMap((path) => namedFiles(path, read));
  return distinct([
    `{workspaceRoot}/${globLiteral(folder)}/**/*`,
    '^{projectRoot}/**/*',
    ...builds,
    ...[...above, ...extended].map((path) => `{workspaceRoot}/${globLiteral(path)}`),
    ...taken,
  ]);
}

/** The inputs of the root's task: what it checks, all that the graph is drawn from, and what its own Dockerfiles take. */
export function rootInputs(places: readonly string[], dockerfiles: readonly string[], read: Read): readonly Input[] {
  const contexts = dockerfiles.flatMap((path) => [folderOf(path), ...ancestorsOf(folderOf(path))]);
  const taken = contextFiles(dockerfiles, [...new Set(['.', ...contexts])], read);
  if (taken === undefined) return [everything];
  const extended = namedFiles('plimsoll.yaml', read).map((path) => `{workspaceRoot}/${globLiteral(path)}`);
  const checked = places.map((path) => `{workspaceRoot}/${globLiteral(path)}/**/*`);
  return distinct([...builds, ...graph, ...checked, ...extended, ...taken]);
}

/** Undefined where a Dockerfile takes all of a context, or cannot be read: any of the folders may be the context. */
function contextFiles(
  dockerfiles: readonly string[],
  contexts: readonly string[],
  read: Read,
): readonly string[] | undefined {
  const taken: string[] = [];
  for (const path of dockerfiles) {
    const text = read(path);
    const sources = text === undefined ? [''] : sourcesOf(text);
    if (sources.includes('')) return undefined;
    for (const source of sources) {
      const places = contexts.map((context) => globLiteral(inFolder(context, source)));
      taken.push(...places.flatMap((place) => [`{workspaceRoot}/${place}`, `{workspaceRoot}/${place}/**/*`]));
    }
  }
  return taken;
}

/** The files that a configuration extends or names; whatever reads as a path in it is taken for one. */
function namedFiles(config: string, read: Read): readonly string[] {
  const text = read(config) ?? '';
  const relative = text.split(/[\s"'[\],]+/).filter((word) => /^\.{1,2}\//.test(word));
  const nxGraph = /^nxGraph:\s*["']?([^\s"'#]+)/m.exec(text)?.[1];
  return [...relative, ...(nxGraph === undefined ? [] : [nxGraph])].flatMap((path) => {
    const segments = folderOf(config) === '.' ? [] : folderOf(config).split('/');
    for (const segment of path.split('/')) {
      if (segment === '..' && segments.pop() === undefined) return [];
      if (segment !== '..' && segment !== '.' && segment !== '') segments.push(segment);
    }
    return segments.length > 0 ? [segments.join('/')] : [];
  });
}

/** `a/b/c` is below `a/b`, `a` and the root. */
function ancestorsOf(folder: string): readonly string[] {
  const ancestors: string[] = [];
  for (let at = folder; at !== '.';) ancestors.push((at = folderOf(at)));
  return ancestors;
}

function inFolder(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}

/** Characters that would be a wildcard match any one character instead, which is safe. */
function globLiteral(path: string): string {
  return path.replace(/[*?[\]{}()!+@|\\]/g, (c) => (c === '@' || c === '+' || c === '!' ? c : '?'));
}

function distinct(inputs: readonly string[]): readonly string[] {
  return [...new Set(inputs)];
}
