import { describe, expect, test } from 'vitest';
import { formats, isFormat, report } from './index.ts';
import { findingAt, inputOf, placeIn } from './input.testing.ts';

test('the formats are known by name', () => {
  expect(formats).toEqual(['text', 'sarif', 'json', 'github', 'markdown', 'junit', 'gitlab']);
  expect(['sarif', 'html', 'toString'].map(isFormat)).toEqual([true, false, false]);
});

describe.each(formats)('%s', (format) => {
  test('ends with a line end', () => {
    expect(report(format, inputOf([]))).toMatch(/[^\n]\n$/);
  });

  test('does not mind a place outside of the file', () => {
    const { file } = placeIn('f', '«»');
    expect(report(format, inputOf([findingAt({ file, start: 99, end: 7 })]))).toContain('f');
  });

  test('does not mind lone surrogates, long lines and long messages', () => {
    const at = placeIn('\uD800', `«\uDC00${'secret=1'.repeat(100_000)}»`);
    const output = report(
      format,
      inputOf([findingAt(at, { message: 'm'.repeat(1_000_000), ruleId: 'secrets/in-source' })]),
    );
    expect(output.isWellFormed()).toBe(true);
  });

  test('masks a credential that a message or a label quotes', () => {
    const token = `npm_${'aB3d'.repeat(9)}`;
    const said = `"${token}" is no key`;
    const at = placeIn('f', 'a «b» c');
    const related = [{ at: placeIn('g', '«x»'), label: said }];
    const finding = findingAt(at, { message: said, help: said, related });
    const output = report(format, inputOf([finding], { notes: [said], uncheckable: [{ path: 'f', reason: said }] }));
    expect(output).toMatch(/npm\\?_/);
    expect(output).not.toContain(token);
  });
});
