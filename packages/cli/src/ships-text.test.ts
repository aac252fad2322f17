import { expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';

const root = folderOf({
  'app/Dockerfile':
    'FROM node:22 AS build\nCOPY . /w/\nRUN make\nFROM scratch\nCOPY --from=build /w/src /app/\nCOPY notes.md big.bin /\n',
  'app/Dockerfile.dockerignore': '*\n!src\n!notes.md\n!*.bin\n**/*.test.js\n',
  'src/main.js': 'run();\n',
  'src/lib/a.js': 'a\n',
  'src/a.test.js': '',
  'notes.md': '#\n',
  'big.bin': 'x'.repeat(5000),
  Makefile: 'image:\n\tdocker build -f app/Dockerfile .\n',
});
const shown = (...args: readonly string[]): string => `\n${plimsoll(root, 'ships', ...args).stdout}`;

test('text sums up', () => {
  expect(shown()).toBe(`
app/Dockerfile
  context      .
  ignore file  app/Dockerfile.dockerignore
  built by     Makefile:2
  sent         4 files, 5.0 kB; 4 files left out by the ignore file
  ships        4 files of the repository, 5.0 kB

  What brings it
    line 2  COPY . /w/         2 files, 9 B, in stage build
    line 6  COPY notes.md … /  1 file, 2 B
    line 6  COPY big.bin … /   1 file, 5.0 kB

  The largest
    5.0 kB  /big.bin
    7 B     /app/main.js
    2 B     /app/lib/a.js
    2 B     /notes.md

  Not known before the build
    line 5: /w/src may hold files of the stage build too
`);
});

test('tree shows sizes, the biggest first', () => {
  expect(shown('app', '--format', 'tree').split('\n').slice(6).join('\n')).toBe(`  5.0 kB  /
  5.0 kB    big.bin
     9 B    app/
     7 B      main.js
     2 B      lib/
     2 B        a.js
     2 B    notes.md
`);
});

test('paths lists the files of the image', () => {
  expect(shown('app', '--format', 'paths')).toBe('\n/app/lib/a.js\n/app/main.js\n/big.bin\n/notes.md\n');
  expect(shown('--format', 'paths')).toBe('\n# app/Dockerfile\n/app/lib/a.js\n/app/main.js\n/big.bin\n/notes.md\n');
});

test.each([
  [
    'src/lib/a.js',
    `  src/lib/a.js
    ships as /app/lib/a.js
    ignore file  app/Dockerfile.dockerignore:2 !src lets it in
    copied by    app/Dockerfile:2 COPY . /w/ (stage build; line 5 copies it on)
`,
  ],
  [
    'src/a.test.js',
    `  src/a.test.js
    does not ship: the ignore file keeps it out of the context
    ignore file  app/Dockerfile.dockerignore:5 **/*.test.js keeps it out
`,
  ],
  [
    '/big.bin',
    `  /big.bin

  big.bin
    ships as /big.bin
    ignore file  app/Dockerfile.dockerignore:4 !*.bin lets it in
    copied by    app/Dockerfile:2 COPY . /w/ (stage build; nothing of it is in the image at the end)
    copied by    app/Dockerfile:6 COPY big.bin … / (the final stage)
`,
  ],
  [
    'src/made.js',
    `  src/made.js
  There is no such file among those that were looked at; to one of this name this would happen:
    ships as /app/made.js
    ignore file  app/Dockerfile.dockerignore:2 !src lets it in
    copied by    app/Dockerfile:2 COPY . /w/ (stage build; line 5 copies it on)
`,
  ],
  [
    '/app/dist',
    `  /app/dist: no file of the repository is there in the image
  What else may be there is not known before the build:
    line 5: /w/src may hold files of the stage build too
`,
  ],
])('--why %s', (path, answer) => {
  expect(shown('app', '--why', path).split('\n').slice(6).join('\n')).toBe(answer);
});

test('--why of a folder tells apart what fares otherwise', () => {
  expect(shown('app', '--why', 'src').match(/^ {2}src\S.*|^ {4}(?:ships|does).*/gm)).toEqual([
    '  src/: 3 files',
    '  src/lib/a.js and src/main.js',
    '    ships',
    '  src/a.test.js',
    '    does not ship: the ignore file keeps it out of the context',
  ]);
});

test('--why of a path outside of the context says so', () => {
  const { stdout } = plimsoll(root, 'ships', 'app', '--context', 'src', '--why', 'notes.md');
  expect(stdout).toContain('notes.md\n    does not ship: it stands outside of the context src\n');
});

test('text tells of .git, and that what is made is not counted', () => {
  const whole = folderOf({ Dockerfile: 'FROM scratch\nCOPY . /w/\n' });
  expect(plimsoll(whole, 'ships', '.').stdout).toContain(
    '1 file of the repository, 24 B\n  and          /w/.git, with files',
  );
  const made = folderOf({ Dockerfile: 'FROM golang\nRUN go install\n' });
  expect(plimsoll(made, 'ships', '.').stdout).toContain(
    '0 files of the repository, 0 B; what a RUN makes is not counted',
  );
});
