import { defineRule } from '@plimsoll/core';
import type { MissingSource, Units } from '@plimsoll/core';

export const missingSource = defineRule({
  id: 'packaging/missing-source',
  summary: 'A COPY names something that the context does not hold.',
  why: 'The build fails when it comes to that line. Paths count from the root of the context, not from the Dockerfile, nothing leads above it, and what the ignore file leaves out is not there. BuildKit says so in the build alone, and not at all for an ignored file where the ignore file has a "!" line.',
  limits:
    'What an earlier step, a target or a download may have made is taken to be there. Builds whose context is assumed are not judged. Of a pattern, the folder before its first wildcard must exist.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['BuildKit: CopyIgnoredFile', 'Dockerfile reference: COPY'],
  visits: 'contextCopy',
  examples: {
    bad: [
      {
        'api/Dockerfile': 'FROM scratch\nCOPY main.js /app/\nCOPY «../lib» /app/lib\n',
        'api/main.js': 'run();\n',
        'lib/index.js': 'export {};\n',
        Makefile: 'image:\n\tdocker build api\n',
      },
      {
        'api/Dockerfile': 'FROM scratch\nCOPY «docs/api.md» /app/\n',
        'docs/api.md': '# API\n',
        '.dockerignore': 'docs\n',
        Makefile: 'image:\n\tdocker build -f api/Dockerfile .\n',
      },
    ],
    good: [
      {
        'api/Dockerfile': 'FROM scratch\nCOPY package.json .npmrc* /app/\n',
        'api/package.json': '{}\n',
        Makefile: 'image:\n\tdocker build api\n',
      },
      {
        'api/Dockerfile': 'FROM scratch\nCOPY dist /app/\n',
        Makefile: 'image:\n\tnpm run build --prefix api -- --outDir dist\n\tdocker build api\n',
      },
    ],
  },
  check(unit, report) {
    const { copy, missing, certain, build, kind } = unit;
    if (!missing || missing.effect !== 'refused' || !certain) return;
    if (missing.made === 'perhaps') return;
    report({
      at: copy.source.range,
      same: `${copy.source.range.start}`,
      message: `${copy.instruction.name} ${copy.source.raw} fails: ${reason(unit, missing)}`,
      help: help(missing),
      related: [
        ...(missing.pattern ? [{ at: missing.pattern.range, label: 'the pattern that leaves it out' }] : []),
        ...(kind === 'local' && build.how !== 'assumed'
          ? [{ at: build.contextRange ?? build.range, label: 'the build that sets this context' }]
          : []),
      ],
    });
  },
});

function reason({ folder, kind }: Units['contextCopy'], { path, reason: why, pattern, meant }: MissingSource): string {
  const context =
    kind === 'git' ? 'the Git context' : folder === '' ? 'the root of the repository' : `the context ${folder}`;
  if (why === 'ignored')
    return `${path} is in ${context}, and ${pattern ? `"${pattern.text}"` : 'the ignore file'} leaves it out`;
  if (why === 'outside')
    return `".." does not lead out of ${context}, where it means ${path}${meant === undefined ? '' : `, and ${meant} stands outside`}`;
  return `there is no ${path} in ${context}`;
}

function help({ reason: why, path, meant }: MissingSource): string {
  if (why === 'ignored') return `Add "!${path}" as the last line of the ignore file`;
  if (why === 'outside')
    return meant === undefined
      ? 'Copy from a path below the context'
      : `Build with a context that holds ${meant}, or give it as a named context (--build-context) and write COPY --from`;
  return 'Correct the path, or delete it';
}
