import { defineRule } from '@plimsoll/core';

export const sensitiveFile = defineRule({
  id: 'packaging/sensitive-file',
  summary: 'A file with credentials or private data ships in the image.',
  why: 'Everyone who can pull the image can read it, in whichever layer it stands, for as long as the image exists.',
  limits:
    'Judged is the stage that ships. A name such as `.env`, `.npmrc` or `*.pem` is only reported when the content holds a credential; examples, templates and test data are fine. What a RUN writes is not seen; a credential file that a RUN deletes again is the matter of secrets/in-layer.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: [
    'CWE-538: Insertion of sensitive information into externally-accessible file',
    'CIS Docker Benchmark 4.10',
  ],
  visits: 'shippedFile',
  options: {
    byName: {
      description: 'Report a `.env` also where its content shows no credential.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      {
        Dockerfile: 'FROM scratch\nCOPY «config» /etc/app\n',
        'config/.npmrc': '//npm.example.com/:_authToken=b1946ac92492d2347c6235b4d2611184\n',
        '.dockerignore': '*\n!config\n',
      },
    ],
    good: [
      {
        Dockerfile: 'FROM scratch\nCOPY config /etc/app\n',
        'config/.npmrc': 'save-exact=true\n',
        'config/.env.example': 'DB_PASSWORD=secret\n',
        '.dockerignore': '*\n!config\n',
      },
    ],
  },
  check({ build, file, folder, ignoreFile, place, removedLater, sensitivity }, report, { byName }) {
    const sensitive = sensitivity();
    if (!sensitive || !(sensitive.certain || byName)) return;
    if (sensitive.credential && removedLater()) return;
    const { copy } = file;
    const ignore = ignoreFile?.file.path ?? (folder === '' ? '.dockerignore' : `${folder}/.dockerignore`);
    report({
      at: copy.source.range,
      message: `${copy.instruction.name} ${copy.source.raw} brings ${file.treePath} into the image as ${file.path}: it holds ${sensitive.what}`,
      help: `Add "${file.source}" as the last line of ${ignore}${sensitive.credential ? ', hand the value over with RUN --mount=type=secret or at run time, and replace the credential where it was published' : ''}`,
      related: [
        { at: place, label: `it ships as ${file.path}` },
        ...(build.contextRange ? [{ at: build.contextRange, label: 'the build that sets this context' }] : []),
      ],
      same: `${copy.source.range.start}`,
    });
  },
});
