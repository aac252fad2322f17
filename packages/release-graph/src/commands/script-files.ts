import { MappedText, decodeFile, readScript, readYaml } from '@plimsoll/documents';
import type { Script, SourceFile } from '@plimsoll/documents';
import type { Tree } from '@plimsoll/build-context';
import { normalise } from '../builds/paths.ts';
import { inFolder } from '../builds/sources.ts';
import { lazy } from '../lazy.ts';
import type { Documents } from '../model.ts';
import type { ValueScope } from '../values/value.ts';
import { unknown } from '../values/resolved.ts';
import { readJustfile } from './justfile.ts';
import type { JustParameter } from './justfile.ts';
import { readMakefile } from './makefile.ts';
import { readNxTargets } from './nx-targets.ts';
import type { Variables } from './makefile.ts';

/** A script that stands in a file of its own: of package.json, a recipe line of a Makefile or a justfile, a target of Nx, a shell script. */
export interface ScriptEntry {
  readonly kind: 'package.json' | 'make' | 'just' | 'nx' | 'shell';
  readonly path: string;
  /** The script's name or the target; '' for a shell script. */
  readonly name: string;
  /** Where it starts: of a shell script the folder that it stands in, as it may be called from anywhere. */
  readonly folder: string;
  readonly script: Script;
  readonly scope: ValueScope;
  /** The scope of a call with variables on its command line, from a script with its own. */
  readonly within: (given: Variables, caller: ValueScope) => ValueScope;
  /** The targets that this one needs first. */
  readonly needs: readonly string[];
  /** The names of the Nx project that it is a target of. */
  readonly project: readonly string[];
  /** What a call gives to a recipe of a justfile, in order. */
  readonly parameters?: readonly JustParameter[];
  /** Whether its file names a tool that builds or publishes; of another it matters what it calls. */
  readonly releases: boolean;
}

const maxBytes = 1_000_000;
/** Only files with one of these words are read as scripts. */
const words =
  /\b(?:docker|podman|buildah|buildx|nerdctl|kaniko|skopeo|crane|regctl|cosign|notation|twine|publish|jib|ko|pack|depot|apko|gcloud|helm|gem|nuget|mvnw?|semantic-release|goreleaser|release-it|nx release|kubectl|kustomize|argocd|skaffold|flyctl|fly deploy|aws ecs|az webapp|az containerapp|heroku|nomad|slsa-verifier|attestation verify|trivy|grype|snyk|vercel|netlify|wrangler|terraform apply)\b/;
/** What calls a script of another file. */
const calls = /\$[({]MAKE[)}]|\bnx\b|\.sh\b/;
const scriptFolder = /(?:^|\/)(?:bin|ci|\.ci|hack|scripts?|tools|build|release|dev|\.github|contrib)\//;

/** The scripts of the tree that may build or publish something. */
export function scriptEntries({ tree }: Documents): readonly ScriptEntry[] {
  const included = new Set<string>();
  const files = tree.files.flatMap(({ path, type }) => {
    const kind = type === 'file' ? kindOf(path) : undefined;
    const file = kind && readText(tree, path);
    if (!kind || !file) return [];
    const entries = () => (kind === 'make' ? readMake(file, tree, included) : readers[kind](file, tree));
    return kind === 'make' || isRead(file) ? [{ path, entries: entries() }] : [];
  });
  return files.flatMap(({ path, entries }) => (included.has(path) && !isMakefile(path) ? [] : entries));
}

function isRead({ text }: SourceFile): boolean {
  return words.test(text) || calls.test(text);
}

function isMakefile(path: string): boolean {
  return /(?:^|\/)(?:GNU)?[Mm]akefile$/.test(path);
}

function kindOf(path: string): ScriptEntry['kind'] | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/(?:^|\/)(?:node_modules|vendor|third_party|testdata)\//.test(path)) return undefined;
  if (name === 'package.json') return 'package.json';
  if (name === 'project.json') return 'nx';
  if (/^(?:GNU)?[Mm]akefile$|\.mk$|^Makefile\./.test(name)) return 'make';
  if (/^\.?justfile$/i.test(name)) return 'just';
  if (/\.(?:sh|bash)$/.test(name) || (!name.includes('.') && scriptFolder.test(path))) return 'shell';
  return undefined;
}

/** A file of the tree; undefined where there is none, or it cannot be read, is binary or large. */
export function readText(tree: Tree, path: string): SourceFile | undefined {
  try {
    if (tree.size(path) > maxBytes) return undefined;
    const bytes = tree.read(path, maxBytes);
    return bytes && decodeFile(path, bytes, 'syntax/manifest').file;
  } catch {
    return undefined;
  }
}

const readers: Readonly<
  Record<Exclude<ScriptEntry['kind'], 'make'>, (file: SourceFile, tree: Tree) => readonly ScriptEntry[]>
> = {
  'package.json': (file, tree) => [...readPackage(file), ...readTargets(file, tree)],
  nx: readTargets,
  just: readJust,
  shell: (file) => (isShell(file) ? [entry('shell', '', MappedText.of(file.range()), noScope)] : []),
};

/** The recipes of a Makefile and of what it includes: all of them run in its folder. `included` takes the paths of those. */
function readMake(file: SourceFile, tree: Tree, included: Set<string>): readonly ScriptEntry[] {
  const folder = folderOf(file.path);
  const { recipes, prerequisites, includes, scope } = readMakefile(file, (written) => {
    const path = normalise(`${folder}/${written}`);
    return path === undefined ? undefined : readText(tree, path);
  });
  for (const path of includes) included.add(path);
  const sources = new Set([file, ...recipes.map(({ text }) => text.file)]);
  if (![...sources].some(isRead)) return [];
  const own = scope();
  const within: ScriptEntry['within'] = (given, caller) => {
    const inner = scope(given, (name) => caller.variable(name));
    return { ...caller, variable: (name) => inner.variable(name) };
  };
  const withRecipe = new Set(recipes.map(({ target }) => target));
  const nothing = MappedText.of(file.range(0, 0));
  const bare = [...prerequisites.keys()].filter((target) => !withRecipe.has(target) && !target.startsWith('.'));
  return [...bare.map((target) => ({ target, text: nothing })), ...recipes].map(({ target, text }) =>
    entry('make', target, text, own, { folder, within, needs: prerequisites.get(target) ?? [] }),
  );
}

function readJust(file: SourceFile): readonly ScriptEntry[] {
  const { recipes, variables } = readJustfile(file);
  const own: ValueScope = { ...noScope, variable: variables(() => undefined) };
  const within: ScriptEntry['within'] = (given, caller) => {
    const inner = variables(given);
    return { ...caller, variable: (name) => inner(name) ?? caller.variable(name) };
  };
  return recipes.flatMap(({ name, parameters, needs, scripts }) =>
    (scripts.length > 0 ? scripts : [MappedText.of(file.range(0, 0))]).map((text) =>
      entry('just', name, text, own, { within, needs, parameters }),
    ),
  );
}

/** A script that anyone may call: nothing of its environment is known. */
const noScope: ValueScope = {
  context: (path) => unknown(`\${{ ${path.join('.')} }}`, 'it is no workflow'),
  variable: () => undefined,
};

function readTargets(file: SourceFile, tree: Tree): readonly ScriptEntry[] {
  const folder = folderOf(file.path);
  const scripts = lazy(() => scriptsOf(readText(tree, inFolder(folder, 'package.json'))));
  return readNxTargets(file).flatMap(({ name, project, commands, cwd, script }) => [
    ...commands.map((text) => entry('nx', name, text, noScope, { folder: cwd ?? '', project })),
    ...(script === undefined ? [] : (scripts().get(script) ?? [])).map((text) =>
      entry('nx', name, text, noScope, { project }),
    ),
  ]);
}

function readPackage(file: SourceFile): readonly ScriptEntry[] {
  return [...scriptsOf(file)].flatMap(([name, texts]) =>
    texts.map((text) => entry('package.json', name, text, noScope)),
  );
}

/** The scripts of a package.json, by their names. */
function scriptsOf(file: SourceFile | undefined): ReadonlyMap<string, readonly MappedText[]> {
  const [root] = file ? readYaml(file, 'syntax/manifest').document.documents : [];
  const scripts = root?.type === 'map' ? root.entries.find((one) => one.key === 'scripts')?.value : undefined;
  if (scripts?.type !== 'map') return new Map();
  const found = scripts.entries.flatMap(({ key, value }) =>
    value.type === 'scalar' && typeof value.value === 'string' ? [{ key, text: value.text }] : [],
  );
  const groups = Map.groupBy(found, ({ key }) => key);
  return new Map([...groups].map(([key, some]) => [key, some.map(({ text }) => text)]));
}

/** A file with the name of a script that starts with another interpreter's `#!` is none. */
function isShell(file: SourceFile): boolean {
  const first = file.lineText(1);
  return first.startsWith('#!') ? /\b(?:ba|z|da|k)?sh\b/.test(first) : /\.(?:sh|bash)$/.test(file.path);
}

/** The script is parsed when it is first read: most files are called by nothing. */
function entry(
  kind: ScriptEntry['kind'],
  name: string,
  text: MappedText,
  scope: ValueScope,
  more: Partial<ScriptEntry> = {},
): ScriptEntry {
  const { file } = text;
  const script = lazy(() => readScript(text));
  return {
    kind,
    path: file.path,
    name,
    folder: folderOf(file.path),
    scope,
    within: (_given, caller) => caller,
    needs: [],
    project: [],
    releases: releases(file),
    ...more,
    get script() {
      return script();
    },
  };
}

const releasing = new WeakMap<SourceFile, boolean>();

function releases(file: SourceFile): boolean {
  const known = releasing.get(file) ?? words.test(file.text);
  releasing.set(file, known);
  return known;
}

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
