import { describe, expect, test } from 'vitest';
import {
  MappedText,
  SourceFile,
  lastOption,
  optionValues,
  parseArguments,
  readScript,
  sliceWord,
  textOf,
} from '../index.ts';
import type { ArgumentSpec } from '../index.ts';

const spec: ArgumentSpec = { values: 'f,file t,tag build-arg', switches: 'q,quiet a,all i,interactive' };

function parse(text: string, using = spec) {
  const { commands } = readScript(MappedText.of(new SourceFile('run.sh', text).range()));
  return parseArguments(commands[0]?.words.slice(1) ?? [], using);
}

function told(text: string, using = spec) {
  const { options, positionals } = parse(text, using);
  return [
    options.map(({ name, value }) => (value ? `${name}=${value.text}` : name)),
    positionals.map((word) => word.text),
  ];
}

describe('parseArguments', () => {
  test.each([
    ['x -f a b', ['file=a'], ['b']],
    ['x -fa b', ['file=a'], ['b']],
    ['x -f=a b', ['file=a'], ['b']],
    ['x --file a b', ['file=a'], ['b']],
    ['x --file=a b', ['file=a'], ['b']],
    ['x --file= b', ['file='], ['b']],
    ['x --file "" b', ['file='], ['b']],
    ['x -t a --tag=b -tc', ['tag=a', 'tag=b', 'tag=c'], []],
    ['x a -q b', ['quiet'], ['a', 'b']],
    ['x -qat b c', ['quiet', 'all', 'tag=b'], ['c']],
    ['x -qatb c', ['quiet', 'all', 'tag=b'], ['c']],
    ['x --push=false .', ['push=false'], ['.']],
    ['x --unknown a', ['unknown'], ['a']],
    ['x - -- -f a', [], ['-', '-f', 'a']],
    ['x --file', ['file'], []],
    ['x -f', ['file'], []],
    ['x $OPTS "$A" b', [], ['$OPTS', '$A', 'b']],
    ['x --${A}=b c', ['${A}=b'], ['c']],
  ])('%s', (text, options, positionals) => {
    expect(told(text)).toEqual([options, positionals]);
  });

  test('may stop at the first word that is no option', () => {
    expect(told('docker -H a build -t b', { values: 'H,host', stopAtPositional: true })).toEqual([
      ['host=a'],
      ['build', '-t', 'b'],
    ]);
  });

  test('may take one dash for long options', () => {
    expect(told('nuget -Source a -Quiet b', { values: 'Source', singleDash: true })).toEqual([
      ['Source=a', 'Quiet'],
      ['b'],
    ]);
  });

  test('keeps how an option is written, and its place', () => {
    const { options } = parse('x -t "a b" --build-arg=N="c d" -q');
    expect(options.map((option) => [option.written, textOf(option.range)])).toEqual([
      ['-t', '-t "a b"'],
      ['--build-arg', '--build-arg=N="c d"'],
      ['-q', '-q'],
    ]);
    expect(options[1]?.value && textOf(options[1].value.range)).toBe('N="c d');
  });

  test('keeps the parts of a value behind =', () => {
    const { options } = parse('x --tag="ghcr.io/${{ github.repository }}:$TAG"');
    expect(options[0]?.value?.parts).toEqual([
      { kind: 'literal', text: 'ghcr.io/' },
      { kind: 'expression', text: '${{ github.repository }}' },
      { kind: 'literal', text: ':' },
      { kind: 'variable', name: 'TAG', text: '$TAG', modified: false },
    ]);
  });
});

test('lastOption and optionValues find options by name', () => {
  const call = parse('x -t a --tag b --push --push=false');
  expect(lastOption(call, 'push')?.value?.text).toBe('false');
  expect(lastOption(call, 'load')).toBeUndefined();
  expect(optionValues(call, 'tag').map((word) => word.text)).toEqual(['a', 'b']);
});

test('sliceWord cuts text, parts and place', () => {
  const { positionals } = parse('x "a=$B"c');
  const [word] = positionals;
  const cut = word && sliceWord(word, 2);
  expect(cut?.text).toBe('$Bc');
  expect(cut?.parts.map((part) => part.text)).toEqual(['$B', 'c']);
  expect(cut && textOf(cut.range)).toBe('$B"c');
  expect(word && sliceWord(word, 0)).toBe(word);
});
