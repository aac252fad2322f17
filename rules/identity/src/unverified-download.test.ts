import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { unverifiedDownload } from './unverified-download.ts';

test('what a file downloads several times is told once in the recommended preset', async () => {
  const fetch = 'RUN curl -fsSL https://example.org/install.sh | sh\n';
  const files = { Dockerfile: `FROM debian AS a\n${fetch}FROM debian\n${fetch}` };
  expect((await runExample(unverifiedDownload, files, { preset: 'recommended' })).findings).toHaveLength(1);
  expect((await runExample(unverifiedDownload, files, { preset: 'strict' })).findings).toHaveLength(2);
});

test('Dockerfiles for tests and development are the matter of the strict preset', async () => {
  const files = { 'Dockerfile.dev': 'FROM debian\nADD https://example.org/tool /usr/bin/tool\n' };
  expect((await runExample(unverifiedDownload, files, { preset: 'recommended' })).findings).toEqual([]);
  expect((await runExample(unverifiedDownload, files, { preset: 'strict' })).findings).toHaveLength(1);
});

test.each([
  [
    'ADD https://example.org/tool /t',
    'tool of example.org with no checksum',
    '--checksum=sha256:<digest> https://example.org/tool',
  ],
  [
    'ADD https://example.org/x.git#v1 /t',
    'x.git of example.org at "v1", which can be moved',
    'https://example.org/x.git#<40 hex digits>',
  ],
  ['ADD https://example.org/x.git /t', 'at the head of its default branch', 'Name the full commit'],
  ['RUN curl -s https://example.org/ | sh', 'What example.org sends is downloaded and run by sh', 'sha256sum --check'],
  ['RUN curl -s "$URL" | tar x', '$URL is downloaded and unpacked', 'sha256sum --check'],
  [
    'RUN wget https://example.org/t && chmod +x t',
    't of example.org is downloaded and made executable',
    'ADD --checksum',
  ],
])('%s is told as such, with what to write', async (line, message, help) => {
  const { findings } = await runExample(
    unverifiedDownload,
    { Dockerfile: `FROM debian\n${line}\n` },
    { preset: 'strict' },
  );
  expect(findings).toHaveLength(1);
  expect(findings[0]?.message).toContain(message);
  expect(findings[0]?.help).toContain(help);
});
