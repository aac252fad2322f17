import type { ContextSource } from '@plimsoll/build-context';
import { decodeFile, readDockerfile } from '@plimsoll/documents';
import type { Dockerfile } from '@plimsoll/documents';
import type { Documents, Link } from '../model.ts';

const maxBytes = 1_000_000;
const others = new WeakMap<Documents, Map<string, Dockerfile | undefined>>();

/** The Dockerfile at a path of the tree, also one whose name does not say that it is one. */
export function dockerfileAt(documents: Documents, path: string): Dockerfile | undefined {
  const known = documents.dockerfiles.get(path);
  if (known) return known;
  const read = others.get(documents) ?? new Map<string, Dockerfile | undefined>();
  others.set(documents, read);
  if (!read.has(path)) read.set(path, readFrom(documents, path));
  return read.get(path);
}

function readFrom({ tree }: Documents, path: string): Dockerfile | undefined {
  try {
    const entry = tree.entry(path);
    if (!entry || (entry.type !== 'file' && entry.type !== 'symlink')) return undefined;
    const bytes = tree.read(path, maxBytes);
    return bytes && readDockerfile(decodeFile(path, bytes, 'syntax/dockerfile').file).document;
  } catch {
    return undefined;
  }
}

/** The Dockerfile at the first of these paths where one stands. */
export function linkDockerfile(documents: Documents, ...paths: readonly string[]): Link<Dockerfile> {
  for (const path of paths) {
    const target = dockerfileAt(documents, path);
    if (target) return { status: 'resolved', target };
  }
  return { status: 'opaque', reason: `there is no file ${paths[0] ?? ''} in the repository` };
}

/** Whether a Git context is the repository that is checked. */
export function isOwnGit(source: ContextSource): source is Extract<ContextSource, { kind: 'git' | 'http' }> {
  return (
    source.kind === 'git' &&
    (source.url.startsWith('{{defaultContext}}') || source.url.includes('${{ github.repository }}'))
  );
}

/** The folder of the repository that a Git context is about: what stands behind the ref and a colon. */
export function gitFolder(url: string): string {
  const written = /^\{\{defaultContext\}\}:(.*)$/s.exec(url)?.[1] ?? /^[^#]*#[^:]*:(.+)$/s.exec(url)?.[1] ?? '';
  return written
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
