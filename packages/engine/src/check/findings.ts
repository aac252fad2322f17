import type { Finding, Report } from '@plimsoll/core';
import type { RulePlan } from '../configure/levels.ts';
import { severityOf } from '../configure/levels.ts';

/** A finding before those that say the same are merged. */
export interface RawFinding extends Finding {
  readonly same?: string;
  readonly acrossFiles?: boolean;
  /** Set where an override switched its rule off for its file. */
  readonly off?: { readonly because: string };
}

/** What a rule said, at the level that holds for it there. */
export function findingOf(
  { rule, levelAt }: RulePlan,
  { at, message, help, related, flow, severity, same, acrossFiles }: Report,
): RawFinding | undefined {
  const { level, because } = levelAt(at.file.path);
  if (level === 'off' && because === undefined) return undefined;
  return {
    ruleId: rule.id,
    severity: severityOf(level === 'off' ? rule.severity : level, rule.severity, severity),
    message,
    ...(help !== undefined && { help }),
    at,
    related: related ?? [],
    ...(flow && { flow }),
    ...(same !== undefined && { same }),
    ...(acrossFiles && { acrossFiles }),
    ...(level === 'off' && because !== undefined && { off: { because } }),
  };
}

/** By path, then place, then rule: the same input gives the same order. */
export function inOrder<F extends Finding>(findings: readonly F[]): readonly F[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.at.file.path, b.at.file.path) ||
      a.at.start - b.at.start ||
      compare(a.ruleId, b.ruleId) ||
      a.at.end - b.at.end ||
      compare(a.message, b.message),
  );
}

/** Of findings of one rule at one range, the first; those that are to be merged stay where they say different things. */
export function withoutRepeats(findings: readonly RawFinding[]): readonly RawFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ ruleId, at, same, message }) => {
    const key = `${ruleId}\n${at.start}\n${at.end}\n${at.file.path}\n${same === undefined ? '' : message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Findings with one `same` in one file, or in all files where they say so, become the first of them; the places of the others, or what they relate to, are related to it. */
export function merged(findings: readonly RawFinding[]): readonly Finding[] {
  const groups = new Map<string, RawFinding[]>();
  for (const finding of findings) {
    const { ruleId, same, at, acrossFiles } = finding;
    const path = acrossFiles ? '' : at.file.path;
    const key = same === undefined ? `\n${groups.size}` : `${ruleId}\n${path}\n${same}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => (first ? mergedOne(first, others) : []));
}

function mergedOne(
  { same: _, acrossFiles: __, off: ___, ...first }: RawFinding,
  others: readonly RawFinding[],
): Finding {
  const known = new Set(first.related.map(placeOf));
  const related = others.flatMap((other) => {
    if (placeOf(other) !== placeOf(first)) return [{ at: other.at, label: 'and here' }];
    return other.related.filter((one) => !known.has(placeOf(one)));
  });
  return { ...first, related: [...first.related, ...related] };
}

function placeOf({ at }: Pick<Finding, 'at'>): string {
  return `${at.file.path}\n${at.start}\n${at.end}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
