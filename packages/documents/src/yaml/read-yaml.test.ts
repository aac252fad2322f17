import { describe, expect, test } from 'vitest';
import { SourceFile, entriesOf, itemsOf, readYaml, textOf, valueAt } from '../index.ts';
import type { YamlNode, YamlScalar } from '../index.ts';

function read(text: string) {
  const file = new SourceFile('a.yml', text);
  const { document, problems } = readYaml(file, 'syntax/config');
  return { ...document, file, root: document.documents[0], problems };
}

/** Where the problems stand and what they say. */
function problemsOf(text: string): string[] {
  const { file, problems } = read(text);
  return problems.map(({ range, message }) => {
    const { line, column } = file.positionAt(range.start);
    return `${line}:${column} ${message}`;
  });
}

function scalarAt(root: YamlNode | undefined, ...path: string[]): YamlScalar {
  const node = valueAt(root, ...path);
  if (node?.type !== 'scalar') throw new Error(`no scalar at ${path.join('.')}`);
  return node;
}

describe('a document is a tree of nodes with places', () => {
  const text = 'on: push\nlist:\n  - 1\n  - {a: "b", "c d": ~}\n# end\n';

  test.each([
    ['LF', text],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${text}`],
    ['text beyond ASCII before it', `é: "😀"\n${text}`],
  ])('with %s', (_, source) => {
    const { root } = read(source);
    expect(textOf(scalarAt(root, 'on').range)).toBe('push');
    const [one, map] = itemsOf(valueAt(root, 'list'));
    expect(one).toMatchObject({ type: 'scalar', value: 1, style: 'plain' });
    expect(map && textOf(map.range)).toBe('{a: "b", "c d": ~}');
    expect(entriesOf(map).map(({ key, keyRange }) => [key, textOf(keyRange)])).toEqual([
      ['a', 'a'],
      ['c d', '"c d"'],
    ]);
    expect(scalarAt(map, 'a')).toMatchObject({ value: 'b', style: 'double' });
    expect(scalarAt(map, 'c d').value).toBeNull();
  });

  test('scalars are those of the core schema: yes and on are strings', () => {
    const { root } = read('a: [yes, on, 0x1F, 0o17, 1.20, true, null, 2026-01-01, 1_000]');
    expect(itemsOf(valueAt(root, 'a')).map((node) => node.type === 'scalar' && node.value)).toEqual([
      'yes',
      'on',
      31,
      15,
      1.2,
      true,
      null,
      '2026-01-01',
      '1_000',
    ]);
  });

  test('blocks end with their last value, not with the comments behind it', () => {
    const { root } = read('a:\n  b: c\n\n  # note\n\nd: |\n  text\n\n');
    expect(textOf(valueAt(root, 'a')!.range)).toBe('b: c');
    expect(textOf(valueAt(root, 'd')!.range)).toBe('|\n  text');
    expect(textOf(root!.range)).toBe('a:\n  b: c\n\n  # note\n\nd: |\n  text');
  });

  test('a missing value is null, behind its key', () => {
    const { root, file } = read('a:\nb: 1\n');
    expect(file.positionAt(scalarAt(root, 'a').range.start)).toEqual({ line: 1, column: 3 });
    expect(scalarAt(root, 'a').value).toBeNull();
  });

  test('comments are collected, also those behind values and block headers, but not text in scalars', () => {
    const { comments } = read('# one\na: b # two\nc: | # three\n  # text\nd: "# text" #four\ne: x#y\n');
    expect(comments.map(({ text: comment }) => comment)).toEqual(['# one', '# two', '# three', '#four']);
    expect(comments.every(({ text: comment, range }) => textOf(range) === comment)).toBe(true);
  });

  test('a tag is kept with its place', () => {
    const { root } = read('if: !cancelled()\nname: !x text\n');
    const { tag, value } = scalarAt(root, 'if');
    expect(value).toBe('');
    expect(tag && textOf(tag.range)).toBe('!cancelled()');
    expect(scalarAt(root, 'name')).toMatchObject({ value: 'text', tag: { text: '!x' } });
  });

  test('a file holds several documents, or none', () => {
    expect(read('a\n---\nb\n...\n').documents).toHaveLength(2);
    expect(read('').documents).toEqual([]);
    expect(read('# only a comment\n').documents).toEqual([]);
  });
});

describe('aliases', () => {
  test('share the node of their anchor, with its place', () => {
    const { root, problems } = read('a: &x [1, 2]\nb: *x\nc: &x 3\nd: *x\n*x : key\n');
    expect(problems).toEqual([]);
    expect(valueAt(root, 'b')).toBe(valueAt(root, 'a'));
    expect(scalarAt(root, 'd').value).toBe(3);
    expect(entriesOf(root).at(-1)?.key).toBe('3');
  });

  test('to nothing, or to what holds them, are problems', () => {
    expect(problemsOf('a: *x\n')).toEqual(['1:4 There is no anchor &x before this alias']);
    expect(problemsOf('a: &x\n  b: [*x]\n')).toEqual(['2:7 The alias *x stands inside of its own anchor']);
  });

  test('that would blow the tree up are cut', () => {
    const levels = Array.from(
      { length: 20 },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`,
    );
    const { root, problems } = read(['a0: &a0 x', ...levels].join('\n'));
    expect(problems[0]?.message).toContain('more than 200000 nodes');
    expect(countNodes(root)).toBeLessThan(300_000);
  });

  test('do not nest deeper than what is written may', () => {
    const sixty = (inner: string) => '['.repeat(60) + inner + ']'.repeat(60);
    expect(problemsOf(`a: &a ${sixty('')}\nb: ${sixty('*a')}\n`)).toEqual([
      '2:64 The alias *a nests deeper than 100 levels',
    ]);
  });
});

function countNodes(node: YamlNode | undefined): number {
  if (node?.type === 'map') return node.entries.reduce((sum, { value }) => sum + countNodes(value), 1);
  return itemsOf(node).reduce((sum, item) => sum + countNodes(item), 1);
}

describe('what cannot be read is a problem at its place', () => {
  test.each([
    ['a tab as indentation', 'on:\n  push:\n\tbranches: [main]\njobs: {}\n', '3:1 Tabs are not allowed as indentation'],
    [
      'a key that is given twice',
      'a:\n  b: 1\n  c: 2\n  b: 3\n',
      '4:3 The key "b" is given twice; it is first given in line 2',
    ],
    [
      'a key that is given twice in a flow map',
      '{a: 1, "a": 2}',
      '1:8 The key "a" is given twice; it is first given in line 1',
    ],
    ['a quote that is not closed', 'a:\n  b: "c\n  d: e\n', '2:6 Missing closing "quote'],
    ['a key that is indented too far', 'a: b\n  c: d\n', '2:3 Implicit keys need to be on a single line'],
    ['a value that holds a colon', 'a: b: c\n', '1:4 Nested mappings are not allowed in compact mappings'],
    [
      'a list that is not closed',
      'a: [1, 2\nb: 3\n',
      '2:1 Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a bracket by itself', '}', '1:1 Unexpected flow-map-end token in YAML document: "}"'],
  ])('%s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
    expect(problemsOf(text.replaceAll('\n', '\r\n'))).toEqual([problem]);
  });

  test('and the rest of the document is still there', () => {
    const { root } = read('a:\n\tb: 1\nc: d\n');
    expect(scalarAt(root, 'c').value).toBe('d');
  });

  test('one a line, at most 20 a file', () => {
    expect(problemsOf('- *a\n'.repeat(50))).toHaveLength(20);
    expect(problemsOf('[*a, *b, *c]')).toHaveLength(1);
  });
});

describe('hostile text is refused with a problem', () => {
  const deep = Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:\n`).join('');
  test.each([
    ['deep flow style', `a: ${'['.repeat(100_000)}`, 'nested deeper than 100 levels'],
    ['deep flow maps', `a: ${'{b: '.repeat(10_000)}`, 'nested deeper than 100 levels'],
    ['deep block style', deep, 'nested deeper than 100 levels'],
    ['deep lists on one line', '- '.repeat(10_000), 'nested deeper than 100 levels'],
    ['a long text', 'a: b\n'.repeat(300_000), 'longer than 1048576 characters'],
    ['a control character', 'a: "\u001f"\n', 'no control characters'],
    ['many tokens', `[${'a,'.repeat(300_000)}]`, 'more than 500000 tokens'],
  ])('%s', (_, text, message) => {
    const { documents, problems } = read(text);
    expect(documents).toEqual([]);
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
  });

  test('but brackets in text are no nesting', () => {
    expect(problemsOf(`run: |\n${'  echo "\\033[1m{"\n'.repeat(500)}`)).toEqual([]);
  });
});
