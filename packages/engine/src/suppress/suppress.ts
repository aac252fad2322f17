import type { Finding } from '@plimsoll/core';
import { unknownRuleMessage } from '../configure/rule-settings.ts';
import { UNSUPPRESSIBLE } from '../engine-rules.ts';
import type { SuppressedFinding } from '../model.ts';
import { coverage } from './coverage.ts';
import type { SuppressibleFile } from './coverage.ts';
import { DIRECTIVE_HELP, findDirectives } from './directives.ts';
import type { Directive } from './directives.ts';

export interface SuppressOptions {
  /** The ids of all rules that a suppression may name. */
  readonly suppressible: ReadonlySet<string>;
  /** Whether a rule was really run for a file, so that its suppression could have been used. */
  readonly ran: (ruleId: string, path: string) => boolean;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** What became of the findings of one file. */
export interface Suppressed<F extends Finding> {
  readonly kept: readonly F[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Findings on the suppressions themselves. */
  readonly faults: readonly Finding[];
  readonly unused: readonly Finding[];
}

/** Applies the suppressions in the comments of a file to the findings in it. */
export function suppressInline<F extends Finding>(
  target: SuppressibleFile,
  findings: readonly F[],
  options: SuppressOptions,
): Suppressed<F> {
  const directives = findDirectives(target.file, hasSlashComments(target));
  if (directives.length === 0) return { kept: findings, suppressed: [], faults: [], unused: [] };
  const faults: Finding[] = [];
  const coverageOf = coverage(target);
  const entries = directives.flatMap((directive) => effective(directive, coverageOf, options, faults));
  const byRule = Map.groupBy(entries, ({ id }) => id);
  const kept: F[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const { line } = finding.at.file.positionAt(finding.at.start);
    const matching = (byRule.get(finding.ruleId) ?? []).filter(({ first, last }) => first <= line && line <= last);
    for (const entry of matching) entry.used = true;
    const [by] = matching;
    if (by) suppressed.push({ ...finding, suppression: { by: 'inline', reason: by.reason } });
    else kept.push(finding);
  }
  const idle = entries.filter(({ used, id }) => !used && options.ran(id, target.file.path));
  return { kept, suppressed, faults, unused: idle.map(unusedFinding) };
}

/** JSON with comments, HCL, and source files of any language that ship. */
function hasSlashComments({ file, kind }: SuppressibleFile): boolean {
  return kind === undefined || /\.(?:jsonc?|hcl)$/.test(file.path);
}

/** One rule of one directive. */
interface Entry {
  readonly id: string;
  readonly at: Finding['at'];
  readonly first: number;
  readonly last: number;
  readonly reason: string;
  used: boolean;
}

function effective(
  directive: Directive,
  coverageOf: ReturnType<typeof coverage>,
  { suppressible, today }: SuppressOptions,
  faults: Finding[],
): readonly Entry[] {
  const say = (message: string, at = directive.range, help?: string) => faults.push(fault(message, at, help));
  if (directive.fault !== undefined) {
    say(`This suppresses nothing: ${directive.fault}`, directive.range, DIRECTIVE_HELP);
    return [];
  }
  const covered = coverageOf(directive);
  if ('fault' in covered) {
    say(`This suppresses nothing: ${covered.fault}`);
    return [];
  }
  if (directive.until !== undefined && directive.until < today) {
    say(
      `This suppression ended on ${directive.until}`,
      directive.untilRange,
      'Mend what it hides, or decide on a new date',
    );
    return [];
  }
  return directive.rules.flatMap(({ id, range }) => {
    if (suppressible.has(id)) return [{ id, at: range, ...covered, reason: directive.reason, used: false }];
    const why = UNSUPPRESSIBLE.includes(id) ? `${id} cannot be suppressed` : unknownRuleMessage(id, suppressible);
    say(`This suppresses nothing: ${why}`, range);
    return [];
  });
}

function fault(message: string, at: Finding['at'], help?: string): Finding {
  return {
    ruleId: 'syntax/suppression',
    severity: 'warning',
    message,
    ...(help !== undefined && { help }),
    at,
    related: [],
  };
}

function unusedFinding({ id, at }: Entry): Finding {
  const message = `There is no finding of ${id} here that this could suppress`;
  return { ruleId: 'syntax/unused-suppression', severity: 'info', message, help: 'Remove it', at, related: [] };
}
