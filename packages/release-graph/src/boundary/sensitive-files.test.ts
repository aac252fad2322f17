import { memoryTree } from '@plimsoll/build-context';
import { describe, expect, test } from 'vitest';
import { sensitivityOf } from '../index.ts';

function judged(path: string, text: string): string | undefined {
  const found = sensitivityOf(path, memoryTree({ [path]: text }));
  return found && `${found.what}${found.certain ? '' : ', perhaps'}`;
}

const PRIVATE_KEY = `-----BEGIN ${'PRIVATE KEY'}-----\nMIIB\n-----END ${'PRIVATE KEY'}-----\n`;

describe('a file that should not ship', () => {
  test.each([
    ['certs/gateway.key', PRIVATE_KEY, 'a private key'],
    ['keys/deploy_key', PRIVATE_KEY, 'a private key'],
    ['keys/github_rsa', PRIVATE_KEY, 'a private key'],
    ['deploy/.env', 'DB_PASSWORD=hunter22\n', 'variables with credentials'],
    ['.env.production', 'export API_TOKEN="abc123def"\n', 'variables with credentials'],
    ['.npmrc', '//npm.example.com/:_authToken=b1946ac9\n', 'an npm registry token'],
    ['home/.netrc', 'machine example.com login a password b\n', 'a login with a password'],
    ['.pypirc', '[pypi]\npassword = pypi-x\n', 'a package index password'],
    [
      'gcp.json',
      `{"type": "service_account", "private_key": "${PRIVATE_KEY.replaceAll('\n', '\\n')}"}`,
      'a Google Cloud service account key',
    ],
    ['.aws/credentials', '[default]\n', 'AWS credentials'],
    ['secrets/credentials', '[default]\naws_secret_access_key = wJalrX\n', 'AWS credentials'],
    ['deploy/kubeconfig-prod.yaml', 'kind: Config\nusers:\n- user:\n    token: abc\n', 'a cluster login'],
    ['.envrc', 'export API_TOKEN=abc123def\n', 'variables with credentials'],
    ['db/prod-backup-2024.sql.gz', '', 'a dump of a database or of memory'],
    ['.kube/config', 'users:\n- user:\n    token: abc\n', 'a cluster login'],
    ['infra/terraform.tfstate', '{}', 'Terraform state, which keeps credentials in plain text'],
    ['db/dump.sql', 'INSERT', 'a dump of a database or of memory'],
    ['.git', '', 'the history and configuration of the repository'],
  ])('%s', (path, text, what) => expect(judged(path, text)).toBe(what));

  test('a .env that shows no credential is one by its name only', () => {
    expect(judged('apps/api/.env', 'PORT=3000\n')).toBe('the variables of an environment, perhaps');
  });
});

describe('a file that may ship', () => {
  test.each([
    ['certs/gateway.crt', '-----BEGIN CERTIFICATE-----\n'],
    ['certs/public.pem', '-----BEGIN PUBLIC KEY-----\n'],
    ['certs/gateway.key', 'placeholder\n'],
    ['.env.example', 'DB_PASSWORD=secret\n'],
    ['test/fixtures/server.key', PRIVATE_KEY],
    ['.npmrc', 'save-exact=true\n//npm.example.com/:_authToken=${NPM_TOKEN}\n'],
    ['db/migrations/001.sql', 'CREATE TABLE'],
    ['db/seed.sql', 'INSERT'],
    ['src/config', 'password: abc\n'],
    ['deploy/kubeconfig.yaml', 'kind: Config\nusers:\n- user:\n    exec: { command: aws }\n'],
    ['src/env.ts', 'export const env = {};'],
  ])('%s', (path, text) => expect(judged(path, text)).toBeUndefined());
});
