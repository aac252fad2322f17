import type { Finding, RelatedPlace, Severity } from '@plimsoll/core';
import { wrapAnsi } from 'fast-wrap-ansi';
import type { Colors } from './colors.ts';
import { placeOf } from '../place.ts';
import { visible, visibleLines } from '../visible.ts';
import { cut } from '../words.ts';
import { frameOf } from './frame.ts';
import type { Frame } from './frame.ts';

/** How a text report is set. */
export interface Style {
  readonly colors: Colors;
  readonly width: number;
  readonly pathPrefix: string;
}

const indent = '    ';
/** Lines of related places: with a frame each where that fits. */
const relatedLines = 6;
/** Lines that a message or a help may take. */
const proseLines = 5;
/** Packages whose findings mark a place that may hold a secret's value. */
const secretive = /^(?:secrets|credentials)\//;

/** The lines of one finding: place, severity and rule; message; frame; help; related places. */
export function findingLines(finding: Finding, style: Style): readonly string[] {
  const { ruleId, severity, message, help, at, related } = finding;
  const { colors } = style;
  const { line, column } = placeOf(at);
  const secret = secretive.test(ruleId);
  const framed = related.length * 2 <= relatedLines ? related.filter((place) => place.at.file.text !== '') : [];
  const digits = Math.max(...[at, ...framed.map((place) => place.at)].map((range) => `${placeOf(range).line}`.length));
  const frame = (range: Finding['at']): Frame => frameOf(range, style.width - indent.length - digits - 3, secret);
  const ofRelated = (place: RelatedPlace): readonly string[] => [
    relatedLine(place, style),
    ...(framed.includes(place) ? [codeLine(frame(place.at), digits, style, 'underlined')] : []),
  ];
  return [
    `  ${colors.dim(`${line}:${column}`)} ${severityWord(severity, colors)} ${visible(ruleId)}`,
    ...prose(message, style).map((text) => indent + colors.bold(text)),
    ...markedLines(frame(at), digits, severity, style),
    ...(help ? prose(`help: ${help}`, style).map((text) => indent + withHelpColor(text, colors)) : []),
    ...shownRelated(related).flatMap(ofRelated),
    ...(related.length > relatedLines
      ? [`${indent}${colors.dim(`and ${related.length - relatedLines + 1} more places`)}`]
      : []),
  ];
}

export function severityWord(severity: Severity, colors: Colors): string {
  const paint = { error: colors.red, warning: colors.yellow, info: colors.blue }[severity];
  return colors.bold(paint(severity));
}

/** Text wrapped to the width, in at most five lines, with the indentation that its lines have. */
export function prose(text: string, { width }: Pick<Style, 'width'>): readonly string[] {
  const columns = Math.max(20, width - indent.length);
  const lines = visibleLines(cut(text.trim(), columns * proseLines)).split('\n');
  return lines.flatMap((line) => {
    const words = line.trimStart();
    const start = line.slice(0, Math.min(line.length - words.length, columns >> 1));
    const wrapped = wrapAnsi(words.trimEnd(), columns - start.length, { hard: true });
    return wrapped.split('\n').map((row) => start + row.trimEnd());
  });
}

function shownRelated(related: readonly RelatedPlace[]): readonly RelatedPlace[] {
  return related.length > relatedLines ? related.slice(0, relatedLines - 1) : related;
}

function relatedLine({ at, label }: RelatedPlace, { colors, width, pathPrefix }: Style): string {
  const { path, line, column } = placeOf(at, pathPrefix);
  const place = `${visible(path)}:${line}:${column}`;
  return `${indent}${colors.cyan(place)} ${cut(visible(label), Math.max(20, width - indent.length - place.length - 1))}`;
}

function markedLines(frame: Frame, digits: number, severity: Severity, style: Style): readonly string[] {
  const { colors } = style;
  const paint = { error: colors.red, warning: colors.yellow, info: colors.blue }[severity];
  const under = ' '.repeat(frame.indent) + paint('^'.repeat(frame.width));
  return [codeLine(frame, digits, style, 'plain'), `${indent}${gutter('', digits, colors)} ${under}`];
}

function codeLine(frame: Frame, digits: number, { colors }: Style, mark: 'plain' | 'underlined'): string {
  const { line, before, marked, after } = frame;
  const code = before + (mark === 'underlined' && marked ? colors.underline(marked) : marked) + after;
  return `${indent}${gutter(`${line}`, digits, colors)}${code && ` ${code}`}`;
}

function gutter(line: string, digits: number, colors: Colors): string {
  return colors.dim(`${line.padStart(digits)} │`);
}

function withHelpColor(text: string, colors: Colors): string {
  return text.startsWith('help:') ? colors.green('help:') + text.slice('help:'.length) : text;
}
