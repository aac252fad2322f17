import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { disabledAttestation } from './disabled-attestation.ts';
import { missingAttestation } from './missing-attestation.ts';

const workflow = (steps: string, env = ''): Record<string, string> => ({
  '.github/workflows/a.yml': `on: push\n${env}jobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n${steps.replace(/^/gm, '      ').trimEnd()}\n`,
  Dockerfile: 'FROM scratch\n',
});
const build = (inputs: string): string =>
  `- id: push\n  uses: docker/build-push-action@v7\n  with:\n    context: .\n    tags: ghcr.io/acme/api:1\n${inputs.replace(/^/gm, '    ')}\n`;
const faults = (files: Record<string, string>, preset: 'recommended' | 'strict' = 'strict') =>
  faultsOf(disabledAttestation, files, { preset });

test('every way to write the switch', async () => {
  const steps = `${build('push: true\nprovenance: «false»')}${build('push: true\nattests: «type=provenance,disabled=true»')}- run: docker buildx build --push «--provenance=false» -t ghcr.io/acme/b:1 .\n- run: docker buildx build --push «--attest type=provenance,disabled=true» -t ghcr.io/acme/c:1 .\n- run: BUILDX_NO_DEFAULT_ATTESTATIONS=1 docker buildx build --push -t ghcr.io/acme/d:1 .`;
  const marked = steps.replace('BUILDX_NO_DEFAULT_ATTESTATIONS=1 ', '«BUILDX_NO_DEFAULT_ATTESTATIONS=1» ');
  expect(await faults(workflow(marked))).toEqual([]);
});

test('one variable of the workflow is one finding, whatever it switches off', async () => {
  const two = build('push: true') + build('push: true').replace('api:1', 'web:1').replace('id: push', 'id: web');
  expect(await faults(workflow(two, 'env:\n  BUILDX_NO_DEFAULT_ATTESTATIONS: «true»\n'))).toEqual([]);
  expect(await faults(workflow(two, 'env:\n  BUILDX_NO_DEFAULT_ATTESTATIONS: false\n'))).toEqual([]);
});

test('a build that asks for it has it, whatever the variable says', async () => {
  const files = workflow(build('push: true\nprovenance: mode=max'), 'env: { BUILDX_NO_DEFAULT_ATTESTATIONS: 1 }\n');
  expect(await faults(files)).toEqual([]);
});

test('an exporter that drops it is the switch, and then missing-attestation does not speak', async () => {
  const files = workflow(
    `${build('outputs: «type=docker,dest=/tmp/api.tar»')}- run: |\n    docker load --input /tmp/api.tar\n    docker push ghcr.io/acme/api:1`,
  );
  expect(await faults(files)).toEqual([]);
  const unmarked = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replaceAll(/[«»]/g, '')]),
  );
  expect(await faultsOf(missingAttestation, unmarked)).toEqual([]);
});

test('loading alone is no switch, unless it drops what is asked for', async () => {
  const push = '- run: docker push ghcr.io/acme/api:1';
  expect(await faults(workflow(build('load: true') + push))).toEqual([]);
  expect(await faults(workflow(build('load: «true»\nprovenance: mode=max') + push))).toEqual([]);
});

test('what is not pushed may be switched off', async () => {
  expect(await faults(workflow(build('push: false\nprovenance: false')))).toEqual([]);
});

test('each platform that is put together has its own switch', async () => {
  const platform = (name: string): string =>
    `- run: docker buildx build --push «--provenance=false» --platform linux/${name} -t ghcr.io/acme/api:1-${name} .\n`;
  const merge =
    '- run: docker buildx imagetools create -t ghcr.io/acme/api:1 ghcr.io/acme/api:1-amd64 ghcr.io/acme/api:1-arm64';
  expect(await faults(workflow(platform('amd64') + platform('arm64') + merge))).toEqual([]);
});

test('a signature is proof enough in the recommended preset alone', async () => {
  const sign = '- run: cosign sign --yes ghcr.io/acme/api@${{ steps.push.outputs.digest }}';
  expect(await faults(workflow(build('push: true\nprovenance: false') + sign), 'recommended')).toEqual([]);
  expect(await faults(workflow(build('push: true\nprovenance: «false»') + sign))).toEqual([]);
});

test('an archive that another tool pushes', async () => {
  const archive = build('outputs: «type=docker,dest=out/api.tar»').replace('    tags: ghcr.io/acme/api:1\n', '');
  expect(await faults(workflow(`${archive}- run: crane push out/api.tar ghcr.io/acme/api:1`))).toEqual([]);
  expect(
    await faults(workflow(`${archive}- run: skopeo copy docker-archive:out/api.tar docker://ghcr.io/acme/api:1`)),
  ).toEqual([]);
  expect(
    await faults(workflow(`${archive.replaceAll(/[«»]/g, '')}- run: crane push out/web.tar ghcr.io/acme/web:1`)),
  ).toEqual([]);
});
