import type { IgnorePattern } from '@plimsoll/documents';
import type { ChangeIgnoreFile } from './plimsoll.ts';

/** Matchers that are wrong in a way which people expect of them; a comparison that is worth anything catches each. */
export const brokenMatchers: Readonly<Record<string, ChangeIgnoreFile>> = {
  'no negation': changing((patterns) => patterns.filter(({ negated }) => !negated)),
  'first pattern wins': changing((patterns) => patterns.toReversed()),
  'names match at any depth, as in Git': rewriting((text) => (text.includes('/') ? text : `**/${text}`)),
  'a star crosses slashes': rewriting((text) => text.replace(/(?<!\*)\*(?!\*)/g, '**')),
  'two stars are one': rewriting((text) => text.replaceAll('**', '*')),
  'no classes': rewriting((text) => text.replace(/\[([^[\]]+)\]/g, '\\[$1\\]')),
  'no escapes': rewriting((text) => text.replaceAll('\\', '')),
};

function changing(change: (patterns: readonly IgnorePattern[]) => readonly IgnorePattern[]): ChangeIgnoreFile {
  return (ignoreFile) => ({ ...ignoreFile, patterns: change(ignoreFile.patterns) });
}

function rewriting(rewrite: (text: string) => string): ChangeIgnoreFile {
  return changing((patterns) => patterns.map((pattern) => ({ ...pattern, pattern: rewrite(pattern.pattern) })));
}
