import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

function published(step: string, files: Readonly<Record<string, string>> = {}) {
  const { publications } = buildGraph(
    documentsOf({
      '.github/workflows/release.yml': `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - ${step}\n`,
      ...files,
    }),
  );
  return publications.map(({ kind, names, attestations }) => `${kind} ${names.join(' ')} ${attestations.status}`);
}

test('a task of another language that says that it pushes images publishes, in a way that is not known', () => {
  for (const run of [
    'nix run .#push-images -- ghcr.io/acme/app',
    'task publish-image -- ghcr.io/acme/app',
    'bazel run //app:image.push -- ghcr.io/acme/app',
  ])
    expect(published(`run: ${run}`)).toEqual(['image ghcr.io/acme/app opaque']);
  expect(published('run: earthly +docker-push')).toEqual(['image  opaque']);
});

test('one that says nothing of it, or only builds, publishes nothing', () => {
  for (const run of [
    'nix build .#push-images',
    'nix run .#test',
    'task push',
    'mage image:build',
    'bazel build //app:image',
  ])
    expect(published(`run: ${run}`)).toEqual([]);
});

test('an action of others that says that it pushes a chart publishes it', () => {
  const given = 'with: { registry: ghcr.io, registry_namespace: acme/charts, name: app }';
  for (const uses of ['acme/actions/push-helm-chart@v1', 'acme/helm-push@v1', 'acme/publish-chart@v1'])
    expect(published(`{ uses: ${uses}, ${given} }`)).toEqual(['helm ghcr.io/acme/charts/app opaque']);
  for (const uses of ['acme/setup-helm@v1', 'acme/chart-testing@v1', 'acme/push-chart-data@v1'])
    expect(published(`{ uses: ${uses}, ${given} }`)).toEqual([]);
});

test('skaffold pushes its artifacts below the repository that it is given', () => {
  const files = {
    'skaffold.yaml':
      'apiVersion: skaffold/v3\nkind: Config\nbuild:\n  artifacts:\n    - image: api\n    - image: ghcr.io/acme/web\n',
  };
  expect(published('run: skaffold run --default-repo=quay.io/acme', files)).toEqual([
    'image quay.io/acme/api quay.io/acme/ghcr.io_acme_web opaque',
  ]);
  expect(published('run: skaffold build', files)).toEqual(['image ghcr.io/acme/web opaque']);
  expect(published('run: skaffold build --push=false -d quay.io/acme', files)).toEqual([]);
  expect(published('run: skaffold run --default-repo=localhost:5000', files)).toEqual([]);
  expect(published('run: skaffold render -d quay.io/acme', files)).toEqual([]);
  expect(published('run: skaffold run -d quay.io/acme')).toEqual([]);
});
