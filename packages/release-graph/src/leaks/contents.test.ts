import { memoryTree } from '@plimsoll/build-context';
import { SourceFile, textOf } from '@plimsoll/documents';
import { expect, test } from 'vitest';
import { secretTexts, secretTextsOfFile } from '../index.ts';

/** Made-up, and put together here so that no scanner takes this file for a leak. */
const a = (length: number): string => 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'.repeat(20).slice(0, length);
const hex = (length: number): string => '3f9a0c7e1b5d2846'.repeat(10).slice(0, length);
const samples: readonly (readonly [what: string, text: string])[] = [
  ['an Anthropic key', ['sk-ant-', 'api03-', a(93), 'AA'].join('')],
  ['an AWS key', ['AWS_SECRET_', 'ACCESS_KEY=', a(40)].join('')],
  ['a password in a URL', ['https://bob:', a(16), '@git.acme.io/x'].join('')],
  ['a password in a connection string', ['postgres://bob:', a(16), '@db.acme.io:5432/x'].join('')],
  ['a Databricks token', ['dap', 'i', hex(32)].join('')],
  ['a Docker Hub token', ['dckr', '_pat_', a(27)].join('')],
  ['a Figma token', ['fig', 'd_', a(40)].join('')],
  ['a GitHub token', ['gh', 'p_', a(36)].join('')],
  ['a GitHub token', ['github', '_pat_', a(82)].join('')],
  ['a GitLab token', ['gl', 'pat-', a(20)].join('')],
  ['a Grafana token', ['gl', 'sa_', a(32), '_', hex(8)].join('')],
  ['a Groq key', ['gs', 'k_', a(52)].join('')],
  ['a Vault token', ['hv', 's.', a(95)].join('')],
  ['a Hugging Face token', ['h', 'f_', 'abCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh'].join('')],
  ['a Linear key', ['lin', '_api_', a(40)].join('')],
  ['a Notion token', ['nt', 'n_', '12345678901', a(35)].join('')],
  ['an npm token', ['np', 'm_', a(36)].join('')],
  ['an OpenAI key', ['sk', '-', a(20), 'T3Blbk', 'FJ', a(20)].join('')],
  ['a SendGrid key', ['S', 'G.', a(22), '.', a(43)].join('')],
  ['a Shopify token', ['shp', 'at_', hex(32)].join('')],
  ['a Slack token', ['xo', 'xb-', '763978984344-3837325243173-', a(24)].join('')],
  ['a Slack token', ['https://hooks.slack', '.com/services/T', a(9), '/B', a(9), '/', a(24)].join('')],
  ['a Stripe key', ['sk', '_live_', a(24)].join('')],
  ['a Tailscale key', ['tsk', 'ey-auth-', a(12), '-', a(32)].join('')],
  ['a Vercel token', ['vc', 'p_', a(40)].join('')],
  ['a Cloudflare token', ['cf', 'ut_', a(40), hex(8)].join('')],
];

test.each(samples)('%s is found', async (what, text) => {
  const found = await secretTexts(new SourceFile('a.yml', `key: "${text}"\n`));
  expect(found.map((one) => one.what)).toEqual([what]);
  expect(found.map(({ range }) => textOf(range).slice(0, 4))).toEqual([found[0]?.start]);
});

test('a private key is marked at its first line', async () => {
  const key = `-----BEGIN RSA PRIVATE ${'KEY'}-----\nMI${a(200)}\n-----END RSA PRIVATE ${'KEY'}-----`;
  const [found] = await secretTexts(new SourceFile('a.txt', `\n${key}\n`));
  expect(found?.what).toBe('a private key');
  expect(found && textOf(found.range)).not.toContain('\n');
});

test.each([
  'postgres://postgres:postgres@localhost:5432/x',
  'postgres://app:testpass@db/x',
  'https://user:${TOKEN}@git.acme.io/x',
  '//registry.npmjs.org/:_authToken=${NPM_TOKEN}',
  'AKIAIOSFODNN7EXAMPLE',
  ['sk', '_test_', a(24)].join(''),
])('%s is a stand-in', async (text) => {
  expect(await secretTexts(new SourceFile('a.yml', `key: ${text}\n`))).toEqual([]);
});

test('binary files, large ones and links are not searched', async () => {
  const token = ['gh', 'p_', a(36)].join('');
  const tree = memoryTree({
    text: token,
    'picture.png': token,
    binary: `\0${token}`,
    large: `${token}${' '.repeat(1024 * 1024)}`,
    link: { link: 'text' },
  });
  const found = await Promise.all(
    ['text', 'picture.png', 'binary', 'large', 'link'].map((path) => secretTextsOfFile(tree, path)),
  );
  expect(found.map((one) => one.length)).toEqual([1, 0, 0, 0, 0]);
});
