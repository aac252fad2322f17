import type { Finding, Severity } from '@plimsoll/core';
import { firstLine } from '@plimsoll/documents';
import type { ReportInput, ReportOptions, Uncheckable } from './input.ts';
import { placeOf, prefixed } from './place.ts';
import { countBySeverity, severities } from './severity.ts';
import { closingLine } from './text/summary.ts';
import { visible, visibleLines, withoutCommands } from './visible.ts';
import { countedFindings, cut } from './words.ts';

/** GitHub shows no more annotations of a kind in a step. */
const annotationsPerStep = 10;
const messageLength = 4000;

type Command = 'error' | 'warning' | 'notice';
const commands: Readonly<Record<Severity, Command>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Annotations of a pull request, as workflow commands: worst first, as many of a kind as GitHub shows, then how many
 * are hidden. The last line is the summary of the text report.
 */
export function reportGithub(input: ReportInput, { pathPrefix = '' }: ReportOptions): string {
  const uncheckable = input.uncheckable.slice(0, annotationsPerStep).map((what) => uncheckableOf(what, pathPrefix));
  const room: Record<Severity, number> = {
    error: annotationsPerStep - uncheckable.length,
    warning: annotationsPerStep,
    info: annotationsPerStep,
  };
  const counts = countBySeverity(input.findings);
  const hides = severities.some((severity) => counts[severity] > room[severity]);
  if (hides) room.info--;
  const shown = severities.flatMap((severity) =>
    input.findings.filter((finding) => finding.severity === severity).slice(0, room[severity]),
  );
  return [
    ...uncheckable,
    ...shown.map((finding) => annotationOf(finding, pathPrefix)),
    ...(hides ? [hiddenOf(input.findings, shown)] : []),
    withoutCommands(closingLine(input)),
    '',
  ].join('\n');
}

function annotationOf({ ruleId, severity, message, help, at }: Finding, pathPrefix: string): string {
  const { path, line, column, endLine, endColumn } = placeOf(firstLine(at), pathPrefix);
  const text = cut(visibleLines(help ? `${message}\n${help}` : message), messageLength);
  return command(commands[severity], { file: path, line, endLine, col: column, endColumn, title: ruleId }, text);
}

function uncheckableOf({ path, ruleId, reason }: Uncheckable, pathPrefix: string): string {
  const file = path === undefined ? {} : { file: prefixed(path, pathPrefix) };
  const title = ruleId === undefined ? 'Not checked' : `Not checked by ${ruleId}`;
  return command('error', { ...file, title }, cut(visibleLines(reason), messageLength));
}

function hiddenOf(all: readonly Finding[], shown: readonly Finding[]): string {
  const counts = countBySeverity(all);
  const seen = countBySeverity(shown);
  const hidden = {
    error: counts.error - seen.error,
    warning: counts.warning - seen.warning,
    info: counts.info - seen.info,
  };
  const text = `${countedFindings(hidden)} not shown here: GitHub shows ${annotationsPerStep} annotations of a kind in a step`;
  return command('notice', { title: 'More findings' }, text);
}

function command(name: Command, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(visible(String(value)))}`);
  return `::${name} ${list.join(',')}::${escapedData(message)}`;
}

/** As the workflow runner decodes it: `%`, CR and LF in a message, `:` and `,` in a property too. */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
