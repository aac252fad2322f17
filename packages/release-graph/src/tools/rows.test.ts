import { describe, expect, test } from 'vitest';
import { MappedText, SourceFile, readScript } from '@plimsoll/documents';
import { recogniseCommand } from '../index.ts';
import type { ToolCall } from '../index.ts';
import { recogniseRemote, toolRows } from './index.ts';
import { remoteDocker } from './remote.ts';

/** What the first known command of a script does. */
function recognise(text: string, by = recogniseCommand): ToolCall | undefined {
  const { commands } = readScript(MappedText.of(new SourceFile('run.sh', text).range()));
  return commands.map(by).find(Boolean);
}

describe.each(remoteDocker.map((row) => [row.calls.join(', '), row] as const))('on another machine: %s', (_, row) => {
  test.each(row.examples.is)('%s deploys there, and not on the runner', (text) => {
    expect(recognise(text, recogniseRemote)).toMatchObject({ tool: row.calls[0], does: 'deploy' });
    expect(recognise(text)).toBeUndefined();
  });

  test.each(row.examples.isNot)('not: %s', (text) => {
    expect(recognise(text, recogniseRemote)?.tool).not.toBe(row.calls[0]);
  });
});

describe.each(toolRows.map((row) => [row.does, row.calls.join(', '), row] as const))('%s: %s', (_, __, row) => {
  test.each(row.examples.is)('%s', (text) => {
    expect(recognise(text)).toMatchObject({ tool: row.calls[0], does: row.does });
  });

  test.each(row.examples.isNot)('not: %s', (text) => {
    const found = recognise(text);
    expect(found?.tool === row.calls[0] && found.does === row.does).toBe(false);
  });

  test('every name it is called by, with nothing behind it, is this tool or none', () => {
    for (const name of row.calls) expect([row.calls[0], undefined]).toContain(recognise(name)?.tool);
  });

  test('no option stands twice in its table', () => {
    const names = `${row.options.values} ${row.options.switches ?? ''}`
      .split(' ')
      .filter(Boolean)
      .flatMap((entry) => entry.split(','));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(names.filter((name) => !/^[A-Za-z][\w-]*$/.test(name))).toEqual([]);
  });

  test('the options that name a digest file take a value', () => {
    const taking = row.options.values.split(' ').map((entry) => entry.split(',').at(-1));
    for (const option of Object.keys(row.digests?.options ?? {})) expect(taking).toContain(option);
  });
});
