import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { runAction } from './index.ts';

interface Run {
  readonly exitCode: number;
  readonly log: readonly string[];
  readonly args: readonly string[];
  readonly outputs: string;
  readonly summary: string;
  readonly sent: readonly { readonly url: string; readonly body: Readonly<Record<string, string>> }[];
}

/** Runs the action with a command that reports two findings. */
async function run(
  inputs: Readonly<Record<string, string>>,
  { env = {}, status = 202, event = {}, exitCode = 1, reports = true }: Options = {},
): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'action-'));
  const at = (name: string, text = '') => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const log: string[] = [];
  const sent: Run['sent'][number][] = [];
  let args: readonly string[] = [];
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const code = await runAction({
    env: {
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: folder,
      GITHUB_REPOSITORY: 'acme/api',
      GITHUB_SHA: 'c0ffee',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: at('event.json', JSON.stringify(event)),
      GITHUB_OUTPUT: at('output'),
      GITHUB_STEP_SUMMARY: at('summary', 'before\n'),
      GITHUB_API_URL: 'https://api.github.example',
      ...given,
      ...env,
    },
    check: (all) => {
      args = all;
      for (const [, format = '', file = ''] of reports ? all.map((word) => /^(\w+)=(.*)$/.exec(word) ?? []) : [])
        if (REPORTS[format] !== undefined) writeFileSync(file, REPORTS[format]);
      return exitCode;
    },
    send: (url, { body }) => {
      sent.push({ url, body: JSON.parse(body as string) as Run['sent'][number]['body'] });
      return Promise.resolve({ ok: status < 300, status, text: () => Promise.resolve('a reason') });
    },
    say: (line) => void log.push(line),
  });
  return {
    exitCode: code,
    log,
    args,
    sent,
    outputs: readFileSync(join(folder, 'output'), 'utf8'),
    summary: readFileSync(join(folder, 'summary'), 'utf8'),
  };
}

interface Options {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly status?: number;
  readonly event?: object;
  readonly exitCode?: number;
  readonly reports?: boolean;
}

const REPORTS: Readonly<Record<string, string>> = {
  sarif: '{"version":"2.1.0"}',
  json: '{"summary":{"errors":1,"warnings":1,"infos":0}}',
  markdown: '## Plimsoll\n',
};

const own = { pull_request: { head: { repo: { full_name: 'acme/api' } } } };
const token = { token: 'a-token', upload: 'auto' };

test('the inputs become options, each one word, and paths stand behind "--"', async () => {
  const { args } = await run({
    paths: 'apps\n --preset=x \n',
    preset: 'strict',
    'fail-on': 'warning',
    since: 'origin/main',
    category: 'api',
  });
  expect(args.slice(9)).toEqual([
    '--preset=strict',
    '--fail-on=warning',
    '--since=origin/main',
    '--category=api',
    '--',
    'apps',
    '--preset=x',
  ]);
});

test('outputs, the summary and SARIF are written, and the exit code is that of the check', async () => {
  const { exitCode, outputs, summary, sent, log } = await run(token, { event: own });
  expect(exitCode).toBe(1);
  expect(outputs).toMatch(/^findings=2\nerrors=1\nwarnings=1\ninfos=0\nsarif-file=\/.*plimsoll\.sarif\nexit-code=1\n$/);
  expect(summary).toBe('before\n## Plimsoll\n\n');
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    url: 'https://api.github.example/repos/acme/api/code-scanning/sarifs',
    body: { commit_sha: 'c0ffee', ref: 'refs/pull/7/merge', tool_name: 'plimsoll' },
  });
  expect(gunzipSync(Buffer.from(sent[0]?.body['sarif'] ?? '', 'base64')).toString()).toBe(REPORTS['sarif']);
  expect(log).toEqual(['SARIF was uploaded to code scanning']);
});

test('from a fork nothing is sent, and that is told', async () => {
  const { exitCode, sent, log } = await run(token, {
    event: { pull_request: { head: { repo: { full_name: 'bob/api' } } } },
  });
  expect([exitCode, sent]).toEqual([1, []]);
  expect(log).toEqual([
    '::notice title=plimsoll::SARIF was not uploaded: a pull request of bob/api has no token that may write security events',
  ]);
});

test.each([[401], [403], [404]])('a token that may not is no failure (%i), unless it is to', async (status) => {
  expect(await run(token, { event: own, status, exitCode: 0 })).toMatchObject({ exitCode: 0 });
  const always = await run({ ...token, upload: 'always' }, { event: own, status, exitCode: 0 });
  expect(always.exitCode).toBe(3);
  expect(always.log[0]).toMatch(
    /^::error title=plimsoll::SARIF could not be uploaded: GitHub answered \d+; the job needs/,
  );
});

test('another answer is a failure, and never hides findings', async () => {
  expect((await run(token, { event: own, status: 500, exitCode: 0 })).exitCode).toBe(3);
  expect((await run(token, { event: own, status: 500, exitCode: 1 })).exitCode).toBe(1);
});

test('without a token, or where it is not wanted, nothing is sent', async () => {
  expect((await run({})).sent).toEqual([]);
  expect((await run({ ...token, upload: 'never' }, { event: own })).sent).toEqual([]);
});

test('wrong inputs are told, with what is allowed', async () => {
  expect(await run({ preset: 'paranoid', upload: 'perhaps' })).toMatchObject({
    exitCode: 2,
    args: [],
    log: [
      '::error title=plimsoll::the input preset is one of recommended, strict, not "paranoid"',
      '::error title=plimsoll::the input upload is one of auto, always, never, not "perhaps"',
    ],
  });
});

test('a command that ends without a report passes its exit code on, and never 0', async () => {
  expect((await run(token, { reports: false, exitCode: 2 })).exitCode).toBe(2);
  expect((await run(token, { reports: false, exitCode: 0 })).exitCode).toBe(3);
});
