import type { ShellWord } from '@plimsoll/documents';
import type { UnpinnedPackage } from './model.ts';

/** Reads one package of a command line; undefined where it has a version, is a file or a repository, or is not known. */
export type PackageReader = (word: ShellWord) => UnpinnedPackage | undefined;

/** `name`, `@scope/name`, `name@version`, `name@tag`. */
export const npmPackage: PackageReader = (word) => {
  const { text, range } = word;
  if (startsUnknown(word) || /^[./~]|:|\.tgz$/.test(text)) return undefined;
  const at = text.indexOf('@', 1);
  const name = at < 0 ? text : text.slice(0, at);
  if (!/^(?:@[\w.-]+\/)?[\w.-]+$/.test(name)) return undefined;
  return movable(name, at < 0 ? undefined : text.slice(at + 1), { range, pinned: `${name}@<version>` });
};

/** `name`, `name[extra]`, `name==1.2`; a bound (`>=1`) is no version. */
export const pythonPackage: PackageReader = (word) => {
  const { text, range } = word;
  if (startsUnknown(word) || /^[./~]|[/\\*]|\.(?:whl|zip|tar\.gz|txt)$/.test(text)) return undefined;
  const [name] = /^[A-Za-z0-9][\w.-]*(?:\[[\w ,.-]*\])?/.exec(text) ?? [];
  const rest = name === undefined ? '' : text.slice(name.length).trim();
  if (name === undefined || /[=~]=|^@/.test(rest) || rest.includes('$')) return undefined;
  return { name, range, pinned: `${name}==<version>` };
};

/** The same, and `name@version` as `uvx` and `uv tool` take it. */
export const uvPackage: PackageReader = (word) => {
  const at = word.text.indexOf('@', 1);
  if (at < 0 || word.text.includes('/')) return pythonPackage(word);
  const name = word.text.slice(0, at);
  return movable(name, word.text.slice(at + 1), { range: word.range, pinned: `${name}==<version>` });
};

/** `module@version`; without `@` it is go.mod that decides. */
export const goPackage: PackageReader = (word) => {
  const { text, range } = word;
  const at = text.lastIndexOf('@');
  if (startsUnknown(word) || at < 1) return undefined;
  const name = text.slice(0, at);
  return movable(name, text.slice(at + 1), { range, pinned: `${name}@<version>` });
};

/** `name@1.2` */
export const cargoPackage: PackageReader = (word) => plainPackage(word, '@', (name) => `${name}@<version>`);

/** `name:1.2` */
export const gemPackage: PackageReader = (word) =>
  word.text.endsWith('.gem') ? undefined : plainPackage(word, ':', (name) => `${name}:<version>`);

/** `vendor/name:1.2` */
export const composerPackage: PackageReader = (word) =>
  plainPackage(word, ':', (name) => `${name}:<version>`, /^[\w.-]+\/[\w.-]+$/);

function plainPackage(
  word: ShellWord,
  separator: string,
  pinned: (name: string) => string,
  pattern = /^[\w.-]+$/,
): UnpinnedPackage | undefined {
  const { text, range } = word;
  if (startsUnknown(word) || /^[./~]/.test(text)) return undefined;
  const at = text.indexOf(separator, 1);
  const name = at < 0 ? text : text.slice(0, at);
  if (!pattern.test(name)) return undefined;
  return movable(name, at < 0 ? undefined : text.slice(at + 1), { range, pinned: pinned(name) });
}

/** A version holds a digit, or is a variable; a commit of letters alone is not met with. */
function movable(
  name: string,
  version: string | undefined,
  rest: Pick<UnpinnedPackage, 'range' | 'pinned'>,
): UnpinnedPackage | undefined {
  if (version === undefined || version === '') return { name, ...rest };
  return /[\d$]/.test(version) ? undefined : { name, channel: version, ...rest };
}

function startsUnknown({ parts: [first] }: ShellWord): boolean {
  return first?.kind !== 'literal';
}
