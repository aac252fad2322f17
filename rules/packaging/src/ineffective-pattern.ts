import { defineRule } from '@plimsoll/core';
import type { IgnorePattern, Ineffective } from '@plimsoll/core';

export const ineffectivePattern = defineRule({
  id: 'packaging/ineffective-pattern',
  summary: 'An ignore pattern that can match nothing, or that a later one undoes.',
  why: 'Whoever reads the file takes it for a boundary. Comments stand on lines of their own, paths count from the root of the context and cannot leave it, and the last pattern that matches a path decides.',
  limits: 'Only what follows from the text of the file counts: a pattern that happens to match no file today is fine.',
  since: '0.1.0',
  severity: 'info',
  presets: ['recommended', 'strict'],
  references: ['moby/patternmatcher', 'Docker: Build context, ".dockerignore files", "Syntax"'],
  visits: 'ignorePattern',
  examples: {
    bad: [
      { '.dockerignore': '«../infrastructure»\n«dist # made by CI»\nnode_modules\n' },
      { '.dockerignore': '«docs/runbook»\nnode_modules\n!docs\n' },
    ],
    good: [
      { '.dockerignore': '# made by CI\ndist\n**/*.md\n!README.md\n' },
      { '.dockerignore': '*\n!src\nsrc/**/*.test.ts\n' },
    ],
  },
  check({ pattern, ineffective }, report) {
    if (!ineffective) return;
    const { says, help } = words(pattern, ineffective);
    const undone = ineffective.because === 'undone' ? ineffective.by : undefined;
    report({
      at: pattern.range,
      message: `"${pattern.text}" ${says}`,
      help,
      related: undone ? [{ at: undone.range, label: 'the later pattern, which decides' }] : [],
    });
  },
});

interface Words {
  readonly says: string;
  readonly help: string;
}

function words({ negated }: IgnorePattern, ineffective: Ineffective): Words {
  if (ineffective.because !== 'undone') return fixed[ineffective.because];
  const again = negated ? 'leaves out again' : 'lets in again';
  return {
    says: `has no effect: "${ineffective.by.text}" further down ${again} all that it matches`,
    help: 'The last pattern that matches decides: swap the two lines, or delete the one that is not meant',
  };
}

const fixed: Readonly<Record<Exclude<Ineffective['because'], 'undone'>, Words>> = {
  above: {
    says: 'matches nothing: no path of a context leads above its root',
    help: 'Delete the line, or write the path as it stands below the root of the context',
  },
  root: {
    says: 'matches nothing: the root of the context is no path in it',
    help: 'Write * to leave everything out, or delete the line',
  },
  comment: {
    says: 'matches only a file of just that name: # starts a comment at the first character of a line alone',
    help: 'Put the comment on a line of its own',
  },
  'indented comment': {
    says: 'is a pattern and no comment: # starts one at the first character of a line alone',
    help: 'Take away the blanks before #',
  },
  braces: {
    says: 'matches only names with braces in them: the builder knows no {a,b}',
    help: 'Write a line for each of them',
  },
  quotes: {
    says: 'matches only names with quotes in them: quotes have no meaning here',
    help: 'Take the quotes away',
  },
  first: {
    says: 'lets in what nothing before it leaves out',
    help: 'Put it behind the pattern that it is an exception to, or delete the line',
  },
};
