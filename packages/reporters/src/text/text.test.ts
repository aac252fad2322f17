import { describe, expect, test } from 'vitest';
import { report } from '../index.ts';
import { findingAt, inputOf, placeIn, related } from '../input.testing.ts';

const dockerfile = placeIn('apps/api/Dockerfile', '# syntax=docker/dockerfile:1\nFROM «node:latest» AS build\n');
const text = (...[input, options]: [Parameters<typeof report>[1], Parameters<typeof report>[2]?]): string =>
  report('text', input, options);

/** The line of code that a report shows, and the one below it which marks the place. */
function frame(marked: string, width = 100, ruleId = 'identity/latest-tag'): { code: string; marks: string } {
  const lines = text(inputOf([findingAt(placeIn('f', marked), { ruleId })]), { width }).split('\n');
  const at = lines.findIndex((line) => /^ +\d+ │/.test(line));
  return { code: lines[at]?.slice(8) ?? '', marks: lines[at + 1]?.slice(8) ?? '' };
}

test('findings stand file by file, with the line they speak of, help, related places and a summary', () => {
  const input = inputOf(
    [
      findingAt(dockerfile, {
        help: 'Write node:22-slim@sha256:<digest>',
        related: [
          related(
            placeIn('compose.yaml', 'services:\n  db:\n    image: «node:latest»\n'),
            'the same image is run here',
          ),
        ],
      }),
      findingAt(placeIn('apps/api/Dockerfile', '\n'.repeat(10) + 'COPY «.» .'), {
        ruleId: 'packaging/broad-copy',
        severity: 'warning',
        message:
          'COPY . brings 1,204 files into the image, among them .git/config and apps/api/.env.local, none of which it reads',
      }),
      findingAt(placeIn('compose.yaml', '«»'), {
        ruleId: 'syntax/manifest',
        severity: 'info',
        message: 'The file is empty',
      }),
    ],
    {
      suppressed: [{ finding: findingAt(dockerfile), by: 'comment', reason: 'why' }],
      skipped: [
        { reason: 'vendored', files: 3 },
        { reason: 'generated', files: 0 },
        { reason: 'test data', files: 2 },
      ],
    },
  );
  expect(text(input, { width: 90 })).toBe(`\
apps/api/Dockerfile
  2:6 error identity/latest-tag
    node is named by the tag "latest", which moves
    2 │ FROM node:latest AS build
      │      ^^^^^^^^^^^
    help: Write node:22-slim@sha256:<digest>
    compose.yaml:3:12 the same image is run here
    3 │     image: node:latest

  11:6 warning packaging/broad-copy
    COPY . brings 1,204 files into the image, among them .git/config and
    apps/api/.env.local, none of which it reads
    11 │ COPY . .
       │      ^

compose.yaml
  1:1 info syntax/manifest
    The file is empty
    1 │
      │ ^

1 error, 1 warning, 1 info in 14 files
1 suppressed · 5 files skipped (3 vendored, 2 test data) · preset recommended · 312 ms
`);
});

test('a clean run is one line', () => {
  expect(text(inputOf([], { durationMs: 1234 }))).toBe(
    '✓ All clear: no findings in 14 files · preset recommended · 1.2 s\n',
  );
});

test('a run that could not check everything never looks clean', () => {
  const input = inputOf([], {
    uncheckable: [
      { path: 'a.yaml', reason: 'can’t be read (EACCES)' },
      { ruleId: 'lane/fail-open', reason: 'threw: boom' },
    ],
    notes: ['A suppression in Dockerfile:3 has run out'],
  });
  expect(text(input)).toBe(`\
Could not be checked
  a.yaml: can’t be read (EACCES)
  lane/fail-open: threw: boom

note: A suppression in Dockerfile:3 has run out

No findings in 14 files, and 2 things could not be checked · preset recommended · 312 ms
`);
});

test('paths can lead from the folder where the reader stands', () => {
  const output = text(inputOf([findingAt(dockerfile)]), { pathPrefix: '../' });
  expect(output.split('\n')[0]).toBe('../apps/api/Dockerfile');
});

test('colours are there on demand only', () => {
  const input = inputOf([findingAt(dockerfile)]);
  const escape = '\u001B';
  expect(text(input, { color: true })).toContain(`${escape}[31merror${escape}[39m`);
  expect(text(input)).not.toContain(escape);
});

describe('the frame', () => {
  test('marks places behind wide characters and tabs in the right columns', () => {
    expect(frame('\t漢字 é 👩‍👩‍👧 «X» y')).toEqual({ code: '    漢字 é 👩‍👩‍👧 X y', marks: '              ^' });
  });

  test('shows the first line of a place that has several', () => {
    expect(frame('RUN «a \\\n  b»')).toEqual({ code: 'RUN a \\', marks: '    ^^^' });
  });

  test('marks one column where a place is empty', () => {
    expect(frame('USER«»')).toEqual({ code: 'USER', marks: '    ^' });
  });

  test('cuts a long line around the place', () => {
    const { code, marks } = frame(`${'a'.repeat(5000)} «HERE» ${'b'.repeat(5000)}`, 60);
    expect(code).toMatch(/^…a+ HERE b+…$/);
    expect(code).toHaveLength(52);
    expect(code.slice(marks.indexOf('^'), marks.length)).toBe('HERE');
  });

  test('cuts a long place', () => {
    const { code, marks } = frame(`x «${'b'.repeat(5000)}» y`, 60);
    expect(code).toMatch(/^x b+… y$|^x b+…/);
    expect(marks.length).toBeLessThanOrEqual(52);
  });

  test('names characters that would act on the terminal', () => {
    expect(frame('«a»\u001B[2J\u202E\u009B').code).toBe('a<U+001B>[2J<U+202E><U+009B>');
  });
});

describe('a finding stays short', () => {
  const places = (count: number) =>
    Array.from({ length: count }, (_, i) => related(placeIn(`f${i}`, '«x»'), `place ${i}`));
  const linesOf = (count: number, message: string): number =>
    text(inputOf([findingAt(dockerfile, { message, help: message, related: places(count) })]))
      .split('\n\n')[0]
      ?.split('\n').length ?? 0;

  test.each([0, 3, 4, 50])('with %i related places', (count) => {
    expect(linesOf(count, 'Short.')).toBeLessThanOrEqual(12);
  });

  test('with a message of any length', () => {
    expect(linesOf(0, 'word '.repeat(10_000))).toBeLessThanOrEqual(16);
  });

  test('and says how many places it leaves out', () => {
    expect(text(inputOf([findingAt(dockerfile, { related: places(9) })]))).toContain(
      'place 4\n    and 4 more places\n',
    );
  });
});

test('help keeps the lines and the indentation of code', () => {
  const output = text(inputOf([findingAt(dockerfile, { help: 'Write:\n  *\n  !apps/api' })]));
  expect(output).toContain('    help: Write:\n      *\n      !apps/api\n');
});

describe('hostile text', () => {
  const hostile = '\u001B]0;title\u0007\u202Eevil';

  test.each([
    ['a file name', inputOf([findingAt(placeIn(hostile, '«x»'))])],
    ['a message', inputOf([findingAt(dockerfile, { message: hostile, help: hostile })])],
    ['a label', inputOf([findingAt(dockerfile, { related: [related(placeIn(hostile, '«x»'), hostile)] })])],
    ['a reason', inputOf([], { uncheckable: [{ path: hostile, reason: hostile }], notes: [hostile] })],
  ])('in %s does nothing to the terminal', (_, input) => {
    const output = text(input);
    expect(output).toContain('<U+001B>]0;title<U+0007><U+202E>evil');
    for (const character of ['\u001B', '\u0007', '\u202E']) expect(output).not.toContain(character);
  });

  test('is no command to the system that runs the check', () => {
    const output = text(inputOf([findingAt(placeIn('f', 'x «##[add-mask]e»'), { message: 'a\n::stop-commands::x' })]));
    expect(output).not.toContain('##[');
    expect(output.split('\n').filter((line) => line.trim().startsWith('::'))).toEqual([]);
  });
});

describe('credentials in the shown line', () => {
  // Made up; broken up so that scanners leave this file alone.
  const gitHub = 'ghp' + '_0123456789abcdefghijABCDEFGHIJ012345';
  const random = 'hJ8s2' + 'Kq0zX9vB4nM7';

  test.each([
    [
      `RUN curl -H "Authorization: token ${gitHub}" «https://x» | sh`,
      `RUN curl -H "Authorization: token ghp_${'•'.repeat(36)}" https://x | sh`,
    ],
    [
      `RUN git clone «https://me:${random}@git.example/x»`,
      `RUN git clone https://me:hJ8s${'•'.repeat(13)}@git.example/x`,
    ],
    [`ENV DB_PASSWORD=${random} «A»=1`, `ENV DB_PASSWORD=hJ8s${'•'.repeat(13)} A=1`],
    [`run: docker login -u me -p «${random}»`, `run: docker login -u me -p hJ8s${'•'.repeat(13)}`],
  ])('is masked in any finding: %#', (line, shown) => {
    expect(frame(line).code).toBe(shown);
  });

  test.each([
    ['ENV «DB_PASSWORD=hunters»', 'ENV DB_PASSWORD=hunt•••'],
    ['ENV «DB_PASSWORD hunter22»', 'ENV DB_PASSWORD hunt••••'],
    ['x: "«c0rrect-horse»"', 'x: "c0rr•••••••••"'],
    [`«${random}»`, `hJ8s${'•'.repeat(13)}`],
  ])('is masked more readily where a finding on secrets marks it: %s', (line, shown) => {
    expect(frame(line, 100, 'secrets/in-source').code).toBe(shown);
  });

  test.each([
    'ARG «NPM_TOKEN»',
    '- uses: «docker://ubuntu:noble@sha256:4f3b0c1d2e5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0»',
    'build-args: «NPM_TOKEN=${{ secrets.NPM_TOKEN }}»',
    'RUN --mount=«type=secret,id=npm_token_1,target=/root/.npmrc» npm ci',
    'RUN «echo "//registry.npmjs.org/:_authToken=$NPM_TOKEN" > .npmrc»',
    'FROM «node:22@sha256:4f3b0c1d2e5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0»',
    '- uses: «actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8»',
    'password: «${{ secrets.DOCKERHUB_TOKEN }}»',
  ])('no other text is: %s', (line) => {
    expect(frame(line, 200, 'secrets/in-build-arg').code).toBe(line.replace(/[«»]/g, ''));
  });
});

test('of thousands of findings the first are shown, and all are counted', () => {
  const input = inputOf(Array.from({ length: 1002 }, () => findingAt(dockerfile)));
  const lines = text(input).split('\n');
  expect(lines.filter((line) => line.includes('identity/latest-tag'))).toHaveLength(1000);
  expect(lines).toContain('and 2 findings more, which the other formats have');
  expect(lines.at(-2)).toContain('1002 errors');
});
