import type { CopyInstruction, Flag, Word } from '@plimsoll/documents';
import { readPatternList } from '../ignore/pattern-list.ts';
import type { PatternList } from '../ignore/pattern-list.ts';
import { clampPath, joinPaths } from '../paths/clean.ts';
import { hasWildcard } from '../paths/glob.ts';
import type { CopySource } from './copy.ts';
import { Refusal } from './file-system.ts';

/** The flags of a COPY or ADD that decide which files it brings, and where. */
export interface CopyFlags {
  readonly parents: boolean;
  readonly link: boolean;
  /** ADD: whether archives are unpacked; local ones are where it is not given. */
  readonly unpack?: boolean;
  readonly exclude?: PatternList;
}

/** @throws {Refusal} for a malformed `--exclude`. */
export function readCopyFlags({ flags }: CopyInstruction): CopyFlags {
  const patterns = flags.flatMap(({ name, value }) => (name === 'exclude' && value ? [asParsed(value)] : []));
  const exclude = patterns.length > 0 ? readPatternList(patterns) : undefined;
  if (patterns.length > 0 && !exclude) throw new Refusal('invalid excludepatterns: syntax error in pattern');
  const unpack = flags.findLast(({ name }) => name === 'unpack');
  return {
    parents: isOn(flags, 'parents'),
    // With --chmod BuildKit copies as if --link were not there.
    link: isOn(flags, 'link') && !flags.some(({ name, value }) => name === 'chmod' && value !== ''),
    ...(unpack && { unpack: isTrue(unpack) }),
    ...(exclude && { exclude }),
  };
}

/** BuildKit reads flags byte by byte, and takes each byte for a character: no pattern with other letters than ASCII matches. */
function asParsed(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}

function isOn(flags: readonly Flag[], wanted: string): boolean {
  const flag = flags.findLast(({ name }) => name === wanted);
  return flag !== undefined && isTrue(flag);
}

function isTrue({ value }: Flag): boolean {
  return value === undefined || value.toLowerCase() === 'true';
}

/** A source as written, ready to be copied. */
export interface ReadSource {
  readonly word: Word;
  readonly source: CopySource;
  /** `--parents` without wildcards: the path that must be there. */
  readonly required?: string;
  /** In the context: `.` for all of it. */
  readonly path: string;
  readonly wildcard: boolean;
}

/** @throws {Refusal} for a malformed pattern. */
export function readSource(word: Word, text: string, { parents, exclude }: CopyFlags): ReadSource {
  const path = clampPath(text) || '.';
  const common = { word, path, wildcard: hasWildcard(path) };
  if (!parents) return { ...common, source: { path: `/${clampPath(text)}`, ...(exclude && { exclude }) } };
  const pivot = text.indexOf('/./');
  const below = pivot < 0 ? text : text.slice(pivot + 3);
  const above = pivot < 0 ? '/' : text.slice(0, pivot);
  const include = readPatternList([clampPath(below)]);
  if (!include) throw new Refusal('invalid includepatterns: syntax error in pattern');
  const literal = !hasWildcard(above) && !hasWildcard(below);
  return {
    ...common,
    source: { path: `/${clampPath(above)}`, include, ...(exclude && { exclude }) },
    ...(literal && { required: `/${clampPath(joinPaths(above, below))}` }),
  };
}

/** A source of ADD that is fetched: an archive or file of the web, or a Git repository. */
export function remoteKind(source: string): 'http' | 'git' | undefined {
  if (/^https?:\/\//.test(source)) return /\.git(?:[#?]|$)/.test(source) ? 'git' : 'http';
  return /^(?:git|ssh):\/\//.test(source) || /^[\w.-]+@[\w.-]+:/.test(source) ? 'git' : undefined;
}

/** The name that a downloaded file gets in a folder. */
export function downloadName(url: string): string {
  const path = /^https?:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] ?? '';
  return path.split('/').findLast((name) => name !== '') ?? '__unnamed__';
}

/** A destination as BuildKit's copy gets it: absolute, with `/` or `/.` at the end where it is written so. */
export function absoluteDestination(workdir: string, text: string): string {
  const written = text === '' || text === '.' ? './' : text;
  const path = written.startsWith('/') ? `/${clampPath(written)}` : `/${clampPath(`${workdir}/${written}`)}`;
  if (written.endsWith('/')) return path === '/' ? path : `${path}/`;
  return written.endsWith('/.') ? `${path === '/' ? '' : path}/.` : path;
}
