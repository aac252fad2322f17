import { defineRule } from '@plimsoll/core';

export const rootUser = defineRule({
  id: 'packaging/root-user',
  summary: 'The image runs as root.',
  why: 'Whoever breaks into the process owns all of the container, and needs one more hole only to own the host.',
  limits:
    'A USER whose value is a variable that is not known, and base images known to set a user of their own (by names such as `nonroot` or `unprivileged`), are taken not to be root.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: ['CIS Docker Benchmark 4.1', 'hadolint: DL3002', 'checkov: CKV_DOCKER_3'],
  visits: 'shippedImage',
  examples: {
    bad: [
      { Dockerfile: 'FROM «node:24-slim»\nCMD ["node"]\n' },
      { Dockerfile: 'FROM node:24-slim\nUSER node\nRUN npm --version\n«USER root»\nCMD ["node"]\n' },
    ],
    good: [
      { Dockerfile: 'FROM node:24-slim\nUSER node\nCMD ["node"]\n' },
      { Dockerfile: 'FROM gcr.io/distroless/static:nonroot\nCMD ["/app"]\n' },
    ],
  },
  check({ stage, user, dockerfile, base }, report) {
    if (!user.root) return;
    const image = `The image of ${dockerfile.file.path}`;
    report({
      at: user.at ?? stage.from.image.range,
      message: user.at
        ? `${image} runs as root: its last USER is ${user.name ?? 'root'}`
        : `${image} runs as root: no USER says otherwise${base === undefined ? '' : `, and ${base.split('@')[0]} is not known to set one`}`,
      help: 'Write USER with the name or number of another user as the last USER of the stage that ships; where one is needed, make it with adduser or useradd',
    });
  },
});
