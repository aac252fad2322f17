import { describe, expect, test } from 'vitest';
import {
  MappedText,
  SourceFile,
  contextPaths,
  readCondition,
  readExpressions,
  readWorkflow,
  textOf,
} from '../index.ts';
import type { Expression } from '../index.ts';

const textFrom = (text: string) => MappedText.of(new SourceFile('a.yml', text).range());
const read = (text: string) => readExpressions(textFrom(text));

/** An expression as a short text of its tree. */
function show(expression: Expression | undefined): string {
  switch (expression?.kind) {
    case undefined:
      return 'nothing';
    case 'literal':
      return JSON.stringify(expression.value);
    case 'context':
      return expression.name;
    case 'access':
      return [
        show(expression.base),
        ...expression.path.map((one) =>
          one.kind === 'name' ? one.name : one.kind === 'star' ? '*' : `[${show(one.index)}]`,
        ),
      ].join('.');
    case 'call':
      return `${expression.name}(${expression.args.map(show).join(', ')})`;
    case 'operation':
      return `(${[expression.operator, ...expression.operands.map(show)].join(' ')})`;
  }
}

describe('expressions in a text', () => {
  test('are found with their places', () => {
    const parts = read('a ${{ secrets.A }}-${{inputs.b}}');
    expect(parts.map(({ text, range }) => [text, textOf(range)])).toEqual([
      ['secrets.A', '${{ secrets.A }}'],
      ['inputs.b', '${{inputs.b}}'],
    ]);
    expect(parts[1]).toMatchObject({ start: 19, end: 32 });
  });

  test('end at the braces outside of strings', () => {
    expect(read("${{ format('}} '' {0}', a) }} }}").map(({ text }) => text)).toEqual(["format('}} '' {0}', a)"]);
    expect(read('no ${ {x} } and $ {{ x }}')).toEqual([]);
  });

  test.each([
    ["matrix['app'].tags[0].*", 'matrix.app.tags.0.*'],
    ['needs.build.outputs.digest', 'needs.build.outputs.digest'],
    ['env[matrix.name]', 'env.[matrix.name]'],
    ['fromJSON(steps.meta.outputs.json).tags[0]', 'fromJSON(steps.meta.outputs.json).tags.0'],
    ["!(a.b == 'x''y''z') && c || true", '(|| (&& (! (== a.b "x\'y\'z")) c) true)'],
    ['a < 1 != b >= -0.5', '(!= (< a 1) (>= b -0.5))'],
    ['hashFiles() && newFunction(null,)', '(&& hashFiles() newFunction(null))'],
    ['(github.event).number', 'github.event.number'],
    ['', 'nothing'],
  ])('%s', (source, tree) => {
    const [part] = read(`\${{ ${source} }}`);
    expect(part?.error).toBeUndefined();
    expect(show(part?.expression)).toBe(tree);
  });

  test('each node has its place, also behind strings of several lines', () => {
    const [part] = read("${{ format('a\n  {0}', x.y[0]) == f( b ) }}");
    const { expression } = part!;
    if (expression?.kind !== 'operation') throw new Error('no operation');
    expect(textOf(expression.range)).toBe("format('a\n  {0}', x.y[0]) == f( b )");
    expect(expression.operands.map(({ range }) => textOf(range))).toEqual(["format('a\n  {0}', x.y[0])", 'f( b )']);
    expect(contextPaths(part!).map(({ range }) => textOf(range))).toEqual(['x.y[0]', 'b']);
  });

  test('places are those of the file, through the folding of YAML', () => {
    const file = new SourceFile(
      '.github/workflows/a.yml',
      'on: push\njobs: {}\nenv:\n  A: >-\n    x ${{ a.b &&\n    secrets.C }}\n',
    );
    const [value] = readWorkflow(file).document.env;
    const [part] = readExpressions(value!.text);
    expect(contextPaths(part!).map(({ path, range }) => [path, file.positionAt(range.start)])).toEqual([
      ['a.b', { line: 5, column: 11 }],
      ['secrets.C', { line: 6, column: 5 }],
    ]);
  });

  test.each([
    ['${{ a b }}', "Unexpected symbol: 'b'"],
    ['${{ a. }}', 'Unexpected symbol'],
    ['${{ a', 'the expression is not closed with }}'],
    ["${{ 'a }}", 'the expression is not closed with }}'],
    ['${{ contains(a) }}', "Too few parameters supplied: 'contains'"],
    [`\${{ ${'('.repeat(10_000)}a${')'.repeat(10_000)} }}`, 'Exceeded max expression depth'],
    [`\${{ ${'!'.repeat(10_000)}a }}`, 'Exceeded max expression depth'],
    [`\${{ a${'[a'.repeat(5_000)} }}`, 'Exceeded max expression depth'],
    [`\${{ a${'==a'.repeat(5_000)} }}`, 'more than 100 comparisons in a row'],
    [`\${{ a${' '.repeat(30_000)} }}`, 'the expression is too long'],
  ])('that cannot be read have an error: %.30s', (text, error) => {
    const [part, ...others] = read(text);
    expect(others).toEqual([]);
    expect(part?.error).toContain(error);
    expect(part).not.toHaveProperty('expression');
  });
});

test('the paths that an expression reads', () => {
  const paths = read(
    "${{ Secrets['NPM_TOKEN'] || toJSON(secrets) || matrix[inputs.key].x || needs.*.result }}",
  ).flatMap(contextPaths);
  expect(paths.map(({ path }) => path)).toEqual([
    'secrets.NPM_TOKEN',
    'secrets',
    'matrix.*.x',
    'inputs.key',
    'needs.*.result',
  ]);
  expect(paths[0]).toMatchObject({ context: 'secrets', names: ['NPM_TOKEN'] });
  expect(textOf(paths[0]!.range)).toBe("Secrets['NPM_TOKEN']");
});

describe('a condition', () => {
  test.each([
    ["github.ref == 'x'", '(== github.ref "x")', false],
    ["${{ github.ref == 'x' }}", '(== github.ref "x")', false],
    ['!cancelled()\n', '(! cancelled())', false],
    ["${{ a }} && b == 'x'", 'a', true],
    ['${{ a }}\n', 'a', true],
    ['${{ a }}${{ b }}', 'a', true],
  ])('%j', (text, tree, mixed) => {
    const condition = readCondition(textFrom(text));
    expect(show(condition.parts[0]?.expression)).toBe(tree);
    expect(condition.mixed).toBe(mixed);
  });

  test('may be empty or broken', () => {
    expect(readCondition(textFrom(' ')).parts).toEqual([]);
    expect(readCondition(textFrom('a ==')).parts[0]?.error).toContain('Unexpected end');
  });
});
