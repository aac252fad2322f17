import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { missingSbom } from './missing-sbom.ts';

const workflow = (steps: string): Record<string, string> => ({
  '.github/workflows/a.yml': `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    env: { KO_DOCKER_REPO: ghcr.io/acme/ko }\n    steps:\n${steps.replace(/^/gm, '      ').trimEnd()}\n`,
  Dockerfile: 'FROM scratch\n',
});
const build = (inputs: string, uses = 'docker/build-push-action@v7'): string =>
  `- id: push\n  uses: ${uses}\n  with:\n    context: .\n    push: true\n    tags: ghcr.io/acme/api:1\n${inputs.replace(/^/gm, '    ')}\n`;
const marked = '«docker/build-push-action@v7»';
const faults = (steps: string, files: Record<string, string> = {}) =>
  faultsOf(missingSbom, { ...workflow(steps), ...files });

test('each way of asking the build for one', async () => {
  for (const asked of ['sbom: true', 'sbom: generator=docker/scout-sbom-indexer', 'attests: type=sbom'])
    expect(await faults(build(asked))).toEqual([]);
  expect(await faults(build('sbom: false', marked))).toEqual([]);
  expect(await faults(build('sbom: ${{ vars.SBOM }}'))).toEqual([]);
  expect(await faults('- run: docker buildx build --push --sbom=true -t ghcr.io/acme/api:1 .')).toEqual([]);
});

test('a bake file may ask as text or as an object', async () => {
  const bake = (attest: string): Record<string, string> => ({
    'docker-bake.hcl': `target "default" {\n  tags = ["ghcr.io/acme/api:1"]\n  attest = [${attest}]\n}\n`,
  });
  expect(await faults('- run: docker buildx bake --push', bake('"type=sbom"'))).toEqual([]);
  expect(await faults('- run: docker buildx bake --push', bake('{ type = "sbom" }'))).toEqual([]);
  expect(await faults('- run: «docker buildx bake --push»', bake('"type=provenance,mode=max"'))).toEqual([]);
});

test('what goes through the daemon keeps none', async () => {
  expect(await faults('- run: docker build -t ghcr.io/acme/api:1 .\n- run: «docker push ghcr.io/acme/api:1»')).toEqual(
    [],
  );
});

test('one that another step makes of the image counts, one of another image does not', async () => {
  const digest = '${{ steps.push.outputs.digest }}';
  const syft = (image: string): string => `- run: syft ghcr.io/acme/${image}@${digest} -o spdx-json > sbom.json`;
  expect(await faults(build('') + syft('api'))).toEqual([]);
  const attest = `- uses: actions/attest@v4\n  with: { sbom-path: s.json, subject-name: ghcr.io/acme/api, subject-digest: "${digest}" }`;
  expect(await faults(build('') + attest)).toEqual([]);
  expect(await faults(`${build('', marked)}- run: syft ghcr.io/acme/other:1 -o spdx-json > sbom.json`)).toEqual([]);
});

test('ko, pack and apko bring their own', async () => {
  const steps =
    '- run: ko build --bare ./cmd/api\n- run: pack build ghcr.io/acme/web --publish\n- run: apko publish a.yaml ghcr.io/acme/a:1\n- run: «ko build --bare --sbom=none ./cmd/api»';
  expect(await faults(steps)).toEqual([]);
});

test('the help says where the build is asked: the command, or the options of an executor', async () => {
  const helpOf = async (files: Record<string, string>): Promise<string | undefined> =>
    (await runExample(missingSbom, files, { preset: 'strict' })).findings[0]?.help;
  expect(await helpOf(workflow('- run: docker buildx build --push -t ghcr.io/acme/api:1 .'))).toBe(
    'Add --sbom=true to the build, which also pushes',
  );
  const executor = (options: string): Record<string, string> => ({
    ...workflow('- run: npx nx run api:ship'),
    'nx.json': '{}',
    'apps/api/project.json': `{ "name": "api", "targets": { "ship": { "executor": "@nx-tools/nx-container:build", "options": { "push": true, "tags": ["ghcr.io/acme/api:1"]${options} } } } }`,
    'apps/api/Dockerfile': 'FROM scratch\n',
  });
  expect(await helpOf(executor(''))).toBe('Add "sbom": true to the options of the executor that builds it');
  expect(await helpOf(executor(', "sbom": true'))).toBeUndefined();
});
