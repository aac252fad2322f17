import type { Severity } from '@plimsoll/core';
import type { RuleInfo } from '../input.ts';

/**
 * How bad a rule's findings are on the scale of GitHub code scanning: above 9 critical, from 7 high, from 4 medium,
 * below low.
 *
 * By package and the rule's severity. A secret which leaked must be revoked today; a key that lives long, a lane that
 * lets others in and a name that can move are what an attacker needs; missing proof hides an attack; a loose boundary
 * mostly ships too much. A rule can say otherwise of itself. Packages that stand here not (`syntax`) are no security
 * matter.
 */
const table: Readonly<Record<string, Readonly<Record<Severity, number>>>> = {
  secrets: { error: 9.1, warning: 7, info: 3 },
  credentials: { error: 8, warning: 5.5, info: 2 },
  lane: { error: 8, warning: 5.5, info: 2 },
  identity: { error: 7.5, warning: 5, info: 2 },
  provenance: { error: 7, warning: 4.5, info: 2 },
  packaging: { error: 6.5, warning: 4, info: 1 },
};

/** Undefined where a rule's findings are no security matter. */
export function securitySeverity(rule: RuleInfo): number | undefined {
  if (rule.securitySeverity === false) return undefined;
  return rule.securitySeverity ?? table[rule.id.split('/')[0] ?? '']?.[rule.severity];
}
