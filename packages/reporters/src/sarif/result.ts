import type { Finding, RelatedPlace } from '@plimsoll/core';
import { firstLine } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import type { SuppressedFinding } from '../input.ts';
import { placeOf, prefixed } from '../place.ts';
import { visible, visibleLines } from '../visible.ts';
import { cut } from '../words.ts';
import { primaryLocationLineHash } from './fingerprint.ts';
import { levelOf } from './rules.ts';

/** GitHub shows no more related places of a result. */
const relatedPlaces = 100;
const messageLength = 4000;
const labelLength = 200;

export const sourceRoot = '%SRCROOT%';

/** SARIF's `result`, its primary region on one line so that GitHub shows it in a pull request's diff. */
export function resultOf(
  finding: Finding,
  ruleIndex: number,
  pathPrefix: string,
  suppressed?: SuppressedFinding,
): object {
  const related = finding.related.slice(0, relatedPlaces);
  const fingerprint = primaryLocationLineHash(finding.at.file, placeOf(finding.at).line);
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    level: levelOf(finding.severity),
    message: { text: messageOf(finding, related) },
    locations: [{ physicalLocation: physicalLocation(finding.at, pathPrefix) }],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ at, label }, i) => ({
        id: i + 1,
        physicalLocation: physicalLocation(at, pathPrefix),
        message: { text: labelOf(label) },
      })),
    }),
    ...(finding.flow && finding.flow.length > 1 && { codeFlows: [codeFlow(finding.flow, pathPrefix)] }),
    ...(fingerprint !== undefined && { partialFingerprints: { primaryLocationLineHash: fingerprint } }),
    ...(suppressed && { suppressions: [suppressionOf(suppressed)] }),
  };
}

function codeFlow(flow: readonly RelatedPlace[], pathPrefix: string): object {
  const locations = flow.slice(0, relatedPlaces).map(({ at, label }) => ({
    location: { physicalLocation: physicalLocation(at, pathPrefix), message: { text: labelOf(label) } },
  }));
  return { threadFlows: [{ locations }] };
}

/** A path as SARIF wants it: relative to the repository's root and percent-encoded. */
export function artifactLocation(path: string, pathPrefix: string): object {
  const uri = prefixed(path, pathPrefix).toWellFormed().split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: sourceRoot };
}

function physicalLocation(at: Range, pathPrefix: string): object {
  const { line, column, endLine, endColumn } = placeOf(firstLine(at));
  return {
    artifactLocation: artifactLocation(at.file.path, pathPrefix),
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}

/** Message, help, and a link to each related place: GitHub shows only those which the message links. */
function messageOf({ message, help }: Finding, related: readonly RelatedPlace[]): string {
  const links = related.map(
    ({ label }, i) => `[${labelOf(label).replaceAll('[', '(').replaceAll(']', ')')}](${i + 1})`,
  );
  return [
    prose(message) || 'No message.',
    ...(help ? [prose(help)] : []),
    ...(links.length > 0 ? [`See ${links.join(', ')}.`] : []),
  ].join('\n');
}

/** The space keeps text from a checked file from making a link, however simply the reader looks for one. */
function prose(text: string): string {
  return cut(visibleLines(text).trim(), messageLength).replaceAll('](', '] (');
}

function labelOf(label: string): string {
  return cut(visible(label).trim(), labelLength) || 'related';
}

function suppressionOf({ by, reason }: SuppressedFinding): object {
  return {
    kind: by === 'comment' ? 'inSource' : 'external',
    status: 'accepted',
    ...(reason && { justification: visibleLines(reason) }),
  };
}
