import { defineRule } from '@plimsoll/core';
import type { MissingNeed } from '@plimsoll/core';

export const missingProject = defineRule({
  id: 'packaging/missing-project',
  summary: 'Something of the workspace that the build needs does not get into the image.',
  why: 'The build fails, or resolves the name elsewhere: a package of the same name in a public registry is then what ships.',
  limits:
    'Judged are stages that install or build, and whose files are known: not those which take what a RUN of another stage put together, or mount the whole context. A package that a registry may have as well is not missing. Builds whose context is assumed are not judged.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['pnpm: Working with Docker', 'Nx: Project graph'],
  visits: 'missingNeed',
  examples: {
    bad: [
      {
        'package.json': '{ "name": "acme", "private": true }\n',
        'pnpm-workspace.yaml': 'packages: [apps/*, libs/*]\n',
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
        'apps/api/package.json': '{ "name": "api", "private": true, "dependencies": { "log": "workspace:*" } }\n',
        'apps/api/main.js': 'import "log";\n',
        'libs/log/package.json': '{ "name": "log", "private": true }\n',
        'apps/api/Dockerfile':
          'FROM node:24\nWORKDIR /app\nCOPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./\nCOPY «apps/api» apps/api\nRUN pnpm install --frozen-lockfile\n',
        Makefile: 'image:\n\tdocker build -f apps/api/Dockerfile .\n',
      },
    ],
    good: [
      {
        'package.json': '{ "name": "acme", "private": true }\n',
        'pnpm-workspace.yaml': 'packages: [apps/*, libs/*]\n',
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
        'apps/api/package.json': '{ "name": "api", "private": true, "dependencies": { "log": "workspace:*" } }\n',
        'apps/api/main.js': 'import "log";\n',
        'libs/log/package.json': '{ "name": "log", "private": true }\n',
        'apps/api/Dockerfile':
          'FROM node:24\nWORKDIR /app\nCOPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./\nCOPY libs/log libs/log\nCOPY apps/api apps/api\nRUN pnpm install --frozen-lockfile\n',
        Makefile: 'image:\n\tdocker build -f apps/api/Dockerfile .\n',
      },
    ],
  },
  check({ need, build }, report) {
    const { copy, stage } = need;
    report({
      at: copy.source.range,
      same: `${copy.source.range.start} ${need.path}`,
      message: `${subject(need)} does not get into ${stage.name === undefined ? `stage ${stage.index}` : `stage "${stage.name}"`}, where ${need.neededBy} needs it${cause(need)}`,
      help: help(need),
      related: [
        ...(need.ignoredBy ? [{ at: need.ignoredBy.range, label: 'the pattern that leaves it out' }] : []),
        ...(build.contextRange ? [{ at: build.contextRange, label: 'the build that sets this context' }] : []),
      ],
    });
  },
});

function subject({ project, path }: MissingNeed): string {
  return project ? `The project ${project.name} (${path})` : path;
}

function cause({ ignoredBy, outside }: MissingNeed): string {
  if (ignoredBy) return `: "${ignoredBy.text}" leaves it out of the context`;
  return outside ? ': it stands outside of the context' : '';
}

function help({ path, ignoredBy, outside, kind }: MissingNeed): string {
  if (ignoredBy) return `Add "!${path}" as the last line of the ignore file`;
  if (outside) return 'Build with the root of the workspace as the context, and name the Dockerfile with -f or file:';
  return `Copy ${path} ${kind === 'project' ? 'into the stage as well' : 'beside the package.json at the root of the workspace'}`;
}
