import type { Tree } from '@plimsoll/build-context';
import type { Preset } from '@plimsoll/core';
import { isManifestPath, sniffManifest } from '@plimsoll/documents';
import type { FileKind, SkipReason } from '../model.ts';
import { candidacyOf, looksLikeDockerfile } from './kinds.ts';
import { namedDockerfiles } from './named-dockerfiles.ts';
import { readCandidate, readHead } from './read-candidate.ts';
import type { ReadCandidate } from './read-candidate.ts';
import type { Scope } from './scope.ts';
import { isTemplate, skippedByPath, skippedByText, skipsReason } from './skipped.ts';

/** A file to be parsed. */
export interface Candidate extends ReadCandidate {
  /** In the tree; `file.path` differs where it is a link. */
  readonly path: string;
  readonly kind: FileKind;
  /** Set where it is read for the sake of others alone: its own findings are not wanted. */
  readonly skipped?: SkipReason;
}

export interface Discovery {
  /** Sorted by path. */
  readonly candidates: readonly Candidate[];
  /** All that was left out, also what is among the candidates for the sake of others. */
  readonly skipped: ReadonlyMap<string, SkipReason>;
}

/** How much of a large file is looked at to tell whether it is one of Plimsoll's. */
const HEAD_BYTES = 64 * 1024;

/**
 * Finds the files to check in a tree, and reads them. A file that is named on the command line is never skipped, and
 * is taken for a Dockerfile if it reads like one.
 */
export function discover(tree: Tree, scope: Pick<Scope, 'names'>, preset: Preset): Discovery {
  const candidates = new Map<string, Candidate>();
  const skipped = new Map<string, SkipReason>();
  const take = (path: string, kind: FileKind, unsure: boolean, linked = false) => {
    const named = scope.names(path);
    const wanted = (reason: SkipReason | undefined) =>
      reason && !named && skipsReason(reason, preset) ? reason : undefined;
    const byPath = wanted(skippedByPath(kind, path));
    if (byPath === 'vendored' && unsure) return;
    if (byPath && !linked && !unsure) return void skipped.set(path, byPath);
    const read = readCandidate(tree, path, kind);
    if (!read || (unsure && !isOfKind(tree, path, kind, read))) return;
    const reason = byPath ?? wanted(skippedByText(kind, path, read.file.text));
    if (reason) skipped.set(path, reason);
    if (!reason || reason === 'generated' || linked)
      candidates.set(path, { ...read, path, kind, ...(reason && { skipped: reason }) });
  };
  for (const { path, type } of tree.files) {
    if (type !== 'file' && type !== 'symlink') continue;
    const candidacy = candidacyOf(path, isManifestPath) ?? (scope.names(path) ? NAMED : undefined);
    if (candidacy) take(path, candidacy.kind, candidacy.unsure);
  }
  const sources = [...candidates.values()].filter(({ kind }) => kind !== 'dockerfile' && kind !== 'ignoreFile');
  for (const path of namedDockerfiles(
    tree,
    sources.map(({ file }) => file),
  )) {
    if (!candidates.has(path)) take(path, 'dockerfile', !skipped.has(path), true);
  }
  return { candidates: [...candidates.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), skipped };
}

const NAMED = { kind: 'dockerfile', unsure: true } as const;

function isOfKind(tree: Tree, path: string, kind: FileKind, { file, uncheckable }: ReadCandidate): boolean {
  const text = uncheckable === undefined ? file.text : readHead(tree, path, HEAD_BYTES);
  if (kind === 'dockerfile') return looksLikeDockerfile(text);
  return sniffManifest(path, text) || (/^apiVersion:/m.test(text) && isTemplate(kind, path, text));
}
