import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { wrongSubject } from './wrong-subject.ts';

const release = '.github/workflows/release.yml';
const dockerfiles = {
  Dockerfile: 'FROM scratch\n',
  'api/Dockerfile': 'FROM scratch\n',
  'web/Dockerfile': 'FROM scratch\n',
};

const none = (files: Record<string, string>) => expect(faultsOf(wrongSubject, files)).resolves.toEqual([]);

function indented(text: string, by: number): string {
  return text.trimEnd().replace(/^(?=.)/gm, ' '.repeat(by)) + '\n';
}

function job(id: string, steps: string, keys = ''): string {
  return `  ${id}:\n${indented(keys, 4)}    runs-on: ubuntu-24.04\n    steps:\n${indented(steps, 6)}`.replace(
    /\n\n/g,
    '\n',
  );
}

const workflow = (...jobs: readonly string[]) => ({ [release]: `on: push\njobs:\n${jobs.join('')}`, ...dockerfiles });
const steps = (text: string, keys = '') => workflow(job('image', text, keys));

const push = (id: string, name = `ghcr.io/acme/${id}`) =>
  `- id: ${id}\n  uses: docker/build-push-action@v6\n  with: { context: "${id}", push: true, tags: "${name}:\${{ github.sha }}" }\n`;
const attest = (name: string, digest: string, action = 'actions/attest@v4') =>
  `- uses: ${action}\n  with:\n    subject-name: ${name}\n    subject-digest: ${digest}\n`;
const digestOf = (id: string, output = 'digest') => `\${{ steps.${id}.outputs.${output} }}`;

test.each(['actions/attest@v4', 'actions/attest-build-provenance@v3', 'actions/attest-sbom@v3'])(
  '%s with the digest of another image',
  async (action) => {
    await none(steps(push('api') + push('web') + attest('ghcr.io/acme/web', `«${digestOf('api')}»`, action)));
    await none(steps(push('api') + push('web') + attest('ghcr.io/acme/web', digestOf('web'), action)));
  },
);

test.each([
  ['docker.io/acme/api', 'acme/api'],
  ['index.docker.io/acme/api', 'docker.io/acme/api'],
  ['ghcr.io/Acme/api', 'ghcr.io/acme/api'],
])('%s is %s', async (subject, name) => {
  await none(steps(push('api', name) + attest(subject, digestOf('api'))));
});

test('an image that goes to two registries has two names', async () => {
  const both = `- id: api
  uses: docker/build-push-action@v6
  with:
    push: true
    tags: |
      ghcr.io/acme/api:\${{ github.sha }}
      docker.io/acme/api:\${{ github.sha }}
`;
  await none(steps(both + attest('ghcr.io/acme/api', digestOf('api')) + attest('docker.io/acme/api', digestOf('api'))));
});

test('a copy in another registry has the same digest', async () => {
  const copy = '- run: crane copy ghcr.io/acme/api@${{ steps.api.outputs.digest }} registry.example.com/acme/api:1\n';
  await none(steps(push('api') + copy + attest('registry.example.com/acme/api', digestOf('api'))));
});

test('names that are only known in the run are compared as far as they are literal', async () => {
  const name = (image: string) => `ghcr.io/\${{ github.repository_owner }}/${image}`;
  const pushes = push('api', name('api')) + push('web', name('web'));
  await none(steps(pushes + attest(name('web'), `«${digestOf('api')}»`)));
  await none(steps(pushes + attest(name('web'), digestOf('web'))));
  await none(steps(pushes + attest('ghcr.io/${{ github.repository }}', digestOf('api'))));
});

test('a name with a tag, wherever that comes from', async () => {
  await none(steps(push('api') + attest('«ghcr.io/acme/api:1.0.0»', digestOf('api'))));
  await none(steps(push('api') + attest('«ghcr.io/acme/api:${{ github.sha }}»', digestOf('api'))));
  const env = 'env: { IMAGE: "ghcr.io/acme/api:latest" }';
  await none(steps(push('api') + attest('«${{ env.IMAGE }}»', digestOf('api')), env));
  const meta = '- id: meta\n  uses: docker/metadata-action@v5\n  with: { images: ghcr.io/acme/api }\n';
  await none(steps(meta + push('api') + attest('«${{ steps.meta.outputs.tags }}»', digestOf('api'))));
});

test('a port is no tag, and neither is what stands in the name of a file', async () => {
  const name = 'registry.example.com:5000/acme/api';
  await none(steps(push('api', name) + attest(name, digestOf('api'))));
  await none(steps('- uses: actions/attest@v4\n  with: { subject-path: "dist/*", subject-name: "api:1.0.0" }\n'));
});

test('the digest comes through the outputs of a job', async () => {
  const outputs = `outputs:\n  api: ${digestOf('api')}\n  web: ${digestOf('web')}\n`;
  const image = job('image', push('api') + push('web'), outputs);
  const proof = (digest: string) => job('proof', attest('ghcr.io/acme/web', digest), 'needs: image');
  await none(workflow(image, proof('«${{ needs.image.outputs.api }}»')));
  await none(workflow(image, proof('${{ needs.image.outputs.web }}')));
});

test('and through a variable, a script or an inspection', async () => {
  const through = (script: string, read: string) =>
    steps(`${push('api')}${push('web')}- id: out\n  run: |\n${indented(script, 4)}${attest('ghcr.io/acme/web', read)}`);
  const write = 'echo "digest=${{ steps.api.outputs.digest }}" >> "$GITHUB_OUTPUT"';
  await none(through(write, '«${{ steps.out.outputs.digest }}»'));
  await none(through(write.replace('api', 'web'), '${{ steps.out.outputs.digest }}'));
  await none(through('echo "DIGEST=${{ steps.api.outputs.digest }}" >> "$GITHUB_ENV"', '«${{ env.DIGEST }}»'));
  const ask = (name: string) =>
    `D=$(crane digest ghcr.io/acme/${name}:$GITHUB_SHA)\necho "digest=$D" >> "$GITHUB_OUTPUT"`;
  await none(through(ask('api'), '«${{ steps.out.outputs.digest }}»'));
  await none(through(ask('web'), '${{ steps.out.outputs.digest }}'));
});

test('the metadata file of a command names its image', async () => {
  const build = (name: string) =>
    `docker buildx build --push --metadata-file ${name}.json -t ghcr.io/acme/${name}:1.0.0 ${name}`;
  const read = (name: string) => `echo "digest=$(jq -r '."containerimage.digest"' ${name}.json)" >> "$GITHUB_OUTPUT"`;
  const files = (name: string, digest: string) =>
    steps(
      `- id: out\n  run: |\n${indented(`${build('api')}\n${build('web')}\n${read(name)}`, 4)}${attest('ghcr.io/acme/web', digest)}`,
    );
  await none(files('api', '«${{ steps.out.outputs.digest }}»'));
  await none(files('web', '${{ steps.out.outputs.digest }}'));
});

test('each target of bake has a digest of its own', async () => {
  const hcl = {
    'docker-bake.hcl': ['api', 'web']
      .map((name) => `target "${name}" {\n  context = "."\n  tags = ["ghcr.io/acme/${name}:1"]\n}\n`)
      .concat('group "default" { targets = ["api", "web"] }\n')
      .join(''),
  };
  const bake = '- id: bake\n  uses: docker/bake-action@v6\n  with: { source: ., push: true }\n';
  const read = (target: string) =>
    `\${{ fromJSON(steps.bake.outputs.metadata)['${target}']['containerimage.digest'] }}`;
  await none({ ...steps(bake + attest('ghcr.io/acme/api', `«${read('web')}»`)), ...hcl });
  await none({ ...steps(bake + attest('ghcr.io/acme/api', read('api'))), ...hcl });
});

test('the legs of a matrix are compared each by itself', async () => {
  const matrix = 'strategy: { matrix: { app: [api, web] } }';
  const one = push('push', 'ghcr.io/acme/${{ matrix.app }}');
  await none(steps(one + attest('ghcr.io/acme/${{ matrix.app }}', digestOf('push')), matrix));
  await none(steps(one + attest('ghcr.io/acme/api', `«${digestOf('push')}»`), matrix));
});

test('the generator of SLSA is given an image and its digest', async () => {
  const outputs = `outputs:\n  digest: ${digestOf('api')}\n`;
  const generator = (image: string, digest: string) =>
    `  provenance:\n    needs: image\n    uses: slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@v2.1.0\n    with:\n      image: ${image}\n      digest: ${digest}\n`;
  const read = '${{ needs.image.outputs.digest }}';
  const image = job('image', push('api'), outputs);
  await none(workflow(image, generator('ghcr.io/acme/api', read)));
  await none(workflow(image, generator('«ghcr.io/acme/api:1.0.0»', read)));
  await none(workflow(image, generator('«ghcr.io/acme/web»', read)));
});

test('cosign attest names image and digest in one word', async () => {
  const cosign = (subject: string) =>
    `- run: cosign attest --yes --type slsaprovenance1 --predicate p.json ${subject}\n`;
  const pushes = push('api') + push('web');
  await none(steps(pushes + cosign(`ghcr.io/acme/api@${digestOf('api')}`)));
  await none(steps(pushes + cosign(`«ghcr.io/acme/web@${digestOf('api')}»`)));
  await none(steps(pushes + cosign('ghcr.io/acme/web:1.0.0')));
});

test('a name that nothing is pushed under is the mistake, not the digest', async () => {
  await none(steps(push('api') + attest('«ghcr.io/acme/app»', digestOf('api'))));
});

test('what is no digest of a registry', async () => {
  await none(steps(push('api') + attest('ghcr.io/acme/api', `«${digestOf('api', 'imageid')}»`)));
  await none(steps(push('api') + attest('ghcr.io/acme/api', '«sha256:${{ github.sha }}»')));
});

test('a digest that nothing gives is not judged here', async () => {
  await none(steps(push('api') + attest('ghcr.io/acme/api', digestOf('nothing'))));
  await none(steps(push('api') + attest('ghcr.io/acme/other', '${{ inputs.digest }}')));
});

const platforms = `- id: push
  uses: docker/build-push-action@v6
  with:
    platforms: \${{ matrix.platform }}
    outputs: type=image,name=ghcr.io/acme/api,push-by-digest=true,push=true
- run: touch "digests/\${{ steps.push.outputs.digest }}"
`;
const matrix = 'strategy: { matrix: { platform: [linux/amd64, linux/arm64] } }';
const create = `- run: docker buildx imagetools create --metadata-file index.json -t ghcr.io/acme/api:1.0.0 $(printf 'ghcr.io/acme/api@%s ' *)
- id: index
  run: echo "digest=$(jq -r '."containerimage.digest"' index.json)" >> "$GITHUB_OUTPUT"
`;

test('one platform is not the image that is published', async () => {
  const own = job('image', platforms + attest('ghcr.io/acme/api', `«${digestOf('push')}»`), matrix);
  await none(workflow(own, job('merge', create, 'needs: image')));
  await none(
    workflow(
      job('image', platforms, matrix),
      job('merge', create + attest('ghcr.io/acme/api', digestOf('index')), 'needs: image'),
    ),
  );
});

test('a platform may be attested beside the index', async () => {
  const own = job('image', platforms + attest('ghcr.io/acme/api', digestOf('push')), matrix);
  await none(workflow(own, job('merge', create + attest('ghcr.io/acme/api', digestOf('index')), 'needs: image')));
});

test('a composite action is judged by what it is given', async () => {
  const action = `name: attest
inputs: { name: { required: true }, digest: { required: true } }
runs:
  using: composite
  steps:
${indented(attest('${{ inputs.name }}', 'DIGEST'), 4)}`;
  const call = (id: string) => `- uses: ./attest\n  with: { name: ghcr.io/acme/api, digest: "${digestOf(id)}" }\n`;
  const files = (id: string, digest: string) => ({
    ...steps(push('api') + push('web') + call(id)),
    'attest/action.yml': action.replace('DIGEST', digest),
  });
  await none(files('api', '${{ inputs.digest }}'));
  await none(files('web', '«${{ inputs.digest }}»'));
});

test.each([
  [attest('ghcr.io/acme/web', digestOf('api')), 'holds the digest of ghcr.io/acme/api'],
  [attest('ghcr.io/acme/api:1', digestOf('api')), 'is named ghcr.io/acme/api:1, with a tag'],
])('the message for %s names both images', async (step, text) => {
  const { findings } = await runExample(wrongSubject, steps(push('api') + push('web') + step));
  expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining(text)]);
});
