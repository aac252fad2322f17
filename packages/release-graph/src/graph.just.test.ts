import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

const workflow = (run: string): Record<string, string> => ({
  '.github/workflows/release.yml': `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`,
  Dockerfile: 'FROM scratch\n',
});

function published(files: Readonly<Record<string, string>>): readonly string[] {
  const { publications } = buildGraph(documentsOf(files));
  return publications.map(({ site, names, tags, range }) => {
    const { line } = range.file.positionAt(range.start);
    return `${site} ${names.join(' ')}:${tags.map(({ tag }) => tag).join(' ')} ${range.file.path}:${line}`;
  });
}

const justfile = [
  'registry := "ghcr.io/acme"',
  "name := registry / 'api'",
  'commit := `git rev-parse HEAD`',
  '',
  '# the image',
  '@image TAG="dev" *more: test (check TAG)',
  '    docker buildx build \\',
  '      --push -t {{ name }}:{{TAG}} .',
  'test:',
  '    go test ./...',
  'check TAG:',
  '    #!/usr/bin/env python3',
  '    print("docker push x")',
].join('\n');

test('a recipe of a justfile gets its parameters from the call', () => {
  expect(published({ ...workflow('just image 1.0'), justfile })).toEqual(['workflow ghcr.io/acme/api:1.0 justfile:7']);
  expect(published({ ...workflow('just registry=quay.io/acme image'), justfile })).toEqual([
    'workflow quay.io/acme/api:dev justfile:7',
  ]);
  expect(published({ ...workflow('just --set registry quay.io/acme image'), justfile })).toEqual([
    'workflow quay.io/acme/api:dev justfile:7',
  ]);
  expect(published({ ...workflow('just -f ops/justfile image'), 'ops/justfile': justfile })).toEqual([
    'workflow ghcr.io/acme/api:dev ops/justfile:7',
  ]);
});

test('a recipe runs those that it needs, and a shell of its own where it says so', () => {
  expect(
    published({
      ...workflow('just release'),
      '.justfile': 'release: push\npush:\n  #!/bin/sh\n  name=ghcr.io/acme/api\n  docker push $name:{{ env("TAG") }}\n',
    }),
  ).toEqual(['workflow ghcr.io/acme/api:$____________ .justfile:5']);
});

test('without a recipe just runs the first; a file of another folder is not called', () => {
  expect(published({ ...workflow('just'), justfile: 'all:\n  docker push ghcr.io/acme/api\n' })).toEqual([
    'workflow ghcr.io/acme/api:latest justfile:2',
  ]);
  expect(published({ ...workflow('just all'), 'ops/justfile': 'all:\n  docker push ghcr.io/acme/api\n' })).toEqual([
    'just ghcr.io/acme/api:latest ops/justfile:2',
  ]);
});
