import { describe, expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

/** Kind and names of what the steps of a job publish, and where to, if not to the public index. */
function published(steps: string, files: Record<string, string> = {}): readonly (readonly unknown[])[] {
  const workflow = `on: push\npermissions: { id-token: write }\njobs:\n  release:\n    runs-on: ubuntu-24.04\n    steps:\n${steps.replace(/^/gm, '      ').trimEnd()}\n`;
  return buildGraph(documentsOf({ '.github/workflows/a.yml': workflow, ...files })).publications.map(
    ({ kind, names, registry }) => (registry === undefined ? [kind, ...names] : [kind, ...names, `-> ${registry}`]),
  );
}

const workspace = {
  'package.json':
    '{ "name": "root", "private": true, "workspaces": ["packages/*"], "scripts": { "release": "changeset publish", "tag": "changeset tag" } }',
  'packages/a/package.json': '{ "name": "@acme/a", "version": "1.0.0" }',
  'packages/b/package.json': '{ "name": "@acme/b", "version": "1.0.0", "private": true }',
};

describe('npm', () => {
  test.each([
    ['- run: npx changeset publish'],
    ['- run: npm run release'],
    ['- run: npx lerna publish from-package --yes'],
    ['- run: npx nx release publish'],
    ['- run: pnpm -r publish --no-git-checks'],
    ['- uses: changesets/action@v1\n  with: { publish: npm run release }'],
  ])('all packages of a workspace that are not private: %s', (steps) => {
    expect(published(steps, workspace)).toEqual([['npm', '@acme/a']]);
  });

  test.each([
    ['- run: npx nx release --skip-publish'],
    ['- run: npx nx release version'],
    ['- run: npm publish'],
    ['- run: npx semantic-release'],
    ['- uses: changesets/action@v1\n  with: { version: npm run version }'],
    ['- uses: changesets/action@v1\n  with: { publish: npm run tag }'],
  ])('nothing: %s', (steps) => {
    expect(published(steps, workspace)).toEqual([]);
  });

  test('semantic-release publishes by its npm plugin, which is a default one', () => {
    const own = { 'package.json': '{ "name": "lib" }' };
    const steps = '- run: npx semantic-release';
    expect(published(steps, own)).toEqual([['npm', 'lib']]);
    expect(published(steps, { ...own, '.releaserc': 'plugins: ["@semantic-release/github"]' })).toEqual([]);
    expect(
      published(steps, { ...own, '.releaserc': '{"plugins": [["@semantic-release/npm", {"npmPublish": false}]]}' }),
    ).toEqual([]);
  });

  test('a folder, a package and a registry that are named', () => {
    const files = { ...workspace, 'lib/package.json': '{ "name": "lib" }' };
    expect(published('- run: npm publish ./lib', files)).toEqual([['npm', 'lib']]);
    expect(published('- run: yarn workspace @acme/a npm publish', files)).toEqual([['npm', '@acme/a']]);
    expect(
      published('- run: npm publish --registry https://npm.pkg.github.com\n  working-directory: lib', files),
    ).toEqual([['npm', 'lib', '-> https://npm.pkg.github.com']]);
  });
});

describe('other indexes', () => {
  test.each([
    ['- uses: pypa/gh-action-pypi-publish@v1', { 'pyproject.toml': '[project]\nname = "acme"\n' }, ['pypi', 'acme']],
    [
      '- run: twine upload --repository testpypi dist/*',
      { 'setup.cfg': '[metadata]\nname = acme\n' },
      ['pypi', 'acme', '-> https://test.pypi.org'],
    ],
    ['- run: cargo publish -p acme-core', {}, ['crates', 'acme-core']],
    ['- run: cargo publish', { 'Cargo.toml': '[package]\nname = "acme"\n' }, ['crates', 'acme']],
    ['- uses: rubygems/release-gem@v1', { 'acme.gemspec': '' }, ['rubygems', 'acme']],
    ['- run: gem push acme-*.gem', { 'acme.gemspec': '' }, ['rubygems', 'acme']],
    ['- run: dotnet nuget push "*.nupkg" -s https://api.nuget.org/v3/index.json', {}, ['nuget']],
    [
      '- run: mvn -B deploy',
      { 'pom.xml': '<project><parent><artifactId>p</artifactId></parent><artifactId>acme</artifactId></project>' },
      ['maven', 'acme'],
    ],
    ['- run: ./gradlew publish', {}, ['maven']],
    [
      '- run: helm push acme-1.0.0.tgz oci://ghcr.io/acme/charts',
      { 'charts/acme/Chart.yaml': 'name: acme\n' },
      ['helm', 'ghcr.io/acme/charts/acme', '-> oci://ghcr.io/acme/charts'],
    ],
    [
      '- uses: helm/chart-releaser-action@v1',
      { 'charts/acme/Chart.yaml': 'name: acme\n', 'charts/lamp/Chart.yaml': 'name: lamp\n' },
      ['helm', 'acme', 'lamp'],
    ],
  ] as const)('%s', (steps, files, expected) => {
    expect(published(steps, files)).toEqual([expected]);
  });

  test.each([
    ['- run: cargo publish --dry-run'],
    ['- run: ./gradlew publishToMavenLocal'],
    ['- run: mvn verify'],
    ['- run: poetry build'],
  ])('nothing: %s', (steps) => {
    expect(published(steps)).toEqual([]);
  });
});

describe('images of other tools', () => {
  test('goreleaser pushes what its configuration lists, with the names that it fills in', () => {
    const steps = '- uses: goreleaser/goreleaser-action@v6\n  with: { args: release --clean }';
    const configuration =
      'project_name: acme\ndockers:\n  - image_templates: ["ghcr.io/acme/{{ .ProjectName }}:{{ .Tag }}-amd64"]\n  - image_templates: [ghcr.io/acme/off]\n    skip_push: true\ndocker_manifests:\n  - name_template: ghcr.io/acme/acme:{{ .Tag }}\nnpms:\n  - name: "@acme/cli"\n';
    expect(published(steps, { '.goreleaser.yaml': configuration })).toEqual([
      ['image', 'ghcr.io/acme/acme'],
      ['npm', '@acme/cli'],
    ]);
    expect(published(steps, { '.goreleaser.yaml': 'builds: []\n' })).toEqual([]);
    expect(published(steps.replace('--clean', '--snapshot'), { '.goreleaser.yaml': configuration })).toEqual([]);
  });

  test('ko names an image below KO_DOCKER_REPO, which setup-ko sets by itself', () => {
    const ko = (command: string, repository = 'env: { KO_DOCKER_REPO: ghcr.io/acme }'): string =>
      `- run: ${command}\n  ${repository}`;
    expect(published(ko('ko build --bare ./cmd/api'))).toEqual([['image', 'ghcr.io/acme']]);
    expect(published(ko('ko build -B ./cmd/api ./cmd/web'))).toEqual([
      ['image', 'ghcr.io/acme/api', 'ghcr.io/acme/web'],
    ]);
    expect(published(ko('ko resolve -f config/'))).toEqual([['image', 'ghcr.io/acme/*']]);
    expect(published(`- uses: ko-build/setup-ko@v0.9\n${ko('ko build --bare .', '')}`)).toEqual([
      ['image', 'ghcr.io/${{ github.repository }}'],
    ]);
    expect(published(ko('ko build --bare .').replace('ghcr.io/acme', 'ko.local'))).toEqual([]);
  });

  test('builds that run elsewhere, and actions that push what another step built', () => {
    expect(published('- run: gcloud builds submit --tag eu.gcr.io/acme/api:1 .')).toEqual([
      ['image', 'eu.gcr.io/acme/api'],
    ]);
    expect(published('- run: az acr build -r acme -t api:1 .')).toEqual([['image', 'acme.azurecr.io/api']]);
    const steps =
      '- uses: redhat-actions/buildah-build@v2\n  with: { image: api, tags: v1, containerfiles: ./Containerfile }\n- uses: redhat-actions/push-to-registry@v2\n  with: { image: api, registry: quay.io/acme, tags: v1 }';
    expect(published(steps, { Containerfile: 'FROM scratch\n' })).toEqual([['image', 'quay.io/acme/api']]);
  });

  test('an action or a workflow of others that is told to push an image', () => {
    const image = 'image: ghcr.io/acme/api';
    expect(published(`- uses: acme/build@v1\n  with: { ${image}, push: true }`)).toEqual([
      ['image', 'ghcr.io/acme/api'],
    ]);
    expect(published(`- uses: acme/build@v1\n  with: { ${image}, push: false }`)).toEqual([]);
    expect(published(`- uses: acme/scan@v1\n  with: { ${image} }`)).toEqual([]);
  });

  test('nx release pushes the images of the projects that are released by Docker', () => {
    const files = {
      'nx.json':
        '{ "release": { "docker": { "registryUrl": "ghcr.io" }, "groups": { "apps": { "projects": ["api"], "docker": true } } } }',
      'package.json': '{ "name": "root", "private": true }',
      'apps/api/project.json': '{ "name": "api", "release": { "docker": { "repositoryName": "acme/api" } } }',
      'apps/api/Dockerfile': 'FROM scratch\n',
      'apps/web/project.json': '{ "name": "web" }',
      'apps/web/Dockerfile': 'FROM scratch\n',
    };
    expect(published('- run: npx nx release publish', files)).toEqual([['image', 'ghcr.io/acme/api']]);
    expect(published('- run: npx nx release version', files)).toEqual([]);
  });
});
