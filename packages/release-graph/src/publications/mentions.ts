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
  const lines = lazy(() => texts().flatMap((text) => text.split('\n')));
  return (entry) => {
    const mention = mentionOf(entry);
    return mention !== undefined && lines().some((line) => speaksOf(line, mention));
  };
}

interface Mention {
  /** The script's name. */
  readonly word: string;
  /** What runs it by that name; undefined: nothing has to. */
  readonly runners?: ReadonlySet<string>;
}

const runners = {
  make: new Set(['make', 'gmake', '$(MAKE)', 'just', 'task', 'mage']),
  others: new Set(['npm', 'pnpm', 'yarn', 'bun', 'npx', 'pnpx', 'bunx', 'nx', 'turbo', 'lerna', 'just', 'task']),
};

function mentionOf({ kind, name, path }: ScriptEntry): Mention | undefined {
  const word = kind === 'shell' ? path.slice(path.lastIndexOf('/') + 1) : name;
  if (word === '' || /[%$]/.test(word)) return undefined;
  return kind === 'shell'
    ? { word }
    : { word, runners: kind === 'make' || kind === 'just' ? runners.make : runners.others };
}

/** A line that holds the name as a word of its own, and before it what runs it. */
function speaksOf(line: string, { word, runners: before }: Mention): boolean {
  if (!line.includes(word)) return false;
  const words = line.split(/[\s"'`;&|()]+/);
  const named = (text: string): boolean =>
    text === word ||
    text.endsWith(`/${word}`) ||
    (before !== undefined && (text.endsWith(`:${word}`) || text.split(',').includes(word)));
  const at = words.findIndex(named);
  if (at < 0) return false;
  return before === undefined || words.slice(0, at).some((text) => before.has(text.slice(text.lastIndexOf('/') + 1)));
}

function servicesOf({ tree }: Documents): readonly string[] {
  return tree.files.flatMap(({ path, type }) =>
    type === 'file' && otherServices.test(path) ? (readText(tree, path)?.text ?? []) : [],
  );
}
