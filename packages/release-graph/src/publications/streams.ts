import { canonicalName } from './found.ts';
import type { PublishedTag } from './model.ts';

/** Words of a tag that say for which environment an image is meant, not which image it is. */
const environments =
  'staging stage stg production prod prd live preprod uat qa dev develop development test testing sandbox demo integration int acceptance acc';
/** Words that stand for a version or a revision. */
const revisions =
  'sha git commit build run latest stable release released version ver tag ref branch main master trunk head rc ci tmp candidate current hotfix';
const dropped = new Set(`${environments} ${revisions}`.split(' '));

/** Words that tell one image from another also where they stand in the name of what is not known: `steps.meta.outputs.alpine`. */
const telling =
  /alpine|slim|debug|ubi|distroless|rootless|cuda|gpu|fips|boringssl|arm64|amd64|armv7|arm|windows|nightly|preview|canary|nonroot|enterprise|community|minimal|lite|debian|ubuntu|dev|ee/g;

/**
 * What kind of image a tag is of: the words that are left without versions, revisions and environments. `1.2-alpine` is
 * `alpine`, `nightly-20240101` is `nightly`, and `staging-<sha>`, `v1` and `latest` are all the plain image.
 */
export function streamOf(tag: string): string {
  const found = new Set<string>();
  let rest = '';
  for (const part of parts(tag)) {
    if (part.known) rest += part.text;
    else {
      rest += '-';
      for (const [word] of part.text.toLowerCase().matchAll(telling)) if (!dropped.has(word)) found.add(word);
    }
  }
  for (const word of rest.toLowerCase().split(/[^a-z0-9]+/)) if (isTelling(word)) found.add(word);
  return [...found].sort().join(' ');
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
  return word !== '' && !dropped.has(word) && !/^v?\d+(?:[a-z]\d*)?$/.test(word) && !/^[0-9a-f]{7,64}$/.test(word);
}

/** The streams of each image that is published under these tags; of an image without a known tag the plain one. */
export function streamsOf(
  names: readonly string[],
  tags: readonly PublishedTag[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { name, tag } of tags) add(found, canonicalName(name), streamOf(tag));
  for (const name of names.map(canonicalName)) if (!found.has(name)) add(found, name, '');
  return new Map([...found].filter(([name]) => isComparable(name)));
}

function add(found: Map<string, Set<string>>, name: string, stream: string): void {
  const some = found.get(name) ?? new Set<string>();
  found.set(name, some.add(stream));
}

/** Expressions that are the same in every run of a repository. */
const constant =
  /\$\{\{ (?:github\.(?:repository|repository_owner|event\.repository\.\w+)|(?:secrets|vars)\.\w+) \}\}/gi;

/** What is unknown in a name has to be the same wherever it stands. */
function isComparable(name: string): boolean {
  return !/[$*{]/.test(name.replace(constant, ''));
}
