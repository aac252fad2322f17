import { defineRule } from '@plimsoll/core';

export const emptyWildcard = defineRule({
  id: 'packaging/empty-wildcard',
  summary: 'A wildcard in a COPY matches nothing.',
  why: 'The build succeeds without the files, and the image lacks them until someone runs it. `*` stops at a slash, and `**` is no more than `*`.',
  limits:
    'A name with a `*` or a class at its end, such as `yarn.lock*` or `.npmr[c]`, is the usual way to copy what is optional. What an earlier step, a target or a download may have made is taken to be there.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['Dockerfile reference: COPY, "Pattern matching"', 'BuildKit: AllowEmptyWildcard'],
  visits: 'contextCopy',
  examples: {
    bad: [
      {
        Dockerfile: 'FROM scratch\nCOPY package.json «sql/**/*.sql» /app/\n',
        'package.json': '{}\n',
        'sql/up.sql': 'select 1;\n',
        '.dockerignore': '.git\n',
      },
    ],
    good: [
      {
        Dockerfile: 'FROM scratch\nCOPY package.json yarn.lock* /app/\n',
        'package.json': '{}\n',
        '.dockerignore': '.git\n',
      },
      { Dockerfile: 'FROM scratch\nCOPY sql/*.sql /app/\n', 'sql/up.sql': 'select 1;\n', '.dockerignore': '.git\n' },
    ],
  },
  check({ copy, missing, build, folder }, report) {
    if (!missing || missing.effect !== 'empty' || missing.made === 'perhaps' || isOptional(missing.path)) return;
    const deep = missing.path.includes('**') && missing.reason === 'absent';
    const left = missing.pattern ? `: "${missing.pattern.text}" leaves out what it would match` : '';
    report({
      at: copy.source.range,
      same: `${copy.source.range.start}`,
      message: `${copy.instruction.name} ${copy.source.raw} matches nothing in ${folder === '' ? 'the root of the repository' : `the context ${folder}`}${left}; the build goes on without it`,
      help: deep
        ? 'Copy the folder, or write a * for each level: here ** matches one folder, as * does'
        : missing.pattern
          ? 'Let the files in with a "!" line at the end of the ignore file'
          : 'Correct the pattern, or delete it',
      related: [
        ...(missing.pattern ? [{ at: missing.pattern.range, label: 'the pattern that leaves it out' }] : []),
        ...(build.contextRange ? [{ at: build.contextRange, label: 'the build that sets this context' }] : []),
      ],
    });
  },
});

/** `yarn.lock*`, `.npmr[c]`, `LICENSE*`: a whole name with a wildcard at its end, so that it may be absent. */
function isOptional(path: string): boolean {
  return /(?:^|\/)[\w.-]*\w[*?]$|(?:^|\/)[\w.-]+\[\w\]$/.test(path);
}
