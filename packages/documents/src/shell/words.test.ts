import { describe, expect, test } from 'vitest';
import { literalText, textOf } from '../index.ts';
import type { Command } from '../index.ts';
import { command, lines, script, texts } from './script.testing.ts';

describe('words', () => {
  const [, word] = command('x "a $B"\'c d\'${E:-f g}${H#v}$(i)$1\\ j').words;

  test('have a text without quotes, and are kept as written', () => {
    expect(word?.text).toBe('a $Bc d${E:-f g}${H#v}$(i)$1 j');
    expect(word?.raw).toBe('"a $B"\'c d\'${E:-f g}${H#v}$(i)$1\\ j');
    expect(word && textOf(word.range)).toBe(word?.raw);
  });

  test('have parts', () => {
    expect(word?.parts).toEqual([
      { kind: 'literal', text: 'a ' },
      { kind: 'variable', name: 'B', text: '$B', modified: false },
      { kind: 'literal', text: 'c d' },
      { kind: 'variable', name: 'E', text: '${E:-f g}', modified: false, fallback: 'f g' },
      { kind: 'variable', name: 'H', text: '${H#v}', modified: true },
      { kind: 'substitution', text: '$(i)' },
      { kind: 'variable', name: '1', text: '$1', modified: false },
      { kind: 'literal', text: ' j' },
    ]);
  });

  test.each([
    ['${A}', { name: 'A', modified: false }],
    ['${A-}', { name: 'A', modified: false, fallback: '' }],
    ['${A:=${B}}', { name: 'A', modified: false, fallback: '${B}' }],
    ['${A:?missing}', { name: 'A', modified: false }],
    ['${A:+set}', { name: 'A', modified: true }],
    ['${A//a/b}', { name: 'A', modified: true }],
    ['${A:0:7}', { name: 'A', modified: true }],
    ['${A,,}', { name: 'A', modified: true }],
    ['${#A}', { name: 'A', modified: true }],
    ['${A[@]}', { name: 'A', modified: true }],
  ])('%s', (text, expected) => {
    expect(command(`x ${text}`).words[1]?.parts).toEqual([{ kind: 'variable', text, ...expected }]);
  });

  test.each([
    ["'$A'", '$A'],
    ['"\\$A \\q"', '$A \\q'],
    ['\\$A', '$A'],
    ["$'a\\tb'", 'a\tb'],
    ['a\\\nb', 'ab'],
    ['*.t[gx]z', '*.t[gx]z'],
    ['{a,b}', '{a,b}'],
    ['""', ''],
  ])('%s is literal', (text, expected) => {
    const literal = command(`x ${text}`).words[1];
    expect(literal && literalText(literal)).toBe(expected);
  });

  test('a variable in a brace or a pattern is no literal', () => {
    for (const text of ['{$A,b}', '[$A]', '@($A|b)']) {
      expect(command(`x ${text}`).words[1]?.parts).toContainEqual({
        kind: 'variable',
        name: 'A',
        text: '$A',
        modified: false,
      });
    }
  });

  test('each character has its place', () => {
    const escaped = command('x "a\\"b"c').words[1];
    expect(escaped?.text).toBe('a"bc');
    expect(escaped && textOf(escaped.mapped.range(1, 2))).toBe('"');
    expect(escaped && textOf(escaped.mapped.range(3, 4))).toBe('c');
  });
});

describe('expressions', () => {
  test('are parts, as written, with blanks, quotes and braces', () => {
    const expression = '${{ format(\'{0}}} "x" {1}\', github.ref || \'a b\', "") }}';
    const word = command(`docker push "ghcr.io/${expression}:$TAG"`).words[2];
    expect(word?.text).toBe(`ghcr.io/${expression}:$TAG`);
    expect(word?.parts.map((part) => part.kind)).toEqual(['literal', 'expression', 'literal', 'variable']);
    expect(word?.parts[1]).toEqual({ kind: 'expression', text: expression });
  });

  test.each([["'${{ a }}'"], ['${{ a }}'], ['"${{ a }}"']])('in %s', (text) => {
    expect(command(`x ${text}`).words[1]?.parts).toEqual([{ kind: 'expression', text: '${{ a }}' }]);
  });

  test('in other parts stand in their text', () => {
    expect(command('x ${A:-${{ a b }}}').words[1]?.parts).toMatchObject([
      { fallback: '${{ a b }}', text: '${A:-${{ a b }}}' },
    ]);
    expect(command('x $(y ${{ a b }})').words[1]?.text).toBe('$(y ${{ a b }})');
    expect(command('x $(y ${{ a b }})', 'y').words[1]?.parts).toEqual([{ kind: 'expression', text: '${{ a b }}' }]);
    expect(command("x `y ${{ a 'b' }} \\`z\\``", 'y').words[1]?.parts).toEqual([
      { kind: 'expression', text: "${{ a 'b' }}" },
    ]);
  });

  test('do not hide the commands behind them', () => {
    expect(lines("a ${{ inputs.x && '' }}\n${{ inputs.y }}\nb")).toEqual([
      "a ${{ inputs.x && '' }}",
      '${{ inputs.y }}',
      'b',
    ]);
  });

  test('which are never closed are shell text', () => {
    expect(script('a ${{ b').commands[0]?.name).toBe('a');
    expect(texts(command("a ${{ 'b }} c"))).toEqual(['a', "${{ 'b }}", 'c']);
  });
});

describe('assignments', () => {
  const named = (each: Command) => each.assignments.map((a) => [a.name, a.value.text, textOf(a.range)]);

  test('before the command, and those which its prefixes make', () => {
    const found = command('A=1 B="x $Y" sudo C=2 env D=${{ secrets.D }} docker ps', 'docker');
    expect(named(found)).toEqual([
      ['A', '1', 'A=1'],
      ['B', 'x $Y', 'B="x $Y"'],
      ['C', '2', 'C=2'],
      ['D', '${{ secrets.D }}', 'D=${{ secrets.D }}'],
    ]);
  });

  test('alone', () => {
    const found = command('TAG=$(git describe)');
    expect(found).toMatchObject({ name: '', words: [] });
    expect(found.assignments[0]?.value.parts).toEqual([{ kind: 'substitution', text: '$(git describe)' }]);
  });

  test('of export, declare, local and readonly', () => {
    expect(named(command('export A=1 B'))).toEqual([['A', '1', 'A=1']]);
    expect(named(command('local -r A="$1"'))).toEqual([['A', '$1', 'A="$1"']]);
    expect(texts(command('export A=1 B'))).toEqual(['export', 'A=1', 'B']);
  });

  test('of arrays have elements', () => {
    const [assignment] = command('ARGS=(--push --tag "$T")').assignments;
    expect(assignment?.elements?.map((word) => word.text)).toEqual(['--push', '--tag', '$T']);
    expect(assignment?.value.parts).toMatchObject([{ kind: 'substitution' }]);
    expect(command('ARGS=(--push)').assignments[0]?.value.parts).toEqual([{ kind: 'literal', text: '(--push)' }]);
  });
});
