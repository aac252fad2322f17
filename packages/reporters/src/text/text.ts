import type { Finding } from '@plimsoll/core';
import { colors } from './colors.ts';
import type { ReportInput, ReportOptions, Uncheckable } from '../input.ts';
import { prefixed } from '../place.ts';
import { countBySeverity } from '../severity.ts';
import { visible, withoutCommands } from '../visible.ts';
import { counted, cut } from '../words.ts';
import { findingLines, prose } from './finding.ts';
import type { Style } from './finding.ts';
import { details, headline } from './summary.ts';

const defaultWidth = 100;
const narrowest = 40;
/** How many findings are shown; nobody reads more of them. */
const shown = 1000;
/** How many uncheckable things are named. */
const namedUncheckable = 20;

/** For people: file by file, each finding with the line that it speaks of, and a summary. */
export function reportText(input: ReportInput, options: ReportOptions): string {
  const style: Style = {
    colors: colors(options.color ?? false),
    width: Math.max(narrowest, options.width ?? defaultWidth),
    pathPrefix: options.pathPrefix ?? '',
  };
  const blocks = [
    ...[...byFile(input.findings.slice(0, shown))].flatMap(([path, findings]) => fileBlocks(path, findings, style)),
    ...moreBlock(input.findings.length - shown, style),
    ...uncheckableBlock(input.uncheckable, style),
    ...input.notes.map((note) => prose(`note: ${note}`, style)),
    summaryLines(input, style),
  ];
  return withoutCommands(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`);
}

function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(findings, ({ at }) => at.file.path);
}

/** The path stands right above its first finding. */
function fileBlocks(path: string, findings: readonly Finding[], style: Style): readonly (readonly string[])[] {
  const header = style.colors.underline(visible(prefixed(path, style.pathPrefix)));
  return findings.map((finding, i) =>
    i === 0 ? [header, ...findingLines(finding, style)] : findingLines(finding, style),
  );
}

function moreBlock(more: number, style: Style): readonly (readonly string[])[] {
  return more > 0 ? [prose(`and ${counted(more, 'finding')} more, which the other formats have`, style)] : [];
}

function uncheckableBlock(uncheckable: readonly Uncheckable[], style: Style): readonly (readonly string[])[] {
  if (uncheckable.length === 0) return [];
  const { colors, width, pathPrefix } = style;
  const lines = uncheckable.slice(0, namedUncheckable).map(({ path, ruleId, reason }) => {
    const where = path === undefined ? '' : `${visible(prefixed(path, pathPrefix))}: `;
    return `  ${where}${ruleId === undefined ? '' : `${visible(ruleId)}: `}${cut(visible(reason), width)}`;
  });
  const more = uncheckable.length - namedUncheckable;
  return [
    [colors.red('Could not be checked'), ...lines, ...(more > 0 ? [`  and ${counted(more, 'thing')} more`] : [])],
  ];
}

/** On a second line stands what has no room on the first. */
function summaryLines(
  input: ReportInput,
  { colors: { bold, dim, red, yellow, green, blue }, width }: Style,
): readonly string[] {
  const { error, warning } = countBySeverity(input.findings);
  const unchecked = input.uncheckable.length > 0;
  const clean = input.findings.length === 0 && !unchecked;
  const paint = error > 0 || unchecked ? red : warning > 0 ? yellow : clean ? green : blue;
  const first = `${clean ? '✓ ' : ''}${headline(input)}`;
  const rest = details(input).join(' · ');
  const painted = bold(paint(first));
  return first.length + rest.length + 3 <= width ? [`${painted}${dim(` · ${rest}`)}`] : [painted, dim(rest)];
}
