import { MappedText, SourceFile, readScript } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { installerRows, readInstall } from './index.ts';

function found(text: string): string[] {
  const { commands } = readScript(MappedText.of(new SourceFile('run.sh', text).range()));
  return commands.flatMap((command) => readInstall(command)?.packages.map(({ name }) => name) ?? []);
}

for (const { calls, examples } of installerRows) {
  describe(calls[0], () => {
    test.each(examples.is)('%s names no version', (text) => expect(found(text)).toHaveLength(1));
    test.each(examples.isNot)('%s is fine', (text) => expect(found(text)).toEqual([]));
  });
}

test('each package without a version is told', () => {
  expect(found('pip install --no-cache-dir flask==3.1.0 gunicorn "celery[redis]"')).toEqual([
    'gunicorn',
    'celery[redis]',
  ]);
});
