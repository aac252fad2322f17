import { defineRule } from '@plimsoll/core';

export const optionalMount = defineRule({
  id: 'secrets/optional-mount',
  summary: 'A build goes on without a secret that it needs.',
  why: 'A secret mount without required=true is silently absent when the build is not given the secret: the command then runs unauthenticated, and may take other packages than those that were meant.',
  limits: 'A command that fails without its file, and one that asks whether it is there, are fine.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: ['BuildKit: Dockerfile reference, RUN --mount=type=secret'],
  visits: 'secretMount',
  examples: {
    bad: [{ Dockerfile: 'FROM scratch\nRUN «--mount=type=secret,id=npm,env=NODE_AUTH_TOKEN» npm ci\n' }],
    good: [
      { Dockerfile: 'FROM scratch\nRUN --mount=type=secret,id=npm,env=NODE_AUTH_TOKEN,required=true npm ci\n' },
      { Dockerfile: 'FROM scratch\nRUN --mount=type=secret,id=key gpg --import < /run/secrets/key\n' },
    ],
  },
  check({ id, mount, noticed, required }, report) {
    if (required || noticed) return;
    report({
      at: mount.range,
      message: `Where no secret ${id ?? 'of that id'} is given, the mount is absent and the command runs without it`,
      help: 'Add required=true to the mount',
    });
  },
});
