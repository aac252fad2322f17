import { expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';

// Made up, and put together here so that no scanner takes this file for a leak.
const TOKEN = ['npm', '_', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'].join('');
const GITHUB = ['ghp', '_', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'].join('');
const KEY = ['-----BEGIN ', 'PRIVATE KEY-----\n', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'].join('');
const PASSWORD = ['uJ7wq2', 'nVbX4e'].join('');

const FILES = {
  Dockerfile: `FROM scratch\nARG NPM_TOKEN=${TOKEN}\nENV DATABASE_URL=postgres://app:${PASSWORD}@db.example.com:5432/app\nRUN echo "//npm.example.com/:_authToken=${TOKEN}" > .npmrc\nCOPY conf /etc/app\nADD https://ci:${PASSWORD}@files.example.com/a.tgz /a.tgz\nRUN curl -H "Authorization: Bearer ${GITHUB}" https://api.example.com\nLABEL token=${GITHUB}\n`,
  'conf/.env': `API_TOKEN=${GITHUB}\nDB_PASSWORD=${PASSWORD}\n`,
  'conf/server.key': `${KEY}\n-----END PRIVATE KEY-----\n`,
  'conf/.npmrc': `//npm.example.com/:_authToken=${TOKEN}\n`,
  '.dockerignore': '*\n!conf\n',
  'compose.yaml': `services:\n  a:\n    image: a:1\n    environment: { TOKEN: ${GITHUB} }\n`,
  '.github/workflows/a.yml': `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker login -u me -p ${PASSWORD} && npm publish --//npm.example.com/:_authToken=${TOKEN}\n        env: { NODE_AUTH_TOKEN: ${TOKEN} }\n      - uses: docker/build-push-action@v6\n        with:\n          context: https://ci:${GITHUB}@github.com/o/r.git\n          build-args: NPM_TOKEN=${TOKEN}\n`,
};

test('no secret is printed, in any format', () => {
  const root = folderOf(FILES);
  for (const format of ['text', 'sarif', 'json', 'github']) {
    const { stdout, stderr, exitCode } = plimsoll(root, 'check', '--preset', 'strict', '--format', format);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('secrets/in-arg-or-env');
    for (const secret of [TOKEN, GITHUB, PASSWORD, KEY.slice(-32)]) {
      expect(stdout, `${secret.slice(0, 4)}… in ${format}`).not.toContain(secret);
      expect(stderr).not.toContain(secret);
    }
  }
});

test('nor where it is suppressed, or stands beside a fault of the syntax', () => {
  const ignored = '# plimsoll-ignore secrets/in-arg-or-env -- made up\n';
  const root = folderOf({
    Dockerfile: `FROM scratch\n${ignored}ENV API_TOKEN=${GITHUB}\nCOPY --nothing=${TOKEN} a b\nNOTHING ${PASSWORD}=${TOKEN}\n`,
    'compose.yaml': `services:\n  a: { image: "a:1", environment: { TOKEN: ${GITHUB} }\n`,
    'plimsoll.yaml': `rules:\n  ${TOKEN}: off\n`,
  });
  for (const format of ['text', 'sarif', 'json', 'github']) {
    const { stdout, stderr } = plimsoll(root, 'check', '--include-suppressed', '--format', format);
    expect(stdout).toContain('syntax/dockerfile');
    for (const secret of [TOKEN, GITHUB])
      expect(stdout + stderr, `${secret.slice(0, 4)}… in ${format}`).not.toContain(secret);
  }
});
