import type { Tree } from '@plimsoll/build-context';
import type { Preset } from '@plimsoll/core';
import { isManifestPath, sniffManifest } from '@plimsoll/documents';
import type { FileKind, SkipReason } from '../model.ts';
import { candidacyOf, hasFrom, startsAsDockerfile } from './kinds.ts';
import type { Candidacy, Evidence } from './kinds.ts';
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
export function discover(tree: Tree, scope: Pick<Scope, 'names'>, presetAt: (path: string) => Preset): Discovery {
  const candidates = new Map<string, Candidate>();
  const skipped = new Map<string, SkipReason>();
  const take = (path: string, candidacy: Candidacy, linked: boolean) => {
    const isWanted = (reason: SkipReason) => scope.names(path) || !skipsReason(reason, presetAt(path));
    const { candidate, reason } = judge(tree, path, candidacy, { isWanted, linked });
    if (reason) skipped.set(path, reason);
    if (candidate) candidates.set(path, candidate);
  };
  for (const { path, type } of tree.files) {
    if (type !== 'file' && type !== 'symlink') continue;
    const candidacy = candidacyOf(path, isManifestPath) ?? (scope.names(path) ? PERHAPS_DOCKERFILE : undefined);
    if (candidacy) take(path, candidacy, false);
  }
  const sources = [...candidates.values()].filter(describesBuilds).map(({ file }) => file);
  for (const path of namedDockerfiles(tree, sources)) {
    if (!candidates.has(path)) take(path, PERHAPS_DOCKERFILE, true);
  }
  return { candidates: [...candidates.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), skipped };
}

const PERHAPS_DOCKERFILE: Candidacy = { kind: 'dockerfile', evidence: 'start' };

interface JudgeOptions {
  /** Whether a file is wanted although there is this reason to skip it. */
  readonly isWanted: (reason: SkipReason) => boolean;
  /** Whether a build names the file, so that it is read even if it is skipped. */
  readonly linked: boolean;
}

/** Whether a file is a candidate, and why it is skipped; it can be both. */
function judge(
  tree: Tree,
  path: string,
  { kind, evidence }: Candidacy,
  { isWanted, linked }: JudgeOptions,
): { readonly candidate?: Candidate; readonly reason?: SkipReason } {
  const unless = (reason: SkipReason | undefined) => (reason && !isWanted(reason) ? reason : undefined);
  const byPath = unless(skippedByPath(kind, path));
  // Of files that may be anything, those of others are not even looked at: there are too many of them.
  if (byPath === 'vendored' && kind === 'manifest') return {};
  if (byPath && !linked && evidence !== 'manifest') return { reason: byPath };
  if (evidence === 'manifest' && isBulk(tree, path)) return {};
  const read = readCandidate(tree, path, kind);
  if (!read || (evidence && !shows(evidence, read, () => readHead(tree, path, HEAD_BYTES)))) return {};
  const reason = byPath ?? unless(skippedByText(kind, path, read.file.text));
  if (!reason) return { candidate: { ...read, path, kind } };
  // What a generator made, and what a build names, is still linked to; only its own findings are not wanted.
  return { reason, ...((linked || reason === 'generated') && { candidate: { ...read, path, kind, skipped: reason } }) };
}

/** JSON that is too large for a manifest which people write: there is much of it, and it is no manifest. */
function isBulk(tree: Tree, path: string): boolean {
  if (!path.endsWith('.json')) return false;
  try {
    return tree.size(path) > BULK_BYTES;
  } catch {
    return false;
  }
}

const BULK_BYTES = 256 * 1024;

function describesBuilds({ kind, file: { text } }: Candidate): boolean {
  if (kind === 'manifest') return text.includes('ockerfile');
  return (kind === 'workflow' || kind === 'action') && /docker|podman|buildah/i.test(text);
}

function shows(evidence: Evidence, { file, problems, uncheckable }: ReadCandidate, head: () => string): boolean {
  const text = uncheckable === undefined ? file.text : head();
  if (evidence === 'start') return startsAsDockerfile(text);
  if (evidence === 'FROM') return hasFrom(text) || problems.length > 0;
  return sniffManifest(file.path, text) || (/^apiVersion:/m.test(text) && isTemplate('manifest', file.path, text));
}
