import { formatBytes, formatCount, formatList } from '@plimsoll/core';
import type { Remark, StageFile } from '@plimsoll/core';
import { visible } from '../visible.ts';
import { cut } from '../words.ts';
import { prefixed } from '../place.ts';
import type { ShipsInput, ShipsTextOptions } from './input.ts';
import { byLine, contextText, copyText, filesByCopy, lineOf, placeText } from './input.ts';

const mostListed = 10;
const widestCopy = 70;

/** What ships as a summary for people: which copies bring how much, the largest files, what is not known. */
export function shipsText(builds: readonly ShipsInput[], options: ShipsTextOptions = {}): string {
  return builds.map((build) => `${linesOf(build, options).join('\n')}\n`).join('\n');
}

/** The lines that say which build this is. */
export function headingOf({ subject, target, declaredBy }: ShipsInput, options: ShipsTextOptions): readonly string[] {
  const { dockerfile, ignoreFile, request } = subject;
  const stage = target === undefined ? '' : `, target ${target}`;
  const args = [...(request.buildArgs?.keys() ?? [])];
  const places = [...new Set(declaredBy.map((range) => placeText(range, options)))];
  return [
    visible(`${prefixed(dockerfile.file.path, options.pathPrefix)}${stage}`),
    visible(`  context      ${contextText(subject, options)}`),
    visible(`  ignore file  ${ignoreFile ? prefixed(ignoreFile.file.path, options.pathPrefix) : 'none applies'}`),
    ...(args.length > 0 ? [visible(`  build args   ${formatList(args, 6)}`)] : []),
    ...(places.length > 0
      ? [
          visible(
            `  built by     ${places.slice(0, 3).join(', ')}${places.length > 3 ? ` and ${places.length - 3} more` : ''}`,
          ),
        ]
      : []),
  ];
}

function linesOf(build: ShipsInput, options: ShipsTextOptions): readonly string[] {
  const { contents } = build.subject;
  const { sent, ignored, final } = contents;
  const [folders, files] = apart(build, final?.files ?? []);
  const made = files.length === 0 && final && final.opaque.length > 0 ? '; what a RUN makes is not counted' : '';
  const passed = `${formatCount(sent.files, 'file')}, ${formatBytes(sent.bytes)}; ${formatCount(ignored.files, 'file')} left out by the ignore file`;
  const ofStages = contents.stages.flatMap((stage) => (stage.reachable ? stage.problems : []));
  return [
    ...headingOf(build, options),
    `  sent         ${passed}`,
    `  ships        ${formatCount(files.length, 'file')} of the repository, ${formatBytes(sum(files))}${made}`,
    ...(folders.length > 0 ? [`  and          ${folderNames(folders)}, with files that are not listed here`] : []),
    ...section('What brings it', copyLines(build)),
    ...section('The largest', largest(files)),
    ...section('Not known before the build', remarkLines(final?.opaque ?? [])),
    ...section('BuildKit refuses this build', remarkLines(byLine([...build.refused, ...ofStages]))),
  ];
}

/** What Git keeps to itself (`.git`, submodules) is one entry; its files are not counted. */
function apart({ subject: { tree } }: ShipsInput, all: readonly StageFile[]): readonly [StageFile[], StageFile[]] {
  const folders: StageFile[] = [];
  const files: StageFile[] = [];
  for (const file of all) {
    const isOpaque = file.bytes === 0 && tree.entry(file.treePath)?.type === 'opaque';
    (isOpaque ? folders : files).push(file);
  }
  return [folders, files];
}

function folderNames(folders: readonly StageFile[]): string {
  return visible(
    formatList(
      folders.map(({ path }) => path),
      3,
    ),
  );
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `  ${title}`, ...lines.map((line) => `    ${line}`)];
}

/** Each copy from the context, with what of it is in the image. */
function copyLines({ subject }: ShipsInput): readonly string[] {
  const rows = filesByCopy(subject).map(([copy, files]) => {
    const through =
      copy.stage === subject.contents.final?.stage ? '' : `, in stage ${copy.stage.name ?? copy.stage.index}`;
    const amount =
      files.length > 0
        ? `${formatCount(files.length, 'file')}, ${formatBytes(sum(files))}`
        : `nothing of its ${formatCount(copy.files.length, 'file')}`;
    return [`line ${lineOf(copy.instruction.range)}`, cut(visible(copyText(copy)), widestCopy), `${amount}${through}`];
  });
  return columns(rows);
}

function largest(files: readonly StageFile[]): readonly string[] {
  const most = files.toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1)).slice(0, mostListed);
  const lines = columns(most.map(({ path, bytes }) => [formatBytes(bytes), visible(path)]));
  return files.length > mostListed
    ? [...lines, `and ${formatCount(files.length - mostListed, 'file')} more: --format paths lists all of them`]
    : lines;
}

/** What is said of several lines stands once. */
function remarkLines(remarks: readonly Remark[]): readonly string[] {
  const lines = Map.groupBy(remarks, ({ message }) => message);
  return [...lines].map(([message, some]) => {
    const numbers = [...new Set(some.map(({ range }) => lineOf(range)))];
    return `${numbers.length === 1 ? 'line' : 'lines'} ${formatList(numbers.map(String), 12)}: ${visible(message)}`;
  });
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
  );
}

function sum(files: readonly StageFile[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}
