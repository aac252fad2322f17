import { faultsOf } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { poisonedCache } from './poisoned-cache.ts';

const old = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';

function workflow(on: string, steps: string, keys = ''): string {
  return `on: ${on}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n${keys.replace(/^(?=.)/gm, '    ')}    steps:\n${steps.trim().replace(/^/gm, '      ')}\n`;
}

const head = `- uses: ${old}\n  with: { ref: "\${{ github.event.pull_request.head.sha }}" }\n`;
const stranger = workflow('pull_request_target', `${head}- run: npm ci`);
const push = '- uses: docker/build-push-action@v7\n  with: { push: true, context: ., tags: "ghcr.io/acme/app:v1" }';

function faults(
  release: string,
  other: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  return faultsOf(poisonedCache, {
    '.github/workflows/release.yml': release,
    '.github/workflows/other.yml': other,
    Dockerfile: 'FROM scratch\n',
    ...more,
  });
}

describe('caches that are restored', () => {
  test.each([
    '- uses: «actions/cache@v4»\n  with: { path: dist, key: x }',
    '- uses: «actions/cache/restore@v4»\n  with: { path: dist, key: x }',
    '- uses: «actions/setup-go@v6»',
    '- uses: «actions/setup-python@v6»\n  with: { cache: pip }',
    '- uses: «actions/setup-java@v5»\n  with: { cache: maven }',
    '- uses: «Swatinem/rust-cache@v2»',
    '- uses: «gradle/actions/setup-gradle@v5»',
    '- uses: «ruby/setup-ruby@v1»\n  with: { bundler-cache: true }',
  ])('%s', async (step) => {
    expect(await faults(workflow('push', `${step}\n${push}`), stranger)).toEqual([]);
  });

  test.each([
    '- uses: actions/cache/save@v4\n  with: { path: dist, key: x }',
    '- uses: actions/cache@v4\n  with: { path: dist, key: x, lookup-only: true }',
    '- uses: actions/setup-go@v6\n  with: { cache: false }',
    '- uses: actions/setup-node@v6',
    "- uses: actions/setup-node@v6\n  with: { cache: '' }",
    "- uses: actions/setup-node@v6\n  with: { cache: \"${{ github.event_name == 'pull_request' && 'npm' || '' }}\" }",
    "- if: github.event_name == 'pull_request'\n  uses: actions/cache@v4\n  with: { path: dist, key: x }",
    '- uses: gradle/actions/setup-gradle@v5\n  with: { cache-disabled: true }',
    '- uses: astral-sh/setup-uv@v10',
  ])('quiet: %s', async (step) => {
    expect(await faults(workflow('[push, pull_request]', `${step}\n${push}`), stranger)).toEqual([]);
  });

  test('setup-node caches by itself where package.json names npm', async () => {
    const release = workflow('push', `- uses: «actions/setup-node@v6»\n${push}`);
    expect(await faults(release, stranger, { 'package.json': '{ "packageManager": "npm@11.5.1" }' })).toEqual([]);
  });

  test("the builder's cache, at the input", async () => {
    const release = workflow(
      'push',
      `${push.replace(' }', '')}, cache-from: type=gha }`.replace('cache-from: type=gha', '«cache-from: type=gha»'),
    );
    expect(await faults(release, stranger)).toEqual([]);
    const registry = workflow('push', `${push.replace(' }', '')}, cache-from: "type=registry,ref=acme/app:cache" }`);
    expect(await faults(registry, stranger)).toEqual([]);
  });

  test('a job whose artifact is published', async () => {
    const release = `on: push\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «actions/setup-go@v6»\n      - run: make\n      - uses: actions/upload-artifact@v5\n        with: { path: dist }\n  lint:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/setup-go@v6\n      - run: make lint\n  publish:\n    needs: [build, lint]\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/download-artifact@v6\n      - run: gh release upload v1 dist/*\n`;
    expect(await faults(release, stranger)).toEqual([]);
  });
});

describe('who writes them', () => {
  const release = (range: string): string =>
    workflow("{ push: { tags: ['v*'] } }", `- uses: ${range}\n  with: { path: dist, key: x }\n${push}`);
  const marked = release('«actions/cache@v4»');
  const plain = release('actions/cache@v4');

  test.each([
    ['a script that takes a title', workflow('issues', '- run: echo ${{ github.event.issue.title }}')],
    ['a comment that gets the head', workflow('issue_comment', '- run: gh pr checkout 1 && make')],
    ['a pull request in its own workflow', stranger],
  ])('%s', async (_, other) => {
    expect(await faults(marked, other)).toEqual([]);
  });

  test.each([
    ['a pull request', workflow('pull_request', `${head}- run: npm ci`)],
    ['a job that reads the head', workflow('pull_request_target', `${head}- uses: actions/labeler@v6`)],
    [
      'a job on the default branch alone',
      workflow(
        'pull_request_target',
        '- uses: actions/checkout@v7\n- uses: actions/cache@v4\n  with: { path: x, key: y }\n- run: npm ci',
      ),
    ],
    ['a guarded job', workflow('pull_request_target', `${head}- run: npm ci`, 'environment: preview\n')],
    [
      'an image build, whose containers reach no cache',
      workflow('pull_request_target', `${head}- run: docker build .`),
    ],
    ['a title in a plain pull request', workflow('pull_request', '- run: echo ${{ github.event.pull_request.title }}')],
  ])('quiet: %s', async (_, other) => {
    expect(await faults(plain, other)).toEqual([]);
  });

  test('layers that an image build of the head saves', async () => {
    const other = workflow(
      'pull_request_target',
      `${head}- uses: docker/build-push-action@v7\n  with: { context: ., cache-to: "type=gha,mode=max" }`,
    );
    const reads = workflow('push', `- uses: actions/setup-go@v6\n${push.replace(' }', '')}, «cache-from: type=gha» }`);
    expect(await faults(reads, other)).toEqual([]);
  });

  test('layers in a registry, by the same reference', async () => {
    const other = workflow(
      'pull_request_target',
      `${head}- uses: docker/build-push-action@v7\n  with: { context: ., cache-to: "type=registry,ref=ghcr.io/acme/app:cache,mode=max" }`,
    );
    const reads = (cache: string) =>
      workflow('push', `- uses: actions/setup-go@v6\n${push.replace(' }', '')}, ${cache} }`);
    expect(await faults(reads('«cache-from: "type=registry,ref=ghcr.io/acme/app:cache"»'), other)).toEqual([]);
    expect(await faults(reads('cache-from: "type=registry,ref=ghcr.io/acme/app:release"'), other)).toEqual([]);
  });

  test('a job that publishes for pull requests alone is no release', async () => {
    const preview = workflow('pull_request', `- uses: actions/cache@v4\n  with: { path: dist, key: x }\n${push}`);
    expect(await faults(preview, stranger)).toEqual([]);
  });
});
