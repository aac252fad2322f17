import { canonicalName } from './found.ts';
import type { PublishedTag } from './model.ts';

/** Words of a tag that say for which environment an image is meant, not which image it is. */
const environments = new Set(
  'staging stage stg production prod prd live preprod uat qa integration int acceptance acc'.split(' '),
);
/** The same, where the other tag names an environment too: alone they tell of an image with tools or for tests. */
const perhapsEnvironments = new Set('dev develop development test testing sandbox demo'.split(' '));
/** Words that stand for a version or a revision. */
const revisions =
  'sha git commit build run latest stable release released version ver tag ref branch main master trunk head rc ci tmp candidate current hotfix';
const dropped = new Set(revisions.split(' '));

/** Words that tell one image from another also where they stand in the name of what is not known: `steps.meta.outputs.alpine`. */
const telling = new Set(
  'alpine slim debug ubi distroless rootless cuda gpu cpu fips boringssl arm64 amd64 armv7 windows nightly preview canary nonroot enterprise community minimal lite debian ubuntu dev pr'.split(
    ' ',
  ),
);

/** What kind of image a tag is of. */
export interface Stream {
  /** The words that are left without versions, revisions and environments: `alpine` of `1.2-alpine`, nothing of `staging-<sha>`. */
  readonly words: string;
  /** Whether it names an environment; `perhaps` where the word alone can mean something else. */
  readonly environment: boolean | 'perhaps';
}

export function streamOf(tag: string): Stream {
  const found = new Set<string>();
  let rest = '';
  for (const part of parts(tag)) {
    rest += part.known ? part.text : '-';
    if (!part.known && !/^\$\(|^`/.test(part.text))
      for (const word of wordsOf(part.text)) if (telling.has(word)) found.add(word);
  }
  let environment: Stream['environment'] = false;
  for (const word of wordsOf(rest)) {
    if (environments.has(word)) environment = true;
    else if (perhapsEnvironments.has(word)) environment = environment || 'perhaps';
    if (isTelling(word)) found.add(word);
  }
  return { words: [...found].sort().join(' '), environment };
}

/** Where only one of two tags has such a word, `dev` and `test` mean an image with tools, or for tests. */
export function isSameStream(one: Stream, other: Stream): boolean {
  if (one.environment && other.environment) return withoutEnvironments(one) === withoutEnvironments(other);
  return one.words === other.words;
}

function withoutEnvironments({ words }: Stream): string {
  return words
    .split(' ')
    .filter((word) => !perhapsEnvironments.has(word))
    .join(' ');
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/[^a-z0-9]+/);
}

/** What is literal in a tag, and the expressions, templates and variables in it. */
function parts(tag: string): readonly { readonly text: string; readonly known: boolean }[] {
  const found: { text: string; known: boolean }[] = [];
  let at = 0;
  while (at < tag.length && found.length < 100) {
    const open = /[$`]|\{\{/.exec(tag.slice(at));
    const start = open ? at + open.index : tag.length;
    if (start > at) found.push({ text: tag.slice(at, start), known: true });
    if (!open) break;
    const end = endOfUnknown(tag, start);
    found.push({ text: tag.slice(start, end), known: false });
    at = end;
  }
  return found;
}

function endOfUnknown(tag: string, start: number): number {
  const closing = [
    ['${{', '}}'],
    ['{{', '}}'],
    ['${', '}'],
    ['$(', ')'],
    ['`', '`'],
  ] as const;
  const pair = closing.find(([open]) => tag.startsWith(open, start));
  if (!pair) return start + (/^\$\w*/.exec(tag.slice(start, start + 100))?.[0].length ?? 1);
  const end = tag.indexOf(pair[1], start + pair[0].length);
  return end < 0 ? tag.length : end + pair[1].length;
}

function isTelling(word: string): boolean {
  return (
    word !== '' &&
    !dropped.has(word) &&
    !environments.has(word) &&
    !/^v?\d+(?:[a-z]\d*)?$/.test(word) &&
    !/^[0-9a-f]{7,64}$/.test(word)
  );
}

/** The streams of each image that is published under these tags; of an image without a known tag the plain one. */
export function streamsOf(
  names: readonly string[],
  tags: readonly PublishedTag[],
): ReadonlyMap<string, readonly Stream[]> {
  const found = new Map<string, Stream[]>();
  const add = (name: string, stream: Stream): void => void found.set(name, [...(found.get(name) ?? []), stream]);
  for (const { name, tag } of tags.slice(0, maxTags)) add(canonicalName(name), streamOf(tag));
  for (const name of names.map(canonicalName)) if (!found.has(name)) add(name, { words: '', environment: false });
  return new Map([...found].filter(([name]) => isComparable(name)));
}

/** More than any image has. */
const maxTags = 500;

/** Expressions that are the same in every run of a repository. */
const constant =
  /\$\{\{ (?:github\.(?:repository|repository_owner|event\.repository\.\w+)|(?:secrets|vars)\.\w+) \}\}/gi;

/** What is unknown in a name has to be the same wherever it stands. */
function isComparable(name: string): boolean {
  return !/[$*{]/.test(name.replace(constant, ''));
}
