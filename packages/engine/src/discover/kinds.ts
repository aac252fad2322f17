import { contractKindOf } from '@plimsoll/documents';
import type { FileKind } from '../model.ts';

/** What a path may hold, by its name alone. */
export interface Candidacy {
  readonly kind: FileKind;
  /** What its text has to show, where the name doesn't settle it. */
  readonly evidence?: Evidence;
}

/**
 * `FROM`: any line with it, or it is a fragment (`Dockerfile.append`). `start`: the first instruction, or it is a program
 * (`Dockerfile.py`). `manifest`: the keys of one.
 */
export type Evidence = 'FROM' | 'start' | 'manifest';

/**
 * The kind of file that a name promises; undefined for a file that is none of Plimsoll's.
 *
 * Workflows are those that GitHub runs: directly in `.github/workflows` of the root.
 */
export function candidacyOf(path: string, isManifestPath: (path: string) => boolean): Candidacy | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.endsWith('.dockerignore')) return { kind: 'ignoreFile' };
  const contract = contractKindOf(path);
  if (contract) return { kind: contract };
  if (/^action\.ya?ml$/.test(name)) return { kind: 'action' };
  if (/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return { kind: 'workflow' };
  return dockerfileCandidacy(name) ?? (isManifestPath(path) ? { kind: 'manifest', evidence: 'manifest' } : undefined);
}

const DOCKERFILE =
  /^(?:Dockerfile|Containerfile)(?:[._-].+)?$|^(?:dockerfile|containerfile)$|^.+\.(?:Dockerfile|dockerfile|Containerfile|containerfile)$/;

/** Endings of a `Dockerfile.*` that is about a Dockerfile and is none. */
const OTHER_ENDINGS = new Set(
  (
    'ignore md markdown mdx rst txt adoc html json yaml yml toml xml lock bak orig rej swp swo old save patch diff ' +
    'sha256 sha512 sig asc log map png svg snap'
  ).split(' '),
);

/** Endings that name a language: of what the image is for, or of a program about Dockerfiles. */
const LANGUAGE_ENDINGS = new Set(
  'py js mjs cjs ts mts cts tsx jsx go rs rb php java kt cs sh bash ps1 pl lua c cpp h'.split(' '),
);

function dockerfileCandidacy(name: string): Candidacy | undefined {
  const match = DOCKERFILE.exec(name);
  if (!match || name.endsWith('~')) return undefined;
  if (/^(?:docker|container)file$/i.test(name)) return { kind: 'dockerfile' };
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (OTHER_ENDINGS.has(ending)) return undefined;
  return { kind: 'dockerfile', evidence: LANGUAGE_ENDINGS.has(ending) ? 'start' : 'FROM' };
}

/** Whether some line of a text can be a FROM instruction. */
export function hasFrom(text: string): boolean {
  return /^[ \t]*from[ \t]/im.test(text);
}

/** Whether a text reads as a Dockerfile: its first instruction is FROM or ARG. */
export function startsAsDockerfile(text: string): boolean {
  const code = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*(\S+)[ \t]+\S/.exec(text.slice(0, 16_384));
  return /^(?:from|arg)$/i.test(code?.[1] ?? '');
}
