import { defineRule } from '@plimsoll/core';
import type { Units } from '@plimsoll/core';

export const missingContext = defineRule({
  id: 'packaging/missing-context',
  summary: 'A build takes a context that is no folder of the repository.',
  why: 'Where the folder is not there the build fails. Where it lies outside of the repository, what goes into the image is in no commit of it: no review sees it, and no provenance names it.',
  limits:
    'A folder that an earlier step, a target or a download may have made is taken to be there, and one that is only known during the run is not judged.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['Docker docs: Build context'],
  visits: 'absentContext',
  examples: {
    bad: [
      {
        'compose.yaml': 'services:\n  api:\n    build: «./apps/apo»\n',
        'apps/api/Dockerfile': 'FROM scratch\nCOPY main.js /\n',
        'apps/api/main.js': 'run();\n',
      },
      {
        Makefile: 'image:\n\tdocker build -f Dockerfile «../shared»\n',
        Dockerfile: 'FROM scratch\nCOPY main.js /\n',
      },
    ],
    good: [
      {
        'compose.yaml': 'services:\n  api:\n    build: ./apps/api\n',
        'apps/api/Dockerfile': 'FROM scratch\nCOPY main.js /\n',
        'apps/api/main.js': 'run();\n',
      },
      {
        Makefile: 'image:\n\tnpm run build -- --outDir out\n\tdocker build -f Dockerfile out\n',
        Dockerfile: 'FROM scratch\nCOPY main.js /\n',
      },
    ],
  },
  check(unit, report) {
    const { build, reason, made } = unit;
    if (made === 'perhaps') return;
    const dockerfile = build.dockerfile.status === 'opaque' ? undefined : build.dockerfile.target;
    report({
      at: build.contextRange ?? build.range,
      severity: reason === 'outside' ? 'warning' : 'error',
      message: message(unit),
      help: help(unit, dockerfile?.file.path),
      related: dockerfile ? [{ at: dockerfile.file.range(), label: 'the Dockerfile that is built with it' }] : [],
    });
  },
});

function message({ folder, reason }: Units['absentContext']): string {
  if (reason === 'absent') return `There is no folder ${folder}: the build fails, as it has no context`;
  if (reason === 'file') return `${folder} is a file, and a context is a folder: the build fails`;
  return `The context ${folder} lies outside of the repository: what the image carries is in no commit of it, and cannot be checked`;
}

function help({ reason }: Units['absentContext'], dockerfile: string | undefined): string {
  const own = dockerfile?.includes('/') ? dockerfile.slice(0, dockerfile.lastIndexOf('/')) : undefined;
  if (reason === 'outside')
    return 'Move what it needs into the repository, or check the other one out at a commit, as a named context (--build-context)';
  return own === undefined
    ? 'Correct the path; it counts from where the build is called'
    : `Correct the path; the Dockerfile is in ${own}`;
}
