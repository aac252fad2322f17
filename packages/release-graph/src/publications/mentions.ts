import type { ScriptEntry } from '../commands/script-files.ts';
import { readText } from '../commands/script-files.ts';
import { lazy } from '../lazy.ts';
import type { Documents } from '../model.ts';

/** Configurations of other services that build and publish. */
const otherServices =
  /(?:^|\/)(?:\.gitlab-ci[\w.-]*\.ya?ml|\.gitlab\/.*\.ya?ml|\.circleci\/.*\.ya?ml|\.travis\.yml|azure-pipelines[\w.-]*\.ya?ml|Jenkinsfile[\w.-]*|cloudbuild[\w.-]*\.ya?ml|\.buildkite\/.*|\.drone\.(?:yml|jsonnet|star)|bitbucket-pipelines\.yml|\.woodpecker[\w.-]*(?:\/.*)?\.ya?ml|buildspec[\w.-]*\.ya?ml|\.semaphore\/.*\.ya?ml|\.cirrus\.ya?ml|appveyor\.yml|\.tekton\/.*\.ya?ml|\.prow(?:\.yaml|\/.*))$/;

/**
 * Whether the text of a workflow or an action speaks of a script, by its name: a way of calling it that is not followed may
 * lead to it. Where no lane is declared, the configurations of other services are looked at too.
 */
export function mentionsIn(
  documents: Documents,
  declared: readonly string[] | undefined,
): (entry: ScriptEntry) => boolean {
  const texts = lazy(() => [
    ...[...documents.workflows.values()].flatMap(({ file }) =>
      declared && !declared.includes(file.path) ? [] : [file.text],
    ),
    ...[...documents.actions.values()].map(({ file }) => file.text),
    ...(declared ? [] : servicesOf(documents)),
  ]);
  const index = lazy(() => indexOf(texts()));
  const composed = lazy(() => texts().flatMap(composedPaths));
  return (entry) => {
    if (entry.kind === 'shell' && composed().some((one) => isPathOf(entry, one))) return true;
    const mention = mentionOf(entry);
    if (!mention) return false;
    const lines = index().get(mention.word) ?? [];
    return mention.runners ? lines.some((one) => isRun(one, mention.runners)) : lines.length > 0;
  };
}

/** A path with an expression in it: `./test/run_${{ matrix.suite }}.sh`. */
interface ComposedPath {
  readonly start: string;
  readonly end: string;
}

function composedPaths(text: string): readonly ComposedPath[] {
  return text.split('\n').flatMap((line) => {
    const open = line.indexOf('${{');
    const close = line.lastIndexOf('}}');
    if (open < 0 || close < open) return [];
    const start =
      line
        .slice(Math.max(0, open - maxPath), open)
        .split(/[\s"'=]/)
        .at(-1) ?? '';
    const [end = ''] = line.slice(close + 2, close + 2 + maxPath).split(/[\s"']/, 1);
    return start.includes('/') && end.endsWith('.sh') ? [{ start: start.replace(/^\.\//, ''), end }] : [];
  });
}

const maxPath = 300;

function isPathOf({ path }: ScriptEntry, { start, end }: ComposedPath): boolean {
  return path.startsWith(start) && path.endsWith(end) && path.length >= start.length + end.length;
}

interface Mention {
  /** The script's name. */
  readonly word: string;
  /** What runs it by that name; undefined: nothing has to. */
  readonly runners: ReadonlySet<string> | undefined;
}

const runners = {
  make: new Set(['make', 'gmake', '$(MAKE)', 'just', 'task', 'mage']),
  others: new Set(['npm', 'pnpm', 'yarn', 'bun', 'npx', 'pnpx', 'bunx', 'nx', 'turbo', 'lerna', 'just', 'task']),
};

function mentionOf({ kind, name, path }: ScriptEntry): Mention | undefined {
  const word = kind === 'shell' ? path.slice(path.lastIndexOf('/') + 1) : name;
  if (word === '' || /[%$]/.test(word)) return undefined;
  return kind === 'shell'
    ? { word, runners: undefined }
    : { word, runners: kind === 'make' || kind === 'just' ? runners.make : runners.others };
}

/** A word of a line. */
interface Occurrence {
  readonly words: readonly string[];
  readonly at: number;
}

/** Where each word stands, by that word, by its last path part, and by what it lists or stands behind `:`. */
function indexOf(texts: readonly string[]): ReadonlyMap<string, readonly Occurrence[]> {
  const found = new Map<string, Occurrence[]>();
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    if (line.trimStart().startsWith('#')) continue;
    const words = line.split(/[\s"'`;&|()]+/).slice(0, maxWords);
    for (const [at, word] of words.entries()) {
      const keys = new Set([
        word,
        word.slice(word.lastIndexOf('/') + 1),
        word.slice(word.lastIndexOf(':') + 1),
        ...word.split(','),
      ]);
      for (const key of keys) {
        const lines = found.get(key) ?? [];
        if (lines.length < maxLines) lines.push({ words, at });
        found.set(key, lines);
      }
    }
  }
  return found;
}

const maxWords = 200;
/** A word that stands in more lines is no name of a script. */
const maxLines = 500;

function isRun({ words, at }: Occurrence, by: ReadonlySet<string> | undefined): boolean {
  return words.slice(0, at).some((word) => by?.has(word.slice(word.lastIndexOf('/') + 1)));
}

function servicesOf({ tree }: Documents): readonly string[] {
  return tree.files.flatMap(({ path, type }) =>
    type === 'file' && otherServices.test(path) ? (readText(tree, path)?.text ?? []) : [],
  );
}
