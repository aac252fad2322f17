import { textOf } from '@plimsoll/documents';
import { expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';

const digest = `sha256:${'1f2a'.repeat(16)}`;
const other = `sha256:${'6a56'.repeat(16)}`;

/** The entry that replaces, and the pin that it replaces. */
function overrides(files: Readonly<Record<string, string>>): string[] {
  return buildGraph(documentsOf(files)).overriddenBases.map(
    ({ range, pinned }) => `${textOf(range)} for ${pinned.name}`,
  );
}

const action = (inputs: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - uses: docker/build-push-action@v7\n        with:\n          context: .\n${inputs}`;
const contexts = (...lines: readonly string[]): string =>
  `          build-contexts: |\n${lines.map((line) => `            ${line}\n`).join('')}`;
const built = (dockerfile: string, inputs: string): string[] =>
  overrides({ Dockerfile: dockerfile, '.github/workflows/a.yml': action(inputs) });

test('a context with the name of a stage replaces its base, also through FROM stage', () => {
  const image = `FROM node:22@${digest} AS base\nFROM base AS runtime\nFROM runtime\n`;
  expect(built(image, contexts('base=docker-image://node:22'))).toEqual(['base=docker-image://node:22 for node']);
  expect(built(image, contexts('RUNTIME=docker-image://node:22'))).toEqual(['RUNTIME=docker-image://node:22 for node']);
});

test('a context with the name of the image replaces it, which holds the digest', () => {
  const image = `FROM node:22@${digest}\n`;
  expect(built(image, contexts(`docker.io/library/node:22@${digest}=./rootfs`))).toHaveLength(1);
  expect(built(image, contexts('node:22=./rootfs', 'node=./rootfs'))).toEqual([]);
});

test('a digest in its place is as good, whatever image it is of', () => {
  const image = `FROM node:22@${digest} AS base\n`;
  expect(built(image, contexts(`base=docker-image://ghcr.io/acme/node@${other}`))).toEqual([]);
  expect(built(image, contexts('base=docker-image://ghcr.io/acme/node@${{ vars.DIGEST }}'))).toEqual([]);
  expect(built(image, contexts('base=docker-image://${{ vars.IMAGE }}'))).toEqual([]);
  expect(built(image, contexts('base=docker-image://ghcr.io/acme/node:${{ github.sha }}'))).toHaveLength(1);
});

test('a Git context is as good as its commit', () => {
  const image = `FROM node:22@${digest} AS base\n`;
  expect(built(image, contexts('base=https://github.com/acme/base.git#main'))).toHaveLength(1);
  expect(built(image, contexts(`base=https://github.com/acme/base.git#${'3f9c2ab1'.repeat(5)}`))).toEqual([]);
});

test('what names no digest has no pin to lose', () => {
  expect(built('FROM node:22 AS base\n', contexts('base=docker-image://node:23'))).toEqual([]);
  expect(built('FROM scratch AS base\n', contexts('base=./rootfs'))).toEqual([]);
});

test('a stage that the build does not need is not replaced in it', () => {
  const image = `FROM node:22@${digest} AS tests\nFROM scratch\n`;
  expect(built(image, contexts('tests=docker-image://node:22'))).toEqual([]);
});

test('ARG defaults are part of the pin', () => {
  const image = `ARG BASE=node:22@${digest}\nFROM \${BASE} AS base\n`;
  expect(built(image, contexts('base=docker-image://node:22'))).toHaveLength(1);
});

test('BUILDKIT_SYNTAX replaces the frontend, unless by digest', () => {
  const image = `# syntax=docker/dockerfile:1.12@${digest}\nFROM scratch\n`;
  const arg = (value: string): string => `          build-args: |\n            BUILDKIT_SYNTAX=${value}\n`;
  expect(built(image, arg('docker/dockerfile:1-labs'))).toEqual([
    'BUILDKIT_SYNTAX=docker/dockerfile:1-labs for docker/dockerfile',
  ]);
  expect(built(image, arg(`docker/dockerfile@${other}`))).toEqual([]);
  expect(built('# syntax=docker/dockerfile:1\nFROM scratch\n', arg('docker/dockerfile:1-labs'))).toEqual([]);
});

test('bake replaces by its contexts, by set and by --set', () => {
  const Dockerfile = `FROM alpine:3.20@${digest} AS base\n`;
  const hcl = (body: string): string => `target "default" {\n${body}}\n`;
  expect(
    overrides({ Dockerfile, 'docker-bake.hcl': hcl('  contexts = {\n    base = "docker-image://alpine:3.20"\n  }\n') }),
  ).toEqual(['base = "docker-image://alpine:3.20" for alpine']);
  expect(
    overrides({
      Dockerfile,
      'docker-bake.json': '{"target":{"default":{"contexts":{"base":"docker-image://alpine:3.20"}}}}',
    }),
  ).toHaveLength(1);
  const step = (lines: string): string =>
    `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n${lines}`;
  const bake = { Dockerfile, 'docker-bake.hcl': hcl('') };
  expect(
    overrides({
      ...bake,
      '.github/workflows/a.yml': step(
        '      - uses: docker/bake-action@v6\n        with:\n          source: .\n          set: default.contexts.base=docker-image://alpine:3.21\n',
      ),
    }),
  ).toHaveLength(1);
  expect(
    overrides({
      ...bake,
      '.github/workflows/a.yml': step(
        '      - run: docker buildx bake --set default.contexts.base=docker-image://alpine:3.21\n',
      ),
    }),
  ).toHaveLength(1);
});

test('what another target of the same bake makes is judged by its own Dockerfile', () => {
  const hcl =
    'target "base" {\n  dockerfile = "base.Dockerfile"\n}\ntarget "default" {\n  contexts = { base = "target:base" }\n}\n';
  expect(
    overrides({
      Dockerfile: `FROM alpine@${digest} AS base\n`,
      'base.Dockerfile': 'FROM scratch\n',
      'docker-bake.hcl': hcl,
    }),
  ).toEqual([]);
});

test('compose and the command line replace too', () => {
  const Dockerfile = `FROM alpine:3.20@${digest} AS base\n`;
  expect(
    overrides({
      Dockerfile,
      'compose.yaml':
        'services:\n  a:\n    build:\n      context: .\n      additional_contexts:\n        base: docker-image://alpine:3.20\n',
    }),
  ).toEqual([expect.stringContaining('for alpine')]);
  const run =
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - run: docker buildx build --build-context base=docker-image://alpine:3.20 .\n';
  expect(overrides({ Dockerfile, '.github/workflows/a.yml': run })).toHaveLength(1);
});
