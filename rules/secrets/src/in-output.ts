import { defineRule, sentence } from '@plimsoll/core';
import type { SecretLeak } from '@plimsoll/core';

export const inOutput = defineRule({
  id: 'secrets/in-output',
  summary: 'A secret is written to a log, an output or an artifact.',
  why: 'Masking hides a secret in a log only as long as it is printed exactly as it is stored; outputs and the environment give it to every later step, and nothing masks an artifact.',
  limits:
    'A secret whose name says that it is a user, a host, an id and the like is none here. What a program that is not known prints is not guessed. A token that ends with the run is a warning.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: [
    'GitHub: Secure use reference, "Use secrets for sensitive information"',
    'CWE-532: Insertion of sensitive information into log file',
  ],
  visits: 'secretLeak',
  examples: {
    bad: [
      {
        '.github/workflows/deploy.yml':
          'on: push\npermissions: {}\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - env:\n          HOOK: ${{ secrets.DEPLOY_HOOK }}\n        run: |\n          «echo "deploying to $HOOK"»\n          «echo "hook=$HOOK" >> "$GITHUB_OUTPUT"»\n',
      },
      { Dockerfile: 'FROM scratch\nRUN --mount=type=secret,id=npmrc «cat /run/secrets/npmrc»\n' },
    ],
    good: [
      {
        '.github/workflows/deploy.yml':
          'on: push\npermissions: {}\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - env:\n          PASSWORD: ${{ secrets.REGISTRY_PASSWORD }}\n        run: echo "$PASSWORD" | docker login ghcr.io -u ci --password-stdin\n',
      },
    ],
  },
  check({ sink, source, range, name, onward, path, keptIn }, report) {
    if (sink !== 'log' && sink !== 'output' && sink !== 'artifact') return;
    const endsWithRun = source.kind === 'github-token' || source.kind === 'app-token' || source.kind === 'oidc-token';
    report({
      at: range,
      message: `${sentence(source.text)} is written to ${keptIn}${sink === 'artifact' ? ` (${name})` : ''}`,
      help: HELP[sink],
      related: [...path, ...onward],
      flow: [...path, { at: range, label: 'it is written here' }, ...onward],
      ...(endsWithRun && { severity: 'warning' }),
    });
  },
});

const HELP: Readonly<Record<Extract<SecretLeak['sink'], 'log' | 'output' | 'artifact'>, string>> = {
  log: 'Leave the value out of what is printed; a program that needs it takes it from its environment or its standard input',
  output: 'Read the secret in the env: of each step that needs it, in place of handing it on',
  artifact: 'Write the file behind the upload, or leave it out of the path with a line "!<file>"',
};
