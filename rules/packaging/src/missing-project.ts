import { defineRule, formatList } from '@plimsoll/core';
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
  visits: 'missingNeeds',
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
  check({ copy, needs, build }, report) {
    const stage = copy.stage.name === undefined ? `stage ${copy.stage.index}` : `stage "${copy.stage.name}"`;
    const [first] = needs;
    report({
      at: copy.source.range,
      message: `${formatList(needs.map(subject), 4)} ${needs.length === 1 ? 'does' : 'do'} not get into ${stage}${cause(first)}: ${formatList(needs.map(need), 2)}`,
      help: help(needs),
      related: [
        ...needs.flatMap(({ ignoredBy }) =>
          ignoredBy ? [{ at: ignoredBy.range, label: 'the pattern that leaves it out' }] : [],
        ),
        ...(build.contextRange ? [{ at: build.contextRange, label: 'the build that sets this context' }] : []),
      ],
    });
  },
});

function subject({ project, path }: MissingNeed): string {
  return project ? `${path} (${project.name})` : path;
}

function need({ neededBy, path }: MissingNeed): string {
  return `${neededBy} needs ${path}`;
}

function cause({ ignoredBy, outside }: MissingNeed): string {
  if (ignoredBy) return `, as "${ignoredBy.text}" leaves it out of the context`;
  return outside ? ', as the context does not hold it' : '';
}

function help(needs: readonly MissingNeed[]): string {
  const ignored = needs.find(({ ignoredBy }) => ignoredBy);
  if (ignored) return `Add "!${ignored.path}" as the last line of the ignore file`;
  if (needs.some(({ outside }) => outside)) {
    return 'Build with the root of the workspace as the context, and name the Dockerfile with -f or file:';
  }
  return `Copy ${formatList(needs.map(({ path }) => path))} into the stage as well, to the place that ${needs.length === 1 ? 'it has' : 'they have'} in the workspace`;
}
