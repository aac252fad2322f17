import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { diskTree, ignoreFileFor, resolveContents } from '@plimsoll/build-context';
import type { BuildContents, Tree } from '@plimsoll/build-context';
import { SourceFile, readDockerfile, readIgnoreFile } from '@plimsoll/documents';
import type { Dockerfile } from '@plimsoll/documents';
import { askBuildkit } from '../random-contexts/buildkit.ts';
import type { Question } from '../random-contexts/buildkit.ts';
import { differences } from '../random-contexts/compare.ts';
import type { Said } from '../random-contexts/plimsoll.ts';
import { rewrite } from './rewrite.ts';

const { values, positionals: roots } = parseArgs({
  options: {
    address: { type: 'string', default: 'unix:///run/buildkit/buildkitd.sock' },
    folder: { type: 'string', default: path.join(tmpdir(), 'real-trees') },
  },
  allowPositionals: true,
});

interface Build extends Question {
  readonly said: Said;
}

const builds = roots.flatMap((root) => buildsOf(path.resolve(root)));
const answers = new Map(
  (await askBuildkit(values.address, builds.map(toQuestion))).map((answer) => [answer.id, answer]),
);
let differing = 0;
for (const { id, said } of builds) {
  const answer = answers.get(id);
  const found = answer ? differences(answer, said) : ['no answer'];
  if (found.length > 0) differing++;
  const result =
    found.length > 0
      ? `DIFFERS\n  ${found.slice(0, 10).join('\n  ')}`
      : (answer?.refused ?? `${said.files.size} files`);
  console.log(`${id}: ${result}`);
}
const dockerfiles = new Set(builds.map(({ id }) => id.replace(/:[^:]*$/, '')));
console.log(`${dockerfiles.size} Dockerfiles, ${builds.length} stages, ${differing} differ`);
process.exitCode = differing > 0 ? 1 : 0;

function toQuestion({ said: _, ...question }: Build): Question {
  return question;
}

function buildsOf(root: string): readonly Build[] {
  const tree = diskTree(root);
  const named = tree.files.filter(
    ({ path: at, type }) => type === 'file' && /(?:^|\/)(?:Dockerfile(?:\.[\w.-]+)?|[\w.-]+\.Dockerfile)$/.test(at),
  );
  return named
    .filter(({ path: at }) => !at.endsWith('.dockerignore'))
    .flatMap(({ path: at }) => buildsOfFile(root, tree, at));
}

/** The build of one Dockerfile, with what its copies miss taken out when something is missing. */
function buildsOfFile(root: string, tree: Tree, at: string): readonly Build[] {
  const { document, problems } = readDockerfile(new SourceFile(at, readFileSync(path.join(root, at), 'utf8')));
  if (problems.length > 0 || document.stages.length === 0) return [];
  const unknown = new Set<unknown>();
  const folders = [path.posix.dirname(at), '.'];
  const tried = folders.map((folder) => ({ folder, contents: resolve(root, tree, document, at, folder) }));
  const best = tried.reduce((a, b) => (problemsOf(b.contents) < problemsOf(a.contents) ? b : a));
  for (const { problems: refused, opaque } of best.contents.stages) {
    for (const { range } of [...refused, ...opaque]) unknown.add(range);
  }
  const isDoubtful = (range: { readonly start: number; readonly end: number }): boolean =>
    [...unknown].some((other) => inside(other as typeof range, range));
  const { text, targets } = rewrite(document, ({ range, type }) => type === 'copy' && isDoubtful(range));
  if (!/^(?:COPY|ADD) /m.test(text)) return [];
  return targets.map((target) => buildOf(root, tree, at, best.folder, text, target));
}

function inside(
  inner: { readonly start: number; readonly end: number },
  outer: { readonly start: number; readonly end: number },
): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function problemsOf({ stages }: BuildContents): number {
  return stages.reduce((sum, { problems }) => sum + problems.length, 0);
}

function buildOf(root: string, tree: Tree, at: string, folder: string, text: string, target: string): Build {
  const id = `${path.basename(root)}/${at}:${target}`;
  const written = path.join(values.folder, id.replace(/[^\w.-]/g, '_'));
  rmSync(written, { recursive: true, force: true });
  mkdirSync(written, { recursive: true });
  writeFileSync(path.join(written, 'Dockerfile'), text);
  const own = tree.entry(`${at}.dockerignore`);
  if (own) writeFileSync(path.join(written, 'Dockerfile.dockerignore'), readFileSync(path.join(root, own.path)));
  const { document } = readDockerfile(new SourceFile(at, text));
  const contents = resolve(root, tree, document, at, folder, target);
  return {
    id,
    context: path.join(root, folder),
    folder: written,
    dockerfile: 'Dockerfile',
    target,
    buildArgs: {},
    said: sayOf(tree, contents),
  };
}

function resolve(
  root: string,
  tree: Tree,
  dockerfile: Dockerfile,
  at: string,
  folder: string,
  target?: string,
): BuildContents {
  const context = { kind: 'local', folder } as const;
  const ignorePath = ignoreFileFor(tree, at, context);
  const ignoreText = ignorePath === undefined ? undefined : readFileSync(path.join(root, ignorePath), 'utf8');
  return resolveContents(tree, {
    dockerfile,
    context,
    ...(target !== undefined && { target }),
    ...(ignoreText !== undefined && {
      ignoreFile: readIgnoreFile(new SourceFile(ignorePath ?? '', ignoreText)).document,
    }),
  });
}

function sayOf(tree: Tree, { stages, final }: BuildContents): Said {
  const refused = stages.filter(({ reachable }) => reachable).flatMap(({ problems }) => problems)[0]?.message;
  const files = (final?.files ?? []).map(({ path: at, treePath, bytes }) => {
    const link = tree.linkTarget(treePath);
    return [at, link === undefined ? String(bytes) : `-> ${link}`] as const;
  });
  const opaque = stages
    .filter(({ reachable }) => reachable)
    .flatMap((stage) => stage.opaque.map(({ message }) => message));
  return { ...(refused !== undefined && { refused }), files: new Map(files), opaque };
}
