import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { discardedDigest } from './discarded-digest.ts';

const dockerfiles = { Dockerfile: 'FROM scratch\n' };

/** A workflow of one job, `image`, whose steps are given with no indentation. */
function workflow(steps: string, more = '', on = '{ push: { tags: ["v*"] } }'): Record<string, string> {
  const text = `on: ${on}\njobs:\n  image:\n    runs-on: ubuntu-24.04\n${more}    steps:\n${indented(steps, 6)}`;
  return { '.github/workflows/release.yml': text, ...dockerfiles };
}

function indented(text: string, by: number): string {
  return text.trimEnd().replace(/^(?=.)/gm, ' '.repeat(by)) + '\n';
}

const push = (uses: string, id = '') =>
  `- uses: ${uses}\n${id}  with: { push: true, tags: "ghcr.io/acme/api:${'${{ github.sha }}'}" }\n`;
const lost = push('«docker/build-push-action@v6»');
const kept = push('docker/build-push-action@v6', '  id: push\n');

const none = (files: Record<string, string>) => expect(faultsOf(discardedDigest, files)).resolves.toEqual([]);

test('a step whose id nothing reads throws its digest away', async () => {
  await none(workflow(push('«docker/build-push-action@v6»', '  id: push\n')));
});

test('a condition alone keeps nothing, and neither does the id of the local image', async () => {
  const lostWithId = push('«docker/build-push-action@v6»', '  id: push\n');
  await none(workflow(`${lostWithId}- if: steps.push.outputs.digest != ''\n  run: echo pushed\n`));
  await none(workflow(`${lostWithId}- run: docker run \${{ steps.push.outputs.imageid }}\n`));
});

test.each([
  ['a script', '- run: echo "${{ steps.push.outputs.digest }}" >> "$GITHUB_STEP_SUMMARY"\n'],
  ['a variable', '- run: ./deploy.sh\n  env: { DIGEST: "${{ steps.push.outputs.digest }}" }\n'],
  ['an input', '- uses: acme/deploy@v1\n  with: { image: "ghcr.io/acme/api@${{ steps.push.outputs.digest }}" }\n'],
  ['the metadata', "- run: echo '${{ steps.push.outputs.metadata }}' > build.json\n"],
  ['all outputs', "- run: echo '${{ toJSON(steps.push.outputs) }}' > outputs.json\n"],
  ['all steps', "- run: echo '${{ toJSON(steps) }}' > steps.json\n"],
  ['an index', "- run: echo ${{ steps['push']['outputs']['digest'] }}\n"],
  ['another case', '- run: echo ${{ steps.Push.outputs.DIGEST }}\n'],
])('%s that reads it keeps it', async (_, step) => {
  await none(workflow(kept + step));
});

test('the link of an environment keeps it', async () => {
  const environment =
    '    environment:\n      name: production\n      url: https://acme.example/${{ steps.push.outputs.digest }}\n';
  await none(workflow(kept, environment));
  await none(workflow(push('«docker/build-push-action@v6»', '  id: push\n'), environment.replace('digest', 'imageid')));
});

test.each([
  [
    'pack',
    '«pack build ghcr.io/acme/api --publish»',
    'pack build ghcr.io/acme/api --publish --report-output-dir report',
  ],
  ['bake', '«docker buildx bake --push»', 'docker buildx bake --push --metadata-file bake.json'],
  ['imagetools', 'docker buildx build --push --metadata-file a.json -t ghcr.io/acme/api:1 .', 'true'],
])('%s with and without an option for it', async (_, without, withOption) => {
  const hcl = { 'docker-bake.hcl': 'target "default" {\n  context = "."\n  tags = ["ghcr.io/acme/api:1"]\n}\n' };
  await none({ ...workflow(`- run: ${without}\n`), ...hcl });
  await none({ ...workflow(`- run: ${withOption}\n`), ...hcl });
});

test('of the metadata only the name is read', async () => {
  const step = "- run: echo ${{ fromJSON(steps.push.outputs.metadata)['image.name'] }}\n";
  await none(workflow(push('«docker/build-push-action@v6»', '  id: push\n') + step));
  const digest = "- run: echo ${{ fromJSON(steps.push.outputs.metadata)['containerimage.digest'] }}\n";
  await none(workflow(kept + digest));
});

test('an output of the job keeps it, whoever reads that', async () => {
  await none(workflow(kept, '    outputs:\n      digest: ${{ steps.push.outputs.digest }}\n'));
});

test('bake gives its digests in one output', async () => {
  const bake = (uses: string, id: string) =>
    `- uses: ${uses}\n${id}  with: { push: true, set: "*.tags=ghcr.io/acme/api:1.0.0" }\n`;
  const hcl = { 'docker-bake.hcl': 'group "default" { targets = ["api"] }\ntarget "api" { context = "." }\n' };
  await none({ ...workflow(bake('«docker/bake-action@v6»', '')), ...hcl });
  const read = "- run: echo '${{ fromJSON(steps.bake.outputs.metadata).api[''containerimage.digest''] }}'\n";
  await none({ ...workflow(bake('docker/bake-action@v6', '  id: bake\n') + read.replaceAll("''", "'")), ...hcl });
});

test.each([
  ['--metadata-file', 'docker buildx build --push --metadata-file out.json -t ghcr.io/acme/api:1.0.0 .'],
  ['bake --metadata-file', 'docker buildx bake --push --metadata-file=out.json'],
  ['--digestfile', 'buildah bud -t ghcr.io/acme/api:1.0.0 .\nbuildah push --digestfile d.txt ghcr.io/acme/api:1.0.0'],
  ['--digest-file', '/kaniko/executor --context . --destination ghcr.io/acme/api:1.0.0 --digest-file d.txt'],
  ['--image-refs', 'KO_DOCKER_REPO=ghcr.io/acme ko build --image-refs refs.txt ./cmd/api'],
  ['the reference that ko prints', 'IMAGE=$(KO_DOCKER_REPO=ghcr.io/acme ko build ./cmd/api)\necho "$IMAGE"'],
  [
    'what docker push prints',
    'docker build -t ghcr.io/acme/api:1.0.0 .\ndocker push ghcr.io/acme/api:1.0.0 | tee push.log',
  ],
  [
    'an inspection',
    'docker build -t ghcr.io/acme/api:1 .\ndocker push ghcr.io/acme/api:1\ncrane digest ghcr.io/acme/api:1',
  ],
  [
    'RepoDigests',
    "docker build -t ghcr.io/acme/api:1 .\ndocker push ghcr.io/acme/api:1\ndocker inspect --format='{{index .RepoDigests 0}}' ghcr.io/acme/api:1",
  ],
])('%s keeps it', async (_, script) => {
  await none(workflow(`- run: |\n${indented(script, 4)}`));
});

test.each([
  ['--iidfile', '«docker buildx build --push --iidfile id.txt -t ghcr.io/acme/api:1.0.0 .»'],
  ['docker push', 'docker build -t ghcr.io/acme/api:1.0.0 .\n«docker push ghcr.io/acme/api:1.0.0»'],
  [
    'docker push to nowhere',
    'docker build -t ghcr.io/acme/api:1.0.0 .\n«docker push ghcr.io/acme/api:1.0.0 > /dev/null»',
  ],
  ['podman push', 'podman build -t ghcr.io/acme/api:1.0.0 .\n«podman push ghcr.io/acme/api:1.0.0»'],
  ['kaniko', '«/kaniko/executor --context . --destination ghcr.io/acme/api:1.0.0»'],
  [
    'a local inspection',
    'docker build -t ghcr.io/acme/api:1 .\n«docker push ghcr.io/acme/api:1»\ndocker inspect ghcr.io/acme/api:1',
  ],
  [
    'an inspection of another',
    'docker build -t ghcr.io/acme/api:1 .\n«docker push ghcr.io/acme/api:1»\ncrane digest alpine:3',
  ],
  [
    'a signature by tag',
    'docker build -t ghcr.io/acme/api:1 .\n«docker push ghcr.io/acme/api:1»\ncosign sign --yes ghcr.io/acme/api:1',
  ],
])('%s keeps nothing', async (_, script) => {
  await none(workflow(`- run: |\n${indented(script, 4)}`));
});

test('a registry of the run, a cache and what is not pushed have no digest to keep', async () => {
  await none(workflow('- uses: docker/build-push-action@v6\n  with: { push: true, tags: "localhost:5000/api:1" }\n'));
  await none(workflow('- uses: docker/build-push-action@v6\n  with: { load: true, tags: "ghcr.io/acme/api:1" }\n'));
  await none(
    workflow('- uses: docker/build-push-action@v6\n  with: { cache-to: "type=registry,ref=ghcr.io/acme/api:cache" }\n'),
  );
});

test('what only pull requests push is a preview', async () => {
  const steps = push('docker/build-push-action@v6');
  await none(workflow(steps, '', '[pull_request]'));
  await none(workflow(steps, "    if: github.event_name == 'pull_request'\n", '[push, pull_request]'));
  await none(workflow(lost, '', '[push, pull_request]'));
});

test('what has the tag of a pull request or a cache is no release', async () => {
  const tagged = (tag: string, uses = 'docker/build-push-action@v6') =>
    `- uses: ${uses}\n  with: { push: true, tags: "ghcr.io/acme/api:${tag}" }\n`;
  await none(workflow(tagged('pr-${{ github.event.number }}'), '', '[pull_request, workflow_dispatch]'));
  await none(workflow(tagged('buildcache')));
  await none(workflow(tagged('pr-fixes', '«docker/build-push-action@v6»')));
});

test('an action that is not known says nothing of digests, and one that may read them leaves it open', async () => {
  await none(workflow('- uses: whoan/docker-build-with-cache-action@v8\n  with: { image_name: acme/api }\n'));
  await none(workflow(`${push('docker/build-push-action@v6')}- uses: acme/image-digest-action@v1\n`));
});

test('the platforms of an index are read to make it; the digest of the index counts', async () => {
  const steps = `- id: build
  uses: docker/build-push-action@v6
  with:
    platforms: \${{ matrix.platform }}
    outputs: type=image,name=ghcr.io/acme/api,push-by-digest=true,name-canonical=true,push=true
- run: touch "digests/\${{ steps.build.outputs.digest }}"
- uses: actions/upload-artifact@v4
  with: { name: "digests-\${{ strategy.job-index }}", path: digests }
`;
  const merge = (command: string) => `  merge:
    needs: image
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/download-artifact@v4
        with: { path: digests, pattern: "digests-*", merge-multiple: true }
      - working-directory: digests
        run: ${command}
`;
  const matrix = '    strategy: { matrix: { platform: [linux/amd64, linux/arm64] } }\n';
  const create = "docker buildx imagetools create -t ghcr.io/acme/api:1.0.0 $(printf 'ghcr.io/acme/api@%s ' *)";
  const { '.github/workflows/release.yml': text = '' } = workflow(steps, matrix);
  await none({ '.github/workflows/release.yml': text + merge(`«${create}»`), ...dockerfiles });
  const withFile = create.replace('create', 'create --metadata-file index.json');
  await none({ '.github/workflows/release.yml': text + merge(withFile), ...dockerfiles });
  const inspected = `${create} && docker buildx imagetools inspect ghcr.io/acme/api:1.0.0`;
  await none({ '.github/workflows/release.yml': text + merge(inspected), ...dockerfiles });
});

test('tagged platforms and their manifest list are one image', async () => {
  const script = `docker build --platform linux/amd64 -t ghcr.io/acme/api:1-amd64 .
docker push ghcr.io/acme/api:1-amd64
docker build --platform linux/arm64 -t ghcr.io/acme/api:1-arm64 .
docker push ghcr.io/acme/api:1-arm64
docker manifest create ghcr.io/acme/api:1 ghcr.io/acme/api:1-amd64 ghcr.io/acme/api:1-arm64
«docker manifest push ghcr.io/acme/api:1»
`;
  await none(workflow(`- run: |\n${indented(script, 4)}`));
});

test('a composite action hands it on by its outputs', async () => {
  const action = (uses: string, outputs: string) => ({
    '.github/actions/publish/action.yml': `name: publish\n${outputs}runs:\n  using: composite\n  steps:\n${indented(push(uses, '  id: push\n'), 4)}`,
    ...workflow('- id: publish\n  uses: ./.github/actions/publish\n'),
  });
  await none(action('«docker/build-push-action@v6»', ''));
  const outputs = 'outputs:\n  digest:\n    value: ${{ steps.push.outputs.digest }}\n';
  await none(action('docker/build-push-action@v6', outputs));
});

test('a script of the repository that the lane calls is the lane; one that nothing calls is not', async () => {
  const makefile = (line: string) => ({ Makefile: `push:\n\tdocker build -t ghcr.io/acme/api:1 .\n\t${line}\n` });
  await none({ ...workflow('- run: make push\n'), ...makefile('«docker push ghcr.io/acme/api:1»') });
  await none({ ...workflow('- run: make test\n'), ...makefile('docker push ghcr.io/acme/api:1') });
});

test('a copy from the runner to a registry is a push; one between registries keeps its digest', async () => {
  const copy = (from: string, options = '') => `skopeo copy ${options}${from} docker://ghcr.io/acme/api:1`;
  await none(workflow(`- run: «${copy('oci:out')}»\n`));
  await none(workflow(`- run: ${copy('oci:out', '--digestfile digest.txt ')}\n`));
  await none(workflow(`- run: ${copy('docker://ghcr.io/acme/staging:1')}\n`));
});

test('what is attested without a subject may be what was pushed', async () => {
  const bare = push('docker/build-push-action@v6');
  await none(workflow(`${bare}- uses: actions/attest@v4\n`));
  await none(workflow(`${lost}- uses: actions/attest@v4\n  with: { subject-path: "dist/*" }\n`));
});

test('what may be signed by digest leaves it open', async () => {
  const script = `docker build -t ghcr.io/acme/api:1 .
docker push ghcr.io/acme/api:1
IMAGE_REF=$(python3 -m ci.image_ref ghcr.io/acme/api:1)
cosign sign --yes "$IMAGE_REF"
`;
  await none(workflow(`- run: |\n${indented(script, 4)}`));
});

test('jib writes its digest in any case: something has to read it', async () => {
  const jib = '- run: ./mvnw -B compile jib:build -Dimage=ghcr.io/acme/api:1.0.0\n';
  await none(workflow(jib.replace(/run: (.*)$/m, 'run: «$1»')));
  await none(workflow(`${jib}- run: echo "digest=$(cat target/jib-image.digest)" >> "$GITHUB_OUTPUT"\n`));
});

test('images and workflows for tests are told in the strict preset alone', async () => {
  const files = workflow(
    '- uses: docker/build-push-action@v6\n  with: { push: true, tags: "ghcr.io/acme/api-e2e:1" }\n',
  );
  const found = async (preset: 'recommended' | 'strict') =>
    (await runExample(discardedDigest, files, { preset })).findings.length;
  expect([await found('recommended'), await found('strict')]).toEqual([0, 1]);
});

test.each([
  ['docker buildx build --push -t ghcr.io/acme/api:1 .', '--metadata-file build.json'],
  [
    'docker build -t ghcr.io/acme/api:$TAG .; docker push ghcr.io/acme/api:$TAG',
    'imagetools inspect ghcr.io/acme/api:$TAG',
  ],
  ['podman build -t ghcr.io/acme/api:1 .; podman push ghcr.io/acme/api:1', '--digestfile image.digest'],
])('the help for %s shows how that tool gives its digest', async (script, help) => {
  const { findings } = await runExample(discardedDigest, workflow(`- run: ${script}\n`));
  expect(findings.map((one) => one.help)).toEqual([expect.stringContaining(help)]);
});

test('the help gives each of two steps an id of its own, and the legs of a matrix an artifact', async () => {
  const helps = async (files: Record<string, string>) =>
    (await runExample(discardedDigest, files)).findings.map((one) => one.help);
  const bare = push('docker/build-push-action@v6');
  expect(await helps(workflow(bare + bare))).toEqual([
    'Give the step "id: push-1", and hand its digest on: "push-1-digest: ${{ steps.push-1.outputs.digest }}" in the outputs of job "image"',
    'Give the step "id: push-2", and hand its digest on: "push-2-digest: ${{ steps.push-2.outputs.digest }}" in the outputs of job "image"',
  ]);
  expect(await helps(workflow(bare, '    strategy: { matrix: { app: [api, web] } }\n'))).toEqual([
    'Give the step "id: push", and write its digest, ${{ steps.push.outputs.digest }}, to a file which each leg uploads as an artifact of its own name',
  ]);
});
