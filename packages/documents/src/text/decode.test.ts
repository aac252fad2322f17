import { describe, expect, test } from 'vitest';
import { decodeFile } from '../index.ts';
import type { SyntaxRule } from '../index.ts';

function decode(bytes: number[] | string, rule: SyntaxRule = 'syntax/dockerfile') {
  const given = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes);
  const { file, problems } = decodeFile('Dockerfile', given, rule);
  const told = problems.map(({ range, message }) => ({ ...file.positionAt(range.start), message }));
  return { text: file.text, problems: told };
}

test('UTF-8, with and without a byte order mark', () => {
  expect(decode('FROM ä😀\r\n')).toEqual({ text: 'FROM ä😀\r\n', problems: [] });
  expect(decode('\uFEFFFROM a')).toEqual({ text: 'FROM a', problems: [] });
  expect(decode('a\uFFFD')).toEqual({ text: 'a\uFFFD', problems: [] });
  expect(decode('')).toEqual({ text: '', problems: [] });
});

describe('bytes that are not UTF-8', () => {
  const message = 'This is not valid UTF-8';
  test.each([
    ['in mid-line', [0x61, 0x0a, 0xc3, 0xa4, 0xff, 0x62], 'a\nä\uFFFDb', { line: 2, column: 2 }],
    ['behind a byte order mark', [0xef, 0xbb, 0xbf, 0x61, 0xe4, 0x62], 'a\uFFFDb', { line: 1, column: 2 }],
    ['a character cut off at the end', [0x61, 0xe2, 0x82], 'a\uFFFD', { line: 1, column: 2 }],
    ['the beginning of U+FFFD', [0x61, 0xef, 0xbf], 'a\uFFFD', { line: 1, column: 2 }],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 'a\uFFFD\uFFFD\uFFFD', { line: 1, column: 2 }],
  ])('%s', (_, bytes, text, at) => {
    expect(decode(bytes)).toEqual({ text, problems: [{ ...at, message }] });
  });
});

test('UTF-16 is read, and a problem where the builder does not read it', () => {
  const bytes = [0xff, 0xfe, 0x61, 0, 0x0a, 0, 0xe4, 0];
  expect(decode(bytes)).toMatchObject({ text: 'a\nä', problems: [{ line: 1, column: 1 }] });
  expect(decode(bytes, 'syntax/manifest')).toEqual({ text: 'a\nä', problems: [] });
  expect(decode([0xfe, 0xff, 0, 0x61], 'syntax/manifest')).toEqual({ text: 'a', problems: [] });
});

test('binary content is one problem and no text', () => {
  const problems = [{ line: 1, column: 1, message: 'The file is binary, not text' }];
  expect(decode([0x7f, 0x45, 0x4c, 0x46, 0, 0xff])).toEqual({ text: '', problems });
  expect(decode([0xff, 0xfe, 0x61, 0, 0, 0])).toEqual({ text: '', problems });
});
