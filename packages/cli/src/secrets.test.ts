import { expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';

// Made up, and put together here so that no scanner takes this file for a leak.
const TOKEN = ['npm', '_', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'].join('');
const GITHUB = ['ghp', '_', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'].join('');
const PASSWORD = ['uJ7wq2', 'nVbX4e'].join('');

const FILES = {
  Dockerfile: `FROM scratch\nARG NPM_TOKEN=${TOKEN}\nENV DATABASE_URL=postgres://app:${PASSWORD}@db.example.com:5432/app\nRUN echo "//npm.example.com/:_authToken=${TOKEN}" > .npmrc\nCOPY conf /etc/app\nLABEL token=${GITHUB}\n`,
  'conf/.env': `API_TOKEN=${GITHUB}\nDB_PASSWORD=${PASSWORD}\n`,
  '.dockerignore': '*\n!conf\n',
  'compose.yaml': `services:\n  a:\n    image: a:1\n    environment: { TOKEN: ${GITHUB} }\n`,
  '.github/workflows/a.yml': `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker login -u me -p ${PASSWORD} && npm publish --//npm.example.com/:_authToken=${TOKEN}\n        env: { NODE_AUTH_TOKEN: ${TOKEN} }\n`,
};

test('no secret is printed, in any format', () => {
  const root = folderOf(FILES);
  for (const format of ['text', 'sarif', 'json', 'github']) {
    const { stdout, stderr, exitCode } = plimsoll(root, 'check', '--preset', 'strict', '--format', format);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('secrets/in-arg-or-env');
    for (const secret of [TOKEN, GITHUB, PASSWORD]) {
      expect(stdout, `${secret.slice(0, 4)}… in ${format}`).not.toContain(secret);
      expect(stderr).not.toContain(secret);
    }
  }
});
