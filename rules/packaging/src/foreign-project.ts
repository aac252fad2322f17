import { defineRule, formatBytes, formatCount, formatList } from '@plimsoll/core';
import type { CarriedProjects } from '@plimsoll/core';

export const foreignProject = defineRule({
  id: 'packaging/foreign-project',
  summary: 'An image carries projects of the workspace that its app does not depend on.',
  why: 'The image grows with every project that anyone adds, is built anew when one of them changes, and hands out the source of the others with the app.',
  limits:
    'Dependencies are those of package.json, project.json and the imports in the sources; an Nx graph file replaces them. Manifests alone carry no project. It stays quiet where it is not known which app the image is for, and where the context is assumed.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['Nx: Project graph', 'Turborepo: turbo prune'],
  visits: 'projectCopy',
  examples: {
    bad: [
      {
        'package.json': '{ "workspaces": ["apps/*", "libs/*"] }\n',
        'apps/api/package.json': '{ "name": "api", "dependencies": { "log": "*" } }\n',
        'apps/api/Dockerfile': 'FROM scratch\nCOPY apps/api /app/apps/api\nCOPY «libs» /app/libs\n',
        'libs/log/package.json': '{ "name": "log" }\n',
        'libs/log/index.js': 'export {};\n',
        'libs/charts/package.json': '{ "name": "charts" }\n',
        'libs/charts/index.js': 'export {};\n',
        Makefile: 'image:\n\tdocker build -f apps/api/Dockerfile .\n',
      },
    ],
    good: [
      {
        'package.json': '{ "workspaces": ["apps/*", "libs/*"] }\n',
        'apps/api/package.json': '{ "name": "api", "dependencies": { "log": "*" } }\n',
        'apps/api/Dockerfile': 'FROM scratch\nCOPY apps/api /app/apps/api\nCOPY libs/log /app/libs/log\n',
        'libs/log/package.json': '{ "name": "log" }\n',
        'libs/log/index.js': 'export {};\n',
        'libs/charts/package.json': '{ "name": "charts" }\n',
        'libs/charts/index.js': 'export {};\n',
        Makefile: 'image:\n\tdocker build -f apps/api/Dockerfile .\n',
      },
    ],
  },
  check({ copy, app, foreign, build, certain }, report) {
    if (foreign.length === 0 || !certain) return;
    const files = foreign.reduce((sum, one) => sum + one.files.length, 0);
    const bytes = foreign.reduce((sum, one) => sum + one.bytes, 0);
    const names = formatList(
      foreign.map(({ project }) => project.root),
      4,
    );
    report({
      at: copy.source.range,
      same: `${copy.source.range.start}`,
      message: `${copy.instruction.name} ${copy.source.raw} brings ${names} into the image (${formatCount(files, 'file')}, ${formatBytes(bytes)}), on which ${appName(app)} ${app.projects.size === 1 ? 'does' : 'do'} not depend`,
      help: `Copy only the folders that ${appName(app)} ${app.projects.size === 1 ? 'needs' : 'need'}, or leave the others out in the ignore file`,
      related: build.contextRange ? [{ at: build.contextRange, label: 'the build that sets this context' }] : [],
    });
  },
});

function appName({ projects }: CarriedProjects['app']): string {
  return formatList(
    [...projects].map(({ name }) => name),
    3,
  );
}
