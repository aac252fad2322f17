import { describe, expect, test } from 'vitest';
import { MappedText, SourceFile, readScript } from '../index.ts';

const script = (text: string) => readScript(MappedText.of(new SourceFile('run.sh', text).range()));

describe('what is broken still gives its commands', () => {
  test.each([
    ['a; b "unclosed', ['a', 'b'], 'unterminated double quote'],
    ["a; b 'unclosed", ['a', 'b'], 'unterminated single quote'],
    ['a; b $(c', ['a', 'b', 'c'], 'unterminated command substitution'],
    ['a; if b; then c', ['a', 'b', 'c'], "expected 'fi' to close 'if'"],
  ])('%s', (text, names, reason) => {
    const { commands, unreadable, unreadableAt } = script(text);
    expect(commands.map((each) => each.name)).toEqual(names);
    expect(unreadable).toContain(reason);
    expect(unreadableAt).toBeDefined();
  });

  test('PowerShell and cmd come back', () => {
    expect(script('if ($x -eq 1) {\n  Write-Host "x"\n}\n').unreadable).toBeDefined();
    expect(() => script('for %%f in (*.txt) do (\n  echo %%f\n)\n@echo off\n')).not.toThrow();
  });

  test('nothing at all', () => {
    expect(script('')).toMatchObject({ commands: [] });
    expect(script('\n# only a comment').unreadable).toBeUndefined();
  });
});

describe('hostile scripts come back', () => {
  const deep = 10_000;
  const nested = (open: string, inner: string, close: string) => open.repeat(deep) + inner + close.repeat(deep);

  test.each([
    ['subshells', nested('(', 'a', ')')],
    ['substitutions', nested('$(', 'a', ')')],
    ['quoted substitutions', nested('"$(', 'a', ')"')],
    ['groups', nested('{ ', 'a;', ' };')],
    ['conditions', nested('if a; then ', 'b', '; fi')],
    ['cases', nested('case x in a) ', 'b', ';; esac')],
    ['fallbacks', `x ${nested('${a:-', 'b', '}')}`],
    ['arithmetic', `x ${nested('$((', '1', '))')}`],
    ['functions', 'f() { '.repeat(deep)],
    ['coprocesses', 'coproc '.repeat(deep)],
    ['open substitutions', '$(a '.repeat(200_000)],
    ['open here-documents', '$(cat <<A\n'.repeat(deep)],
    ['here-documents in a line', `cat ${'<<A '.repeat(200_000)}`],
  ])('nested %s, and say so', (_, text) => {
    expect(script(text).unreadable).toBeDefined();
  });

  test.each([
    ['commands', 'a b\n'.repeat(30_000), 30_000],
    ['pipes', `${'a|'.repeat(30_000)}a`, 30_001],
    ['alternatives', `${'a||'.repeat(30_000)}a`, 30_001],
    ['substitutions', '`a` '.repeat(30_000), 30_001],
    ['expressions', `x ${'${{ y }}'.repeat(30_000)}`, 1],
    ['escapes', `x ${'\\y'.repeat(130_000)}`, 1],
    ['prefixes', 'sudo '.repeat(50_000), 1],
    ['CRLF lines', 'a b\r\n'.repeat(30_000), 30_000],
  ])('many %s', (_, text, count) => {
    const { commands, unreadable } = script(text);
    expect(commands.length).toBe(count);
    expect(unreadable).toBeUndefined();
  });

  test('scripts of bash -c in each other', () => {
    let text = 'a';
    for (let i = 0; i < 12; i++) text = `bash -c ${JSON.stringify(text)}`;
    expect(script(text).commands.length).toBeGreaterThan(2);
  });

  test('quotes and expressions which never close', () => {
    for (const text of ['\'"', '${{', "${{ ' ", '<<A ', '[', '`"'])
      expect(() => script(text.repeat(50_000))).not.toThrow();
  });

  test('longer than is read, with their first lines', () => {
    const { commands, unreadable } = script('a b\n'.repeat(300_000));
    expect(commands.length).toBe(65_536);
    expect(commands.at(-1)?.words.map((word) => word.text)).toEqual(['a', 'b']);
    expect(unreadable).toMatch(/^only its first/);
  });
});
