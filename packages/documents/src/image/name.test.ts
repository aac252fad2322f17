import { describe, expect, test } from 'vitest';
import { isMovingTag, parseImageName } from '../index.ts';

const digest = `sha256:${'0f'.repeat(32)}`;

describe('an image name is read by the grammar of distribution/reference', () => {
  test.each([
    ['node', { name: 'node', registry: 'docker.io', repository: 'library/node' }],
    ['node:22-slim', { name: 'node', registry: 'docker.io', repository: 'library/node', tag: '22-slim' }],
    [`acme/api@${digest}`, { name: 'acme/api', registry: 'docker.io', repository: 'acme/api', digest }],
    [`ghcr.io/a/b:1.2@${digest}`, { name: 'ghcr.io/a/b', registry: 'ghcr.io', repository: 'a/b', tag: '1.2', digest }],
    ['host:5000/a', { name: 'host:5000/a', registry: 'host:5000', repository: 'a' }],
    ['host:5000', { name: 'host', registry: 'docker.io', repository: 'library/host', tag: '5000' }],
    ['registry.acme.dev:5000/a/b:1', { registry: 'registry.acme.dev:5000', repository: 'a/b', tag: '1' }],
    ['localhost/a', { registry: 'localhost', repository: 'a' }],
    ['[2001:db8::1]:5000/a:b', { registry: '[2001:db8::1]:5000', repository: 'a', tag: 'b' }],
    ['Registry/a', { registry: 'Registry', repository: 'a' }],
    ['index.docker.io/node', { name: 'index.docker.io/node', registry: 'docker.io', repository: 'library/node' }],
    ['docker.io/library/node', { registry: 'docker.io', repository: 'library/node' }],
    ['a__b/c.d/e--f', { registry: 'docker.io', repository: 'a__b/c.d/e--f' }],
    ['a:_b', { repository: 'library/a', tag: '_b' }],
  ])('%s', (text, expected) => {
    expect(parseImageName(text)).toMatchObject({ text, ...expected });
    expect(Object.keys(parseImageName(text) ?? {})).toHaveLength(
      4 + (text.includes('@') ? 1 : 0) + ('tag' in expected ? 1 : 0),
    );
  });

  test.each([
    '',
    'Node',
    'a b',
    'node:$TAG',
    '${IMAGE}',
    'node:',
    'node@',
    '/node',
    'a//b',
    'a/',
    '-a',
    'a-',
    'a___b',
    'a..b',
    'node:-a',
    `node:${'a'.repeat(129)}`,
    'node@sha256:0f',
    `node@${digest}@${digest}`,
    '0f'.repeat(32),
    'a'.repeat(256),
    '-a.io/b',
    'a.io:x/b',
    'ä',
    'node\n',
  ])('%j is none', (text) => {
    expect(parseImageName(text)).toBeUndefined();
  });
});

describe('a tag moves when its first word is a channel', () => {
  test.each([
    undefined,
    '',
    'latest',
    'latest-debug',
    'lts-alpine',
    'lts-jdk21',
    'stable-slim',
    'stable-alpine3.22',
    'edge',
    'nightly',
    'main',
    'master',
    'current-bookworm',
    'dev',
    'canary',
    'next',
    'main-arm64',
    'lts-22.04',
    'Latest',
    'edge_slim',
    'next.beta',
  ])('%s moves', (tag) => expect(isMovingTag(tag)).toBe(true));

  test.each([
    '22',
    '22-slim',
    'v1',
    '1.27.3',
    'bookworm',
    'noble',
    'alpine',
    'slim',
    'nonroot',
    'debug',
    'mainline',
    'latestish',
    'ltsc2022',
    '3-latest',
    'sha-3f9c2ab',
  ])('%s is a matter of unpinned images', (tag) => expect(isMovingTag(tag)).toBe(false));

  test.each([
    'main-3f9c2ab',
    'main-20260301',
    'nightly-2026-03-01',
    'latest-2026-03-01',
    'stable-20260301-slim',
    'next-1.2',
    'edge-1234',
    'dev-v1.2.3',
    'latest-g3f9c2ab',
    'master-sha-3f9c2ab',
  ])('%s names one build', (tag) => expect(isMovingTag(tag)).toBe(false));
});
