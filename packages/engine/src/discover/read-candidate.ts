import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import { decodeFile, SourceFile } from '@plimsoll/documents';
import type { Problem, SyntaxRule } from '@plimsoll/documents';
import type { FileKind } from '../model.ts';
import { resolveLink } from './links.ts';

const MEBI = 1024 * 1024;
/**
 * The largest file of a kind that is read, in bytes. No release file written by people comes near it; generated bundles
 * of Kubernetes resources are larger.
 */
const SIZE_LIMITS: Readonly<Record<FileKind, number>> = {
  dockerfile: MEBI,
  ignoreFile: MEBI,
  workflow: MEBI,
  action: MEBI,
  manifest: 8 * MEBI,
  contract: MEBI,
  shipsList: 32 * MEBI,
};

/** A candidate's text, with what is wrong with it as a file. */
export interface ReadCandidate {
  readonly file: SourceFile;
  readonly problems: readonly Problem[];
  /** Why it could not be checked; its text is then empty. */
  readonly uncheckable?: string;
}

const SYNTAX_RULES: Readonly<Record<FileKind, SyntaxRule>> = {
  dockerfile: 'syntax/dockerfile',
  ignoreFile: 'syntax/dockerignore',
  workflow: 'syntax/workflow',
  action: 'syntax/workflow',
  manifest: 'syntax/manifest',
  contract: 'syntax/manifest',
  shipsList: 'syntax/manifest',
};

/**
 * Reads a file of the tree. A link is read under the path that it leads to, so that a file which is reached by two
 * paths is reported once. Undefined where nothing is there: a file that Git lists and someone deleted.
 */
export function readCandidate(tree: Tree, path: string, kind: FileKind): ReadCandidate | undefined {
  const rule = SYNTAX_RULES[kind];
  const limit = SIZE_LIMITS[kind];
  const isLink = tree.entry(path)?.type === 'symlink';
  try {
    const target = isLink ? (resolveLink(tree, path) ?? path) : path;
    const tooLarge = `it is larger than ${limit / MEBI} MiB`;
    if (tree.size(target) > limit) return unreadable(path, rule, tooLarge);
    const bytes = tree.read(path, limit + 1);
    if (!bytes) return isLink ? unreadable(path, rule, 'it is a link that leads to no file') : undefined;
    if (bytes.length > limit) return unreadable(path, rule, tooLarge);
    return decodeFile(target, bytes, rule);
  } catch (error) {
    if (!(error instanceof TreeReadError)) throw error;
    return unreadable(path, rule, error.message);
  }
}

/** The first bytes of a file as text, to judge what it is; '' where it cannot be read. */
export function readHead(tree: Tree, path: string, bytes: number): string {
  try {
    return new TextDecoder().decode(tree.read(path, bytes) ?? new Uint8Array());
  } catch {
    return '';
  }
}

function unreadable(path: string, rule: SyntaxRule, reason: string): ReadCandidate {
  const file = new SourceFile(path, '');
  return {
    file,
    problems: [{ rule, range: file.range(), message: `This file was not read: ${reason}` }],
    uncheckable: reason,
  };
}
