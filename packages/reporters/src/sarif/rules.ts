import type { Finding, Severity } from '@plimsoll/core';
import type { RuleInfo } from '../input.ts';
import { rulePage } from '../urls.ts';
import { cut } from '../words.ts';
import { securitySeverity } from './security-severity.ts';

/** GitHub shows no more of a description. */
const descriptionLength = 1024;

export type Level = 'error' | 'warning' | 'note';

export function levelOf(severity: Severity): Level {
  return severity === 'info' ? 'note' : severity;
}

/** The rules that ran, and those which findings name besides. */
export function rulesOf(rules: readonly RuleInfo[], findings: readonly Finding[]): readonly RuleInfo[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { ruleId, severity } of findings) {
    if (!byId.has(ruleId)) byId.set(ruleId, unknownRule(ruleId, severity));
  }
  return [...byId.values()];
}

/** SARIF's `reportingDescriptor`, with the properties which GitHub code scanning reads. */
export function ruleDescriptor(rule: RuleInfo): object {
  const security = securitySeverity(rule);
  const helpUri = rule.helpUri ?? rulePage(rule.id);
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: cut(rule.summary, descriptionLength) },
    fullDescription: { text: cut(`${rule.summary} ${rule.why}`, descriptionLength) },
    help: { text: helpText(rule, helpUri), markdown: helpMarkdown(rule, helpUri) },
    helpUri,
    defaultConfiguration: { level: levelOf(rule.severity) },
    properties: {
      tags: tagsOf(rule, security),
      precision: rule.presets?.includes('recommended') === false ? 'medium' : 'high',
      'problem.severity': rule.severity === 'info' ? 'recommendation' : rule.severity,
      ...(security !== undefined && { 'security-severity': security.toFixed(1) }),
    },
  };
}

function unknownRule(id: string, severity: Severity): RuleInfo {
  return { id, summary: `Findings of ${id}.`, why: 'Its page says why it matters.', severity, references: [] };
}

function tagsOf(rule: RuleInfo, security: number | undefined): readonly string[] {
  const [group = rule.id] = rule.id.split('/');
  return [...new Set(security === undefined ? ['correctness', group] : ['security', 'supply-chain', group])];
}

function helpText(rule: RuleInfo, helpUri: string): string {
  return [
    rule.summary,
    rule.why,
    ...(rule.limits ? [`Limits: ${rule.limits}`] : []),
    ...(rule.references.length > 0 ? [`References: ${rule.references.join('; ')}`] : []),
    `More: ${helpUri}`,
  ].join('\n\n');
}

function helpMarkdown(rule: RuleInfo, helpUri: string): string {
  return [
    `**${rule.summary}**`,
    rule.why,
    ...(rule.limits ? [`**Limits.** ${rule.limits}`] : []),
    ...(rule.references.length > 0 ? [rule.references.map((reference) => `- ${reference}`).join('\n')] : []),
    `[Examples, and how to mend it](${helpUri})`,
  ].join('\n\n');
}

/** `identity/latest-tag` becomes `IdentityLatestTag`. */
function pascalCase(id: string): string {
  const words = id.split(/[^a-z0-9]/i);
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}
