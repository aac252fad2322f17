import { defineRule, formatList } from '@plimsoll/core';

export const passwordArgument = defineRule({
  id: 'credentials/password-argument',
  summary: 'A password or token is an argument of a command.',
  why: 'Every process of the machine can read the arguments of another. Tools print them in errors and traces, and a token in a URL is kept in the configuration of Git and in the logs of servers.',
  limits:
    'Outside of workflows it is the name of a variable that tells a secret. A URL with a token in a RUN belongs to secrets/in-layer. What `echo` and `printf` print is no argument of a process.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: [
    'Docker: docker login, --password-stdin',
    'CWE-214: Invocation of process using visible sensitive information',
  ],
  visits: 'secretArgument',
  examples: {
    bad: [
      {
        '.github/workflows/mirror.yml':
          'on: push\npermissions: {}\njobs:\n  mirror:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: docker login -u acme «-p "$HUB_PASSWORD"»\n        env:\n          HUB_PASSWORD: ${{ secrets.HUB_PASSWORD }}\n      - run: git clone «https://x-access-token:$TOKEN@github.com/acme/other.git»\n        env:\n          TOKEN: ${{ secrets.OTHER_TOKEN }}\n',
      },
    ],
    good: [
      {
        '.github/workflows/mirror.yml':
          'on: push\npermissions: {}\njobs:\n  mirror:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "$HUB_PASSWORD" | docker login -u acme --password-stdin\n        env:\n          HUB_PASSWORD: ${{ secrets.HUB_PASSWORD }}\n',
      },
    ],
  },
  check({ range, kind, tool, option, takesStdin, secrets }, report) {
    const what =
      secrets.length > 0 ? formatList(secrets.map(({ text }) => text)) : kind === 'url' ? 'a token' : 'a password';
    report({
      at: range,
      message:
        kind === 'url'
          ? `${tool} is given ${what} in a URL: other processes, logs and the configuration of the tool hold it`
          : `${tool} is given ${what} by ${option ?? 'an option'}: every process of the machine can read it`,
      help: HELP[kind === 'url' ? (/^git\b/.test(tool) ? 'git' : 'url') : takesStdin ? 'stdin' : 'option'],
      ...(secrets.length > 0 &&
        secrets.every(({ kind: life }) => life !== 'secret') && { severity: 'warning' as const }),
    });
  },
});

const HELP = {
  stdin: 'Hand it over on standard input: echo "$PASSWORD" | … --password-stdin',
  option: 'Hand it over in a variable of the environment, on standard input or in a file, as the tool takes it',
  git: 'Let actions/checkout or "gh auth setup-git" provide the token, or a credential helper that reads it from the environment',
  url: 'Hand it over in a header that is read from standard input or a file, or in the configuration of the tool',
} as const;
