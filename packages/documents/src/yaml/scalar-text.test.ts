import { describe, expect, test } from 'vitest';
import { SourceFile, readYaml, textOf, valueAt } from '../index.ts';
import type { MappedText } from '../index.ts';

function textAt(source: string): MappedText {
  const { document, problems } = readYaml(new SourceFile('a.yml', source), 'syntax/config');
  const node = valueAt(document.documents[0], 'k');
  if (problems.length > 0 || node?.type !== 'scalar')
    throw new Error(`not a scalar: ${JSON.stringify(problems[0]?.message)}`);
  return node.text;
}

/** Each character with the text of the file that it stands for, where the two differ. */
function differences(text: MappedText): string[] {
  return [...text.text].flatMap((char, i) => {
    const written = textOf(text.range(i, i + 1));
    return written === char ? [] : [`${JSON.stringify(char)} is ${JSON.stringify(written)}`];
  });
}

describe('the text of a scalar knows where each of its characters stands', () => {
  test.each([
    ['plain', 'k: a b # c\n', 'a b', []],
    ['plain over lines', 'k: a\n  b  \n\n\n  c\n', 'a b\n\nc', ['" " is "\\n"']],
    ['single-quoted', "k: 'it''s'\n", "it's", ['"\'" is "\'\'"']],
    ['single-quoted over lines', "k: 'a\n  b'''\n", "a b'", ['" " is "\\n"', '"\'" is "\'\'"']],
    [
      'double-quoted',
      'k: "a\\tb\\x41\\u00e9\\"\\/"\n',
      'a\tbAé"/',
      ['"\\t" is "\\\\t"', '"A" is "\\\\x41"', '"é" is "\\\\u00e9"', '"\\"" is "\\\\\\""', '"/" is "\\\\/"'],
    ],
    ['double-quoted over lines', 'k: "a \n  b\\\n  c\n\n  d"\n', 'a bc\nd', ['" " is "\\n"']],
    ['literal', 'k: |\n  a\n    b\n\n  c\n\n', 'a\n  b\n\nc\n', []],
    ['literal, stripped', 'k: |-\n  a\n\n', 'a', []],
    ['literal, kept', 'k: |+\n  a\n\n', 'a\n\n', []],
    ['literal with an indentation indicator', 'k: |2\n   a\n  b\n', ' a\nb\n', []],
    ['literal that starts with blank lines', 'k: |\n\n  a\n', '\na\n', []],
    ['literal at the end of the file', 'k: |\n  a', 'a\n', ['"\\n" is ""']],
    ['literal with tabs', 'k: |\n  a\tb\n  \tc\n', 'a\tb\n\tc\n', []],
    ['folded', 'k: >\n  a\n  b\n\n  c\n', 'a b\nc\n', ['" " is "\\n"']],
    ['folded with more indented lines', 'k: >-\n  a\n    b\n  c\n', 'a\n  b\nc', []],
    ['folded with blank lines around more indented ones', 'k: >-\n  a\n\n    b\n\n  c\n', 'a\n\n  b\n\nc', []],
  ])('%s', (_, source, value, different) => {
    const text = textAt(source);
    expect(text.text).toBe(value);
    expect(differences(text)).toEqual(different);
  });

  test('CRLF line ends are one character of the text', () => {
    const text = textAt('k: |\r\n  a\r\n  b\r\n');
    expect(text.text).toBe('a\nb\n');
    expect(differences(text)).toEqual(['"\\n" is "\\r\\n"', '"\\n" is "\\r\\n"']);
    expect(textAt('k: a\r\n  b\r\n').text).toBe('a b');
  });

  test('a range over several lines reaches from the first to the last character', () => {
    const text = textAt('k: >\n  docker\n  push\n');
    expect(textOf(text.range(text.text.indexOf('er'), text.text.indexOf('sh')))).toBe('er\n  pu');
  });

  test('an empty text keeps its place', () => {
    expect(textAt('k: ""\n').range()).toMatchObject({ start: 4, end: 4 });
    expect(textAt('k:\n').range()).toMatchObject({ start: 2, end: 2 });
  });
});
