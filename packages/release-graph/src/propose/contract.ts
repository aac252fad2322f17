import { ignoreMatcher } from '@plimsoll/build-context';
import type { IgnoreMatcher, StageFile } from '@plimsoll/build-context';
import type { ShipsSubject } from '../ships/subject.ts';
import { readLines } from './allow-list.ts';
import { escapePath } from './escape.ts';

/** What no image should carry, whatever a folder of it brings. */
const forbidden = ['**/.env', '**/.git', '**/.npmrc', '**/*.pem', '**/*.key'];
const mostRequired = 10;

/** A contract that the image keeps as it is, with some room to grow. */
export function contractText({ contents, dockerfile, ignoreFile }: ShipsSubject): string {
  const files = contents.final?.files ?? [];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const isInImage = ignoreMatcher(readLines(forbidden, false));
  const shipped = new Set(files.flatMap(({ path }) => isInImage.decide(path.slice(1)).pattern?.text ?? []));
  const required = [...new Set(files.filter(isNamed).map(({ path }) => path))].slice(0, mostRequired);
  const body = [
    ...list(
      'allow',
      allowed(files, ignoreFile && ignoreMatcher(ignoreFile)),
      '# nothing of the repository; what a RUN makes is not counted',
    ),
    ...(required.length > 0 ? list('require', required.map(inImage), '') : []),
    ...list(
      'forbid',
      forbidden.filter((pattern) => !shipped.has(pattern)),
      '',
    ),
    ...(files.length > 0 ? [`maxFiles: ${withRoom(files.length, 5)}`, `maxBytes: ${withRoom(bytes, 1000)}`] : []),
  ];
  const { stage } = contents.final ?? {};
  const isLast = stage === undefined || stage.index === dockerfile.stages.length - 1;
  if (isLast) return `${body.join('\n')}\n`;
  return ['targets:', `  ${quoted(stage.name ?? String(stage.index))}:`, ...body.map((line) => `    ${line}`), ''].join(
    '\n',
  );
}

function inImage(path: string): string {
  return `/${escapePath(path.slice(1))}`;
}

/** A file that a COPY names by itself. */
function isNamed({ copy }: StageFile): boolean {
  return !copy.folder && !copy.wildcard && copy.files.length === 1;
}

/** A fifth more, up to a full step. */
function withRoom(amount: number, step: number): number {
  return Math.ceil((amount * 1.2) / step) * step;
}

/** More single files of one folder than these become the folder. */
const mostSingle = 5;

/** Where in the image that stands which a pattern lets into the context: a folder, or a file by its path. */
function allowed(files: readonly StageFile[], matcher: IgnoreMatcher | undefined): readonly string[] {
  const places = files.map((file) => placeOf(file, matcher?.decide(file.source).pattern?.pattern ?? ''));
  const singles = Map.groupBy(
    places.filter((place) => !place.endsWith('/**')),
    parentOf,
  );
  const found = new Set(
    places.map((place) => {
      const folder = place.endsWith('/**') ? '' : parentOf(place);
      return folder !== '' && (singles.get(folder)?.length ?? 0) > mostSingle ? `${folder}/**` : place;
    }),
  );
  const isCovered = (place: string): boolean =>
    parentsOf(place).some((folder) => found.has(`${folder}/**`) && `${folder}/**` !== place);
  return [...found].filter((place) => !isCovered(place)).sort();
}

/** The folder of the image that is what the pattern names in the context, as far as the file's path tells; else the file. */
function placeOf({ path, source }: StageFile, pattern: string): string {
  const written = escapePath(source);
  const below = written.startsWith(`${pattern}/`) ? written.slice(pattern.length + 1).split('/').length : 0;
  const names = path.split('/');
  const same = names.toReversed().findIndex((name, i) => name !== source.split('/').at(-1 - i));
  const kept = Math.min(below, same < 0 ? names.length - 1 : same);
  if (below === 0 || kept < 2) return inImage(path);
  // A folder that is copied to the root of the image is told by what is in it.
  const folder = names.slice(0, Math.max(names.length - kept, names.length > 2 ? 2 : 1)).join('/');
  return folder === '' ? inImage(path) : `${inImage(folder)}/**`;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts
    .slice(1)
    .map((_, i) => parts.slice(0, i + 1).join('/'))
    .slice(1);
}

function list(key: string, items: readonly string[], whenEmpty: string): readonly string[] {
  return items.length === 0
    ? [`${key}: [] ${whenEmpty}`.trimEnd()]
    : [`${key}:`, ...items.map((item) => `  - ${quoted(item)}`)];
}

/** In YAML: plain where that reads as the same text, else in double quotes, as JSON writes it. */
function quoted(text: string): string {
  return /^[/a-z][\w./@+-]*(?:\/\*\*)?$/i.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : text.includes("'") || /\p{C}/u.test(text)
      ? JSON.stringify(text)
      : `'${text}'`;
}
