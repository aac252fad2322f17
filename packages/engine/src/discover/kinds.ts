import type { FileKind } from '../model.ts';

/** What a path may hold, by its name alone. */
export interface Candidacy {
  readonly kind: FileKind;
  /** The name doesn't settle it (`Dockerfile.py`, any YAML file): its text has to. */
  readonly unsure: boolean;
}

/**
 * The kind of file that a name promises; undefined for a file that is none of Plimsoll's.
 *
 * Workflows are those that GitHub runs: directly in `.github/workflows` of the root.
 */
export function candidacyOf(path: string, isManifestPath: (path: string) => boolean): Candidacy | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.endsWith('.dockerignore')) return { kind: 'ignoreFile', unsure: false };
  if (/^action\.ya?ml$/.test(name)) return { kind: 'action', unsure: false };
  if (/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return { kind: 'workflow', unsure: false };
  const dockerfile = dockerfileName(name);
  if (dockerfile) return { kind: 'dockerfile', unsure: dockerfile === 'unsure' };
  return isManifestPath(path) ? { kind: 'manifest', unsure: true } : undefined;
}

const DOCKERFILE =
  /^(?:Dockerfile|Containerfile)(?:[._-](.+))?$|^(?:dockerfile|containerfile)$|^.+\.(?:Dockerfile|dockerfile|Containerfile|containerfile)$/;

/** Endings of a `Dockerfile.*` that is about a Dockerfile and is none. */
const OTHER_ENDINGS = new Set(
  (
    'md markdown mdx rst txt adoc html json yaml yml toml xml lock bak orig rej swp swo old save patch diff ' +
    'sha256 sha512 sig asc log map png svg snap'
  ).split(' '),
);

/** Endings that name a language: of what the image is for, or of a program about Dockerfiles. */
const LANGUAGE_ENDINGS = new Set(
  'py js mjs cjs ts mts cts tsx jsx go rs rb php java kt cs sh bash ps1 pl lua c cpp h'.split(' '),
);

function dockerfileName(name: string): 'sure' | 'unsure' | undefined {
  const match = DOCKERFILE.exec(name);
  if (!match || name.endsWith('~')) return undefined;
  const suffix = match[1];
  if (suffix === undefined) return 'sure';
  const ending = suffix.slice(suffix.lastIndexOf('.') + 1).toLowerCase();
  if (OTHER_ENDINGS.has(ending)) return undefined;
  return LANGUAGE_ENDINGS.has(ending) || !name.includes('.') ? 'unsure' : 'sure';
}

/** Whether a text reads as a Dockerfile: its first instruction is FROM or ARG. */
export function looksLikeDockerfile(text: string): boolean {
  const code = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*(\S+)[ \t]+\S/.exec(text.slice(0, 16_384).replace(/^\uFEFF/, ''));
  return /^(?:from|arg)$/i.test(code?.[1] ?? '');
}
