import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { report } from './index.ts';
import { findingAt, inputOf, placeIn, related } from './input.testing.ts';

const schema = JSON.parse(readFileSync(new URL('../schema/report.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv.default({ allErrors: true }).compile(schema);

const dockerfile = placeIn('Dockerfile', 'RUN «a \\\n  b»\n');
const finding = findingAt(dockerfile, { help: 'Do this', related: [related(placeIn('x.yaml', '«x»'), 'and here')] });

test('a finding has its rule, severity, words and places', () => {
  const { findings, summary } = JSON.parse(report('json', inputOf([finding]))) as Record<string, unknown>;
  expect(findings).toEqual([
    {
      rule: 'identity/latest-tag',
      severity: 'error',
      message: 'node is named by the tag "latest", which moves',
      help: 'Do this',
      place: { path: 'Dockerfile', line: 1, column: 5, endLine: 2, endColumn: 4 },
      related: [{ label: 'and here', place: { path: 'x.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 } }],
    },
  ]);
  expect(summary).toEqual({ files: 14, errors: 1, warnings: 0, infos: 0, suppressed: 0, skipped: 0, uncheckable: 0 });
});

test.each([
  ['of a clean run', inputOf([])],
  [
    'of a run with everything',
    inputOf([finding, findingAt(dockerfile, { severity: 'info' })], {
      suppressed: [
        { finding, by: 'baseline' },
        { finding, by: 'comment', reason: 'why' },
      ],
      skipped: [{ reason: 'vendored', files: 3 }],
      uncheckable: [
        { path: 'a', reason: 'r' },
        { ruleId: 'lane/fail-open', reason: 'r' },
      ],
      notes: ['a word'],
    }),
  ],
])('the report %s is as its schema says', (_, input) => {
  validate(JSON.parse(report('json', input)));
  expect(validate.errors).toBeNull();
});

test('the schema refuses what is none', () => {
  expect(validate({ version: 1 })).toBe(false);
});

test('hostile characters are escaped, and come back as they were', () => {
  const message = '\u001B[2J\u009B\u202Eevil\u2028\u{E0041}';
  const json = report('json', inputOf([findingAt(dockerfile, { message })]));
  for (const character of message.replace(/[\w[]/g, '')) expect(json).not.toContain(character);
  expect((JSON.parse(json) as { findings: [{ message: string }] }).findings[0].message).toBe(message);
});
