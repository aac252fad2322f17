import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

function published(step: string) {
  const { publications } = buildGraph(
    documentsOf({
      '.github/workflows/release.yml': `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - ${step}\n`,
      '.goreleaser.yaml': 'npms:\n  - name: "@acme/cli"\n',
      '.goreleaser.service.yaml': 'dockers_v2:\n  - images: [ghcr.io/acme/service]\n',
    }),
  );
  return publications.map(({ kind, names }) => `${kind} ${names.join(' ')}`);
}

const action = (args: string) => `{ uses: goreleaser/goreleaser-action@v6, with: { args: ${args} } }`;

test('a part of a split release publishes nothing; the step that puts the parts together publishes', () => {
  for (const step of [action('release --clean --split'), 'run: goreleaser release --split'])
    expect(published(step)).toEqual([]);
  for (const step of [action('continue --merge'), action('publish --merge'), 'run: goreleaser continue --merge'])
    expect(published(step)).toEqual(['npm @acme/cli']);
});

test('a configuration that is not named publishes nothing', () => {
  expect(published(action('release --clean'))).toEqual(['npm @acme/cli']);
  expect(published(action('release --config .goreleaser.service.yaml'))).toEqual(['image ghcr.io/acme/service']);
});
