import { expect, test } from 'vitest';
import { SourceFile } from '@plimsoll/documents';
import { report } from '../index.ts';
import { findingAt, inputOf } from '../input.testing.ts';

/** The fingerprint of each line's finding, as the SARIF report gives it. */
function fingerprints(text: string): readonly (string | undefined)[] {
  const file = new SourceFile('f', text);
  const findings = Array.from({ length: file.lineCount }, (_, i) => {
    const start = file.lineStart(i + 1);
    return findingAt({ file, start, end: start });
  });
  const log = JSON.parse(report('sarif', inputOf(findings))) as {
    runs: { results: { partialFingerprints?: { primaryLocationLineHash: string } }[] }[];
  };
  return log.runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash) ?? [];
}

/** The definition, written out: 100 characters, U+FFFF for the end of the file and zeros behind it, as digits of base 37. */
function byDefinition(characters: string): string {
  const digits = [...Array.from(characters, (c) => c.charCodeAt(0)), 0xffff, ...Array<number>(100).fill(0)].slice(
    0,
    100,
  );
  return BigInt.asUintN(
    64,
    digits.reduce((sum, digit) => sum * 37n + BigInt(digit), 0n),
  ).toString(16);
}

test('an empty file has the fingerprint of its end', () => {
  expect(fingerprints('')).toEqual([`${byDefinition('')}:1`]);
});

test('spaces and tabs do not count, nor does how lines end', () => {
  const expected = ['FROMx\nRUNé\n', 'RUNé\n', ''].map((rest) => `${byDefinition(rest)}:1`);
  expect(fingerprints('FROM x\n\tRUN é \n')).toEqual(expected);
  expect(fingerprints('FROM\tx\r\nRUN é\r\n')).toEqual(expected);
});

test('no more than 100 characters count', () => {
  const long = 'ab'.repeat(80);
  expect(fingerprints(long)).toEqual([`${byDefinition(long.slice(0, 100))}:1`]);
  expect(fingerprints(long)).toEqual(fingerprints(`${long}cd`));
});

test('lines with the same fingerprint are numbered', () => {
  const line = 'x'.repeat(60);
  const twice = byDefinition(`${line}\n${line}`.slice(0, 100));
  expect(fingerprints(`${line}\n${line}\n${line}`)).toEqual([`${twice}:1`, `${twice}:2`, `${byDefinition(line)}:1`]);
});
