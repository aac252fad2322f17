import { defineRule, sentence } from '@plimsoll/core';

export const inShippedFile = defineRule({
  id: 'secrets/in-shipped-file',
  summary: 'A credential stands in a file that ships in an image.',
  why: 'Everyone who can pull the image can read the file, for as long as the image exists.',
  limits:
    "Known are the forms of secretlint's recommended preset, in files up to 1 MiB and 64 MiB together; the report tells how many were left out. Binary files are not read, nor are files that a RUN writes.",
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['CWE-798: Use of hard-coded credentials', 'secretlint: @secretlint/secretlint-rule-preset-recommend'],
  visits: 'shippedText',
  options: {
    testData: {
      description: 'Report credentials in tests, examples and documentation too, which are made up as a rule.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      {
        Dockerfile: 'FROM scratch\nCOPY config /app/config\n',
        'config/database.json': '{\n  "url": "«mysql://api:uJ7wq2nVbX4e@db.acme.example:3306/api»"\n}\n',
      },
    ],
    good: [
      {
        Dockerfile: 'FROM scratch\nCOPY config /app/config\n',
        'config/database.json': '{ "urlFile": "/run/secrets/database" }\n',
        'test/database.json': '{ "url": "mysql://api:uJ7wq2nVbX4e@db.acme.example:3306/api" }\n',
      },
    ],
  },
  check({ range, what, start, file, testData: isTestData }, report, { testData }) {
    if (isTestData && !testData) return;
    report({
      at: range,
      message: `${sentence(what)} (${start}…) ships in the image, in ${file.path}`,
      help: 'Revoke it, and give the container its successor at run time, or the build by RUN --mount=type=secret',
      related: [{ at: file.copy.source.range, label: 'this brings the file into the image' }],
    });
  },
});
