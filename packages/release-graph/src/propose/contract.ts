import { ignoreMatcher } from '@plimsoll/build-context';
import type { ContextCopy, StageFile } from '@plimsoll/build-context';
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
    `maxFiles: ${withRoom(files.length, 5)}`,
    `maxBytes: ${withRoom(bytes, 1000)}`,
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

/** The folders of the image that hold what one pattern lets in through one copy; a single file by its path. */
function allowed(
  files: readonly StageFile[],
  matcher: ReturnType<typeof ignoreMatcher> | undefined,
): readonly string[] {
  const numbers = new Map<ContextCopy, number>();
  const numberOf = (copy: ContextCopy): number => {
    const number = numbers.get(copy) ?? numbers.size;
    numbers.set(copy, number);
    return number;
  };
  const groups = Map.groupBy(
    files,
    ({ copy, source }) => `${numberOf(copy)} ${matcher?.decide(source).pattern?.range.start ?? ''}`,
  );
  const found = new Set([...groups.values()].flatMap(placesOf));
  const isCovered = (place: string): boolean =>
    parentsOf(place).some((folder) => found.has(`${folder}/**`) && `${folder}/**` !== place);
  return [...found].filter((place) => !isCovered(place)).sort();
}

function placesOf(group: readonly StageFile[]): readonly string[] {
  const [first, ...others] = group.map(({ path }) => inImage(path));
  const isFolder = group.some(({ copy }) => copy.folder);
  if (first === undefined) return [];
  if (others.length === 0 && !isFolder) return [first];
  const common = others.reduce(commonFolder, first.slice(0, first.lastIndexOf('/')));
  if (common !== '') return [`${common}/**`];
  return [first, ...others].map((path) =>
    path.indexOf('/', 1) < 0 ? path : `${path.slice(0, path.indexOf('/', 1))}/**`,
  );
}

function commonFolder(folder: string, path: string): string {
  let common = folder;
  while (!path.startsWith(`${common}/`)) common = common.slice(0, common.lastIndexOf('/'));
  return common;
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
