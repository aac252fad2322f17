import { textOf } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import type { Place } from '../builds/index.ts';
import type { Related } from '../model.ts';
import { rootOf } from '../publications/lane-root.ts';
import type { FoundDigest } from './found.ts';
import { filesOf } from './files.ts';

/** Finds the digests that a value is made of, by the places which it goes through. */
export interface DigestIndex {
  /** Of the run that starts in this file. */
  of(definitions: readonly Related[], root: string): readonly FoundDigest[];
}

interface Anchor {
  readonly start: number;
  readonly end: number;
  readonly digest: FoundDigest;
}

interface RunIndex {
  /** By file, in the order of the text. */
  readonly anchors: ReadonlyMap<string, readonly Anchor[]>;
  readonly files: ReadonlyMap<string, readonly FoundDigest[]>;
}

export function indexDigests(digests: readonly FoundDigest[]): DigestIndex {
  const placed = digests.flatMap((digest) => digest.places.map((place) => ({ digest, place, root: rootOf(place) })));
  const runs = new Map([...Map.groupBy(placed, ({ root }) => root)].map(([root, some]) => [root, indexRun(some)]));
  return {
    of(definitions, root) {
      const run = runs.get(root);
      return run ? [...new Set(definitions.flatMap(({ at }) => [...within(run, at), ...named(run, at)]))] : [];
    },
  };
}

function indexRun(placed: readonly { readonly digest: FoundDigest; readonly place: Place }[]): RunIndex {
  const anchors = new Map<string, Map<string, Anchor>>();
  const files = new Map<string, Set<FoundDigest>>();
  for (const { digest, place } of placed) {
    for (const { file, start, end } of anchorsOf(digest, place)) {
      const here = anchors.get(file.path) ?? new Map<string, Anchor>();
      anchors.set(
        file.path,
        here.set(`${start} ${digest.range.file.path} ${digest.range.start}`, { start, end, digest }),
      );
    }
    for (const { path } of filesOf(place)) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      files.set(name, (files.get(name) ?? new Set()).add(digest));
    }
  }
  return {
    anchors: new Map([...anchors].map(([path, all]) => [path, [...all.values()].sort((a, b) => a.start - b.start)])),
    files: new Map([...files].map(([name, some]) => [name, [...some]])),
  };
}

/** The `uses:` value or the command; of a command in a script file the step that calls it as well. */
function anchorsOf({ range }: FoundDigest, { step, call, entry }: Place): readonly Range[] {
  const own = call ? call.command.range : range;
  return entry && step ? [own, step.step.range] : [own];
}

function within({ anchors }: RunIndex, { file, start, end }: Range): readonly FoundDigest[] {
  const here = anchors.get(file.path) ?? [];
  let low = 0;
  let high = here.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((here[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: FoundDigest[] = [];
  for (let at = low; at < here.length; at++) {
    const anchor = here[at];
    if (!anchor || anchor.start > end) break;
    if (anchor.end <= end) found.push(anchor.digest);
  }
  return found;
}

const maxText = 2_000;

/** Those whose file is read there: `$(jq -r '."containerimage.digest"' metadata.json)`. */
function named({ files }: RunIndex, at: Range): readonly FoundDigest[] {
  if (files.size === 0 || at.end - at.start > maxText) return [];
  return (textOf(at).match(/[\w.-]+/g) ?? []).flatMap((word) => files.get(word) ?? []);
}
