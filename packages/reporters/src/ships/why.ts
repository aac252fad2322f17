import { formatCount, formatList } from '@plimsoll/core';
import type { ContextCopy, PathAnswer, PathGroup } from '@plimsoll/core';
import { prefixed } from '../place.ts';
import { visible } from '../visible.ts';
import type { ShipsInput, ShipsTextOptions } from './input.ts';
import { contextText, copyText, lineOf, placeText } from './input.ts';
import { headingOf } from './text.ts';

const mostGroups = 20;

/** Why a path is in the image or not: the pattern and the copy that decided, for each of the files at it. */
export function shipsWhy(
  answers: readonly (readonly [ShipsInput, PathAnswer])[],
  options: ShipsTextOptions = {},
): string {
  return answers
    .map(
      ([build, answer]) =>
        `${[...headingOf(build, options), '', ...answerLines({ ...build, options }, answer)].map(visible).join('\n')}\n`,
    )
    .join('\n');
}

/** A build with how it is shown. */
interface Shown extends ShipsInput {
  readonly options: ShipsTextOptions;
}

function answerLines(build: Shown, answer: PathAnswer): readonly string[] {
  const { path, standing, groups } = answer;
  if (groups.length === 0) return nothingThere(build, answer);
  const name =
    standing === 'folder'
      ? `${path === '/' || path === '.' ? path : `${path}/`}: ${formatCount(
          groups.reduce((sum, { sources }) => sum + sources.length, 0),
          'file',
        )}`
      : path;
  const absent =
    standing === 'absent'
      ? ['  There is no such file among those that were looked at; to one of this name this would happen:']
      : [];
  const shown = groups.slice(0, mostGroups);
  const rest = groups.length > shown.length ? ['', '  There is more: ask for a folder in it'] : [];
  return [`  ${name}`, ...absent, ...shown.flatMap((group) => groupLines(build, answer, group)), ...rest];
}

function nothingThere({ subject, options }: Shown, { of, path, standing }: PathAnswer): readonly string[] {
  if (standing === 'outside') {
    const context = contextText(subject, options);
    return [
      `  ${prefixed(path, options.pathPrefix)}`,
      `    does not ship: it stands outside of the context ${context}`,
    ];
  }
  if (of === 'context') return [`  ${path}: no file of the tree is in this folder`];
  const opaque = subject.contents.final?.opaque ?? [];
  return [
    `  ${path}: no file of the repository is there in the image`,
    ...(opaque.length > 0
      ? [
          '  What else may be there is not known before the build:',
          ...opaque.map(({ range, message }) => `    line ${lineOf(range)}: ${message}`),
        ]
      : []),
  ];
}

function groupLines(build: Shown, { standing, of }: PathAnswer, group: PathGroup): readonly string[] {
  const names = standing === 'folder' || of === 'image' ? ['', `  ${formatList(group.sources, 3)}`] : [];
  return [
    ...names,
    `    ${verdict(group)}`,
    `    ignore file  ${ignoreLine(build, group)}`,
    ...(group.ignored ? [] : copyLines(build, group)),
  ];
}

function verdict({ ignored, copies, arrivals, sources }: PathGroup): string {
  if (arrivals.length > 0)
    return sources.length === 1
      ? `ships as ${formatList(
          arrivals.map(({ path }) => path),
          3,
        )}`
      : 'ships';
  if (ignored) return 'does not ship: the ignore file keeps it out of the context';
  return copies.length === 0
    ? 'does not ship: it is sent, and nothing copies it'
    : 'does not ship: it is copied, and is not in the image at the end';
}

function ignoreLine({ subject: { ignoreFile, kind }, options }: Shown, { pattern, ignored }: PathGroup): string {
  if (!ignoreFile) return kind === 'git' ? 'none applies to a Git context' : 'none applies';
  if (!pattern) return `no pattern of ${prefixed(ignoreFile.file.path, options.pathPrefix)} matches`;
  return `${placeText(pattern.range, options)} ${pattern.text} ${ignored ? 'keeps it out' : 'lets it in'}`;
}

function copyLines({ subject: { contents }, options }: Shown, { copies, arrivals }: PathGroup): readonly string[] {
  const shipping = new Set(arrivals.map(({ copy }) => copy));
  const line = (copy: ContextCopy): string => {
    const stage = copy.stage.name ?? String(copy.stage.index);
    const place = copy.stage === contents.final?.stage ? 'the final stage' : `stage ${stage}`;
    const onward = [
      ...new Set(
        arrivals
          .filter((file) => file.copy === copy && file.instruction !== copy.instruction)
          .map(({ instruction }) => instruction),
      ),
    ];
    const by = onward.map((instruction) => `; line ${lineOf(instruction.range)} copies it on`).join('');
    const rest = shipping.has(copy) ? by : '; nothing of it is in the image at the end';
    return `    copied by    ${placeText(copy.instruction.range, options)} ${copyText(copy)} (${place}${rest})`;
  };
  return copies.map(line);
}
