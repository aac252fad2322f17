import { describe, expect, test } from 'vitest';
import { textOf } from '../index.ts';
import { imagesOf, problemsOf, read } from './test-helpers.ts';

describe('compose', () => {
  test('pulls images, and builds others under the name of its image', () => {
    const text = `
services:
  api: { build: ./api, image: ghcr.io/acme/api:latest }
  db:
    image: "postgres:17" # pinned later
  fresh: { build: ., image: "acme/fresh:1", pull_policy: always }
  worker: { image: "ghcr.io/acme/api:latest", command: work }
  local: { image: acme/local, pull_policy: never }
  var: { image: "\${IMAGE:-redis:7}" }
  child: { extends: { service: api }, image: acme/child }
  other: { extends: { file: base.yaml, service: x }, image: acme/other }
  data:
    image: alpine@sha256:abc
    volumes: [{ type: image, source: acme/data:1 }, ./a:/a]
`;
    expect(imagesOf('compose.yaml', text)).toEqual([
      'service db: postgres:17',
      'service fresh: acme/fresh:1',
      'service var: ${IMAGE:-redis:7}',
      'service other: acme/other',
      'service data: alpine@sha256:abc',
      'service data, image volume: acme/data:1',
    ]);
    expect(imagesOf('compose.yaml', text.replaceAll('\n', '\r\n'))).toEqual(imagesOf('compose.yaml', `\uFEFF${text}`));
  });

  test('has builds with their arguments and contexts', () => {
    const service = read(
      'compose.yaml',
      `
services:
  api:
    build:
      context: apps/api
      dockerfile: prod.Dockerfile
      target: run
      args:
        NODE: 22
        NPM_TOKEN:
      additional_contexts: [base=docker-image://node:22, libs=../libs]
      tags: [acme/api:1]
    environment:
      - A=b=c
      - TOKEN
`,
    )?.document.services[0];
    expect(service?.build).toMatchObject({
      context: { value: 'apps/api' },
      dockerfile: { value: 'prod.Dockerfile' },
      target: { value: 'run' },
      args: [
        { name: 'NODE', value: '22' },
        { name: 'NPM_TOKEN', value: '', inherited: true },
      ],
      additionalContexts: [
        { name: 'base', value: 'docker-image://node:22' },
        { name: 'libs', value: '../libs' },
      ],
      tags: [{ value: 'acme/api:1' }],
    });
    expect(service?.env).toMatchObject([
      { name: 'A', value: 'b=c' },
      { name: 'TOKEN', inherited: true },
    ]);
    expect(service?.env[0] && textOf(service.env[0].range)).toBe('b=c');
    expect(service?.build?.args[0]).not.toHaveProperty('inherited');
  });

  test('named contexts may be images', () => {
    const text = 'services: {a: {build: {context: ., additional_contexts: {base: "docker-image://node:22"}}}}\n';
    expect(imagesOf('compose.yaml', text)).toEqual(['service a, build context base: node:22']);
  });

  test('builds in its own folder unless it says otherwise', () => {
    const short = read('compose.yaml', 'services: {a: {build: ./api}}\n')?.document.services[0]?.build;
    expect(short?.context.value).toBe('./api');
    expect(short && textOf(short.range)).toBe('build: ./api');
    const inline = read('compose.yaml', 'services: {a: {build: {dockerfile_inline: FROM scratch}}}\n')?.document
      .services[0]?.build;
    expect(inline).toMatchObject({ context: { value: '.' }, dockerfileInline: { value: 'FROM scratch' } });
    expect(inline && textOf(inline.context.text.range())).toBe('build');
  });

  test('merge keys are resolved, and an image that several services share is told once', () => {
    const text = `
x-base: &base { image: "redis:7", environment: { A: 1 } }
services:
  one: { <<: *base }
  two: { <<: [{ image: own }, *base] }
  three:
    <<: *base
    environment: { B: 2 }
`;
    expect(imagesOf('compose.yaml', text)).toEqual(['service one: redis:7', 'service two: own']);
    const services = read('compose.yaml', text)?.document.services;
    expect(services?.map(({ image, env }) => [image?.value, ...env.map(({ name }) => name)])).toEqual([
      ['redis:7', 'A'],
      ['own', 'A'],
      ['redis:7', 'B'],
    ]);
  });

  test('a key that is given twice is a problem', () => {
    const text = 'services:\n  api:\n    build: .\n    ports:\n      - 3000:3000\n    build: ./apps/api\n';
    expect(problemsOf('compose.yaml', text)).toEqual([
      'syntax/manifest 6:5 The key "build" is given twice; it is first given in line 3',
    ]);
    expect(read('compose.yaml', text)?.document.services).toHaveLength(1);
  });
});
