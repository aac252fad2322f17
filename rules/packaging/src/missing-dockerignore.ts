import { defineRule, formatBytes, formatCount } from '@plimsoll/core';
import type { ContextCopy } from '@plimsoll/core';

export const missingDockerignore = defineRule({
  id: 'packaging/missing-dockerignore',
  summary: 'Folders of a local context are copied, and no ignore file applies to it.',
  why: 'Whatever lies in the folder goes to the builder and into the image: node_modules of a laptop, .env files, .git. Only one ignore file applies, that beside the Dockerfile or else that at the root of the context; one further up is not read.',
  limits:
    'To a Git, HTTP or `target:` context no ignore file applies, so none is missing there. In the recommended preset it tells of each context once, at the first of its Dockerfiles.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['Docker: Build context, ".dockerignore files"'],
  visits: 'context',
  options: {
    each: { description: 'Report each Dockerfile, not one for each context.', default: false, strict: true },
  },
  examples: {
    bad: [
      {
        Dockerfile: 'FROM scratch\nCOPY package.json /app/\nCOPY «src» /app/src\n',
        'package.json': '{}\n',
        'src/main.js': 'run();\n',
      },
    ],
    good: [
      { Dockerfile: 'FROM scratch\nCOPY package.json /app/\n', 'package.json': '{}\n' },
      { Dockerfile: 'FROM scratch\nCOPY src /app/src\n', 'src/main.js': 'run();\n', '.dockerignore': '*\n!src\n' },
    ],
  },
  check({ build, contents, dockerfile, folder, ignoreFile, kind }, report, { each }) {
    if (ignoreFile || kind === 'git') return;
    const first = contents.copies.find((copy) => copy.folder || copy.wildcard);
    if (!first) return;
    const beside = `${dockerfile.file.path}.dockerignore`;
    const atRoot = folder === '' ? '.dockerignore' : `${folder}/.dockerignore`;
    report({
      at: first.source.range,
      message: messageFor(first, folder),
      help: `Write ${atRoot === beside ? atRoot : `${beside} or ${atRoot}`}: "*" first, then a "!" line for each thing that the build needs`,
      related: build.contextRange ? [{ at: build.contextRange, label: 'the build that sets this context' }] : [],
      ...(!each && { same: folder, acrossFiles: true }),
    });
  },
});

function messageFor({ instruction, source, files, bytes }: ContextCopy, folder: string): string {
  const known = files.length > 0 ? `${formatCount(files.length, 'file')} (${formatBytes(bytes)}) and ` : '';
  const context = folder === '' ? 'the root of the repository' : `the context ${folder}`;
  return `${instruction.name} ${source.raw} takes ${known}whatever a laptop or an earlier step leaves there: no ignore file applies to ${context}`;
}
