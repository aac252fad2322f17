import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

const step = (run: string): string => `      - run: |\n${run.replace(/^/gm, '          ')}\n`;

const built = (name: string): string =>
  `      - uses: docker/build-push-action@v6\n        with: { outputs: "type=image,name=${name},push-by-digest=true,push=true" }\n`;

function published(steps: string) {
  const { publications } = buildGraph(
    documentsOf({
      '.github/workflows/release.yml': `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`,
      Dockerfile: 'FROM scratch\n',
    }),
  );
  return publications.map(({ names, tags }) => [...names, ...tags.map(({ tag }) => tag)]);
}

test('what is added to a variable stands behind what it was', () => {
  const run = 'REPO=ghcr.io/acme\nREPO+=/api\ndocker buildx build --push -t "$REPO:1" .';
  expect(published(step(run))).toEqual([['ghcr.io/acme/api', '1']]);
});

test('an index is made of the digests that an array names', () => {
  const merge = (name: string): string =>
    step(
      `sources=()\nfor file in digests/*; do\n  sources+=("${name}@$(cat "$file")")\ndone\ndocker buildx imagetools create "\${tags[@]}" "\${sources[@]}"`,
    );
  expect(
    published(
      built('ghcr.io/acme/api') + built('quay.io/acme/api') + merge('ghcr.io/acme/api') + merge('quay.io/acme/api'),
    ),
  ).toEqual([['ghcr.io/acme/api'], ['quay.io/acme/api']]);
});
