import { expect, test } from 'vitest';
import type { Severity } from '@plimsoll/core';
import { report } from './index.ts';
import { findingAt, inputOf, placeIn } from './input.testing.ts';

const dockerfile = placeIn('Dockerfile', 'FROM «node:latest»\n');
const many = (count: number, severity: Severity) =>
  Array.from({ length: count }, (_, i) => findingAt(dockerfile, { severity, message: `${severity} ${i}` }));
const counts = (output: string): object =>
  Object.groupBy(output.match(/^::\w+/gm) ?? [], (command) => command) satisfies object;

test('a finding is an annotation of its place', () => {
  const at = placeIn('apps/api/Dockerfile', '\nFROM «node:latest»\n');
  expect(report('github', inputOf([findingAt(at, { help: 'Write a digest' })]), { pathPrefix: 'services/' })).toBe(
    '::error file=services/apps/api/Dockerfile,line=2,endLine=2,col=6,endColumn=17,title=identity/latest-tag::' +
      'node is named by the tag "latest", which moves%0AWrite a digest\n' +
      '1 error in 14 files · preset recommended · 312 ms\n',
  );
});

test('no text ends a command or starts another', () => {
  const finding = findingAt(placeIn('a,b:c%\n::error::x', '«x»'), { message: '100% sure\r\n::stop-commands::x' });
  const [annotation, ...rest] = report('github', inputOf([finding])).split('\n');
  expect(annotation).toContain('file=a%2Cb%3Ac%25<U+000A>%3A%3Aerror%3A%3Ax,');
  expect(annotation).toContain('::100%25 sure%0A::stop-commands::x');
  expect(rest).toEqual(['1 error in 14 files · preset recommended · 312 ms', '']);
});

test('the worst come first', () => {
  const output = report('github', inputOf([...many(1, 'info'), ...many(1, 'warning'), ...many(1, 'error')]));
  expect(output.match(/^::\w+/gm)).toEqual(['::error', '::warning', '::notice']);
});

test('as many as GitHub shows are written, and how many are hidden is said', () => {
  const output = report('github', inputOf([...many(30, 'info'), ...many(12, 'warning'), ...many(11, 'error')]));
  expect(counts(output)).toMatchObject({
    '::error': { length: 10 },
    '::warning': { length: 10 },
    '::notice': { length: 10 },
  });
  expect(output).toContain(
    '::notice title=More findings::1 error, 2 warnings, 21 info not shown here: GitHub shows 10 annotations of a kind in a step\n',
  );
});

test('ten of each fit', () => {
  const output = report('github', inputOf([...many(10, 'error'), ...many(10, 'warning'), ...many(10, 'info')]));
  expect(output).not.toContain('not shown');
});

test('what could not be checked is an error of its own', () => {
  const uncheckable = [
    { path: 'big.yaml', reason: 'too large' },
    { ruleId: 'lane/fail-open', reason: 'threw' },
  ];
  const output = report('github', inputOf(many(10, 'error'), { uncheckable }));
  expect(output).toContain('::error file=big.yaml,title=Not checked::too large\n');
  expect(output).toContain('::error title=Not checked by lane/fail-open::threw\n');
  expect(output).toContain('::2 errors not shown here');
});
