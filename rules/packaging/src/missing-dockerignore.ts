import { defineRule, formatBytes, formatCount } from '@plimsoll/core';

export const missingDockerignore = defineRule({
  id: 'packaging/missing-dockerignore',
  summary: 'Folders of a local context are copied, and no ignore file applies to it.',
  why: 'Whatever lies in the folder goes to the builder and into the image: node_modules of a laptop, .env files, .git. Only one ignore file applies, that beside the Dockerfile or else that at the root of the context; one further up is not read.',
  limits: 'To a Git, HTTP or `target:` context no ignore file applies, so none is missing there.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['Docker: Build context, ".dockerignore files"'],
  visits: 'context',
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
  check({ build, contents, dockerfile, folder, ignoreFile, kind }, report) {
    if (ignoreFile || kind === 'git') return;
    const first = contents.copies.find((copy) => copy.folder || copy.wildcard);
    if (!first) return;
    const beside = `${dockerfile.file.path}.dockerignore`;
    const atRoot = folder === '' ? '.dockerignore' : `${folder}/.dockerignore`;
    report({
      at: first.source.range,
      message: `${first.instruction.name} ${first.source.raw} reads ${folder === '' ? 'the root of the repository' : `the context ${folder}`}, to which no ignore file applies: all of its ${formatCount(contents.sent.files, 'file')} (${formatBytes(contents.sent.bytes)}), and whatever a laptop or an earlier step leaves there, can get into the image`,
      help: `Write ${atRoot === beside ? atRoot : `${beside} or ${atRoot}`}: "*" first, then a "!" line for each thing that the build needs`,
      related: build.contextRange ? [{ at: build.contextRange, label: 'the build that sets this context' }] : [],
    });
  },
});
