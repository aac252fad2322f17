import { describe, expect, test } from 'vitest';
import { SourceFile, expandOptionsAt, expandWord, readDockerfile, scopeAt, textOf } from '../index.ts';
import type { BuildArgs, Instruction, Word } from '../index.ts';

/** Expands the word of the last instruction that reads one. */
function expandLast(text: string, buildArgs?: BuildArgs) {
  const { document } = readDockerfile(new SourceFile('Dockerfile', text));
  const instruction = document.instructions.at(-1);
  if (!instruction) throw new Error('no instruction');
  const word = wordOf(instruction);
  const scope = scopeAt(document, instruction, buildArgs);
  const { value, reason, names, definitions } = expandWord(
    word,
    scope,
    expandOptionsAt(document, instruction, buildArgs),
  );
  return { ...(value === undefined ? { reason } : { value }), names, definitions: definitions.map(textOf) };
}

function wordOf(instruction: Instruction): Word {
  if (instruction.type === 'from') return instruction.image;
  if (instruction.type === 'copy') return instruction.sources[0] ?? instruction.destination;
  if (instruction.type === 'variables') return instruction.variables[0]?.value ?? { raw: '', range: instruction.range };
  throw new Error(`${instruction.name} has no word`);
}

describe('what is known', () => {
  test('a default, and where it stands', () => {
    expect(expandLast('ARG TAG=latest\nFROM node:${TAG}')).toEqual({
      value: 'node:latest',
      names: ['TAG'],
      definitions: ['TAG=latest'],
    });
  });

  test('a build argument takes the place of a default', () => {
    expect(expandLast('ARG TAG=latest\nFROM node:$TAG', new Map([['TAG', '22']]))).toMatchObject({ value: 'node:22' });
  });

  test('a global default, where a stage takes it over', () => {
    expect(expandLast('ARG SRC=apps\nFROM a\nARG SRC\nCOPY $SRC/x /y')).toMatchObject({
      value: 'apps/x',
      definitions: ['SRC=apps'],
    });
  });

  test('an undeclared name in FROM is empty', () => {
    expect(expandLast('FROM node:22$X')).toMatchObject({ value: 'node:22', names: ['X'], definitions: [] });
  });

  test('an undeclared name in a stage from scratch is empty', () => {
    expect(expandLast('FROM scratch AS a\nFROM a\nCOPY x$X /y')).toMatchObject({ value: 'x' });
  });

  test('the way out that the file gives for an ARG without a value', () => {
    expect(expandLast('ARG TAG\nFROM node:${TAG:-22}')).toMatchObject({ value: 'node:22' });
    expect(expandLast('ARG TAG\nFROM node:22${TAG:+-$TAG}')).toMatchObject({ value: 'node:22', names: ['TAG'] });
  });
});

describe('what is not known', () => {
  test.each([
    ['an ARG without a value', 'ARG TAG\nFROM node:$TAG', 'ARG TAG has no default'],
    ['a platform', 'FROM --platform=$BUILDPLATFORM a-$TARGETARCH', 'TARGETARCH is known in the build only'],
    ['what a base image may set', 'FROM a\nCOPY $HOME/x /y', 'HOME is not declared here; the base image may set it'],
    ['the same with a way out', 'FROM a\nCOPY ${SRC:-.} /y', 'SRC is not declared here; the base image may set it'],
    ['what follows from such', 'FROM a\nARG DIR\nENV SRC=$DIR/x\nCOPY $SRC /y', 'SRC has a value that is not known'],
    ['what must be set', 'ARG TAG\nFROM a:${TAG:?needed}', 'TAG: needed'],
    ['what the builder refuses', 'FROM a:${TAG', '"}" is missing'],
    ['what stands behind a fault', 'ARG A=${B\nFROM c:$A', 'A has a value that is not known'],
  ])('%s', (_, text, reason) => {
    expect(expandLast(text)).toMatchObject({ reason });
  });

  test('a build argument that CI works out', () => {
    const given = new Map([['TAG', undefined]]);
    expect(expandLast('ARG TAG=22\nFROM a:${TAG:-latest}', given)).toMatchObject({
      reason: 'TAG has a value that is not known',
    });
  });

  test('what is not needed may be unknown', () => {
    expect(expandLast('ARG A=1\nARG B\nFROM a:${A:-$B}')).toMatchObject({ value: 'a:1', names: ['B', 'A'] });
  });
});

test('nothing is in scope behind ONBUILD', () => {
  const { document } = readDockerfile(new SourceFile('Dockerfile', 'FROM a\nARG X=1\nONBUILD COPY $X /y'));
  const onbuild = document.instructions.at(-1);
  const trigger = onbuild?.type === 'words' ? onbuild.trigger : undefined;
  expect(trigger && [...scopeAt(document, trigger)]).toEqual([]);
  expect(trigger && expandOptionsAt(document, trigger)).toEqual({ escape: '\\', undeclared: 'unknown' });
});

test('a scope can be walked', () => {
  const { document } = readDockerfile(
    new SourceFile('Dockerfile', 'FROM scratch AS a\nENV X=1 Y=2\nFROM a\nENV X=3\nUSER b'),
  );
  const last = document.instructions.at(-1);
  const scope = last && scopeAt(document, last);
  expect(scope && [...scope].map(([name, { value }]) => [name, value])).toEqual([
    ['X', '3'],
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['Y', '2'],
  ]);
  expect([scope?.size, scope?.has('Y'), scope?.has('Z')]).toEqual([3, true, false]);
});

describe('hostile values', () => {
  test('a value that doubles with each line', () => {
    const text = `FROM scratch\nENV a=xx\n${'ENV a=$a$a\n'.repeat(1000)}COPY $a /b`;
    expect(expandLast(text)).toMatchObject({ reason: 'a has a value that is not known' });
  });

  test('a pattern with many stars on a long value', () => {
    const value = `ENV a=${'ab'.repeat(1000)}`;
    expect(expandLast(`FROM scratch\n${value}\nCOPY \${a//${'*a'.repeat(40)}c/x} /b`)).toMatchObject({
      value: 'ab'.repeat(1000),
    });
    expect(expandLast(`FROM scratch\n${value}\nCOPY \${a//${'*a'.repeat(400)}c/x} /b`)).toMatchObject({
      reason: 'the pattern or the value is too long',
    });
  });

  test('variables nested very deep', () => {
    expect(expandLast(`FROM ${'${a:-'.repeat(50_000)}b${'}'.repeat(50_000)}`)).toMatchObject({
      reason: 'variables are nested more than 100 deep',
    });
  });

  test('a chain of very many stages', () => {
    const chain = Array.from({ length: 5000 }, (_, i) => `FROM s${i} AS s${i + 1}\n`).join('');
    expect(expandLast(`FROM scratch AS s0\nENV X=1\n${chain}COPY $X /b`)).toMatchObject({
      reason: 'X is not declared here; the base image may set it',
    });
  });
});
