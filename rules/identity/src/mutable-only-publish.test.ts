import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { mutableOnlyPublish } from './mutable-only-publish.ts';

const release = '.github/workflows/release.yml';
const dockerfiles = { Dockerfile: 'FROM scratch\n' };

const none = (files: Record<string, string>) => expect(faultsOf(mutableOnlyPublish, files)).resolves.toEqual([]);

function indented(text: string, by: number): string {
  return text.trimEnd().replace(/^(?=.)/gm, ' '.repeat(by)) + '\n';
}

const onMain = '{ push: { branches: [main] } }';
const onTags = '{ push: { tags: ["v*"] } }';

function workflow(steps: string, on = onMain, more = ''): Record<string, string> {
  const text = `on: ${on}\njobs:\n  image:\n    runs-on: ubuntu-24.04\n${more}    steps:\n${indented(steps, 6)}`;
  return { [release]: text, ...dockerfiles };
}

const push = (tags: string) => `- uses: docker/build-push-action@v6\n  with:\n    push: true\n    tags: ${tags}\n`;
const script = (lines: string) => `- run: |\n${indented(lines, 4)}`;
const meta = (tags: string, more = '') =>
  `- id: meta\n  uses: docker/metadata-action@v5\n  with:\n    images: ghcr.io/acme/api\n${more}${tags === '' ? '' : `    tags: |\n${indented(tags, 6)}`}`;
const ofMeta = push('${{ steps.meta.outputs.tags }}');
const markedMeta = push('«${{ steps.meta.outputs.tags }}»');

test.each(['latest', 'main', 'stable', 'edge', 'develop', 'staging', 'production', 'latest-alpine', 'v2'])(
  'the tag %s alone leaves nothing to go back to',
  async (tag) => {
    await none(workflow(push(`«ghcr.io/acme/api:${tag}»`)));
  },
);

test('no tag is latest', async () => {
  await none(workflow(push('«ghcr.io/acme/api»')));
});

test.each([
  '${{ github.sha }}',
  'sha-${{ github.sha }}',
  'main-${{ github.run_number }}',
  '${{ inputs.version }}',
  '${{ vars.TAG }}',
  '1.4.2',
  'v2026.03.01',
  '${{ steps.date.outputs.date }}',
])('the tag %s stays, or may', async (tag) => {
  await none(workflow(push(`"ghcr.io/acme/api:${tag}"`)));
});

test('the name of a branch moves; that of a tag stays', async () => {
  const byRef = (tag: string) => push(`ghcr.io/acme/api:${tag}`);
  await none(workflow(push('«ghcr.io/acme/api:${{ github.ref_name }}»'), onMain));
  await none(workflow(byRef('${{ github.ref_name }}'), onTags));
  await none(workflow(byRef('${{ github.ref_name }}'), 'push'));
  await none(workflow(byRef('${{ github.ref_name }}'), '{ release: { types: [published] } }'));
  await none(workflow(byRef('${{ github.event.release.tag_name }}'), '{ release: { types: [published] } }'));
});

test('one moving tag among several is fine, on whichever line it stands', async () => {
  await none(workflow(push('|\n      ghcr.io/acme/api:latest\n      ghcr.io/acme/api:${{ github.sha }}')));
  await none(workflow(push('"ghcr.io/acme/api:latest,ghcr.io/acme/api:${{ github.sha }}"')));
});

test('several moving ones are told once, at the first', async () => {
  await none(workflow(push('|\n      «ghcr.io/acme/api:latest»\n      ghcr.io/acme/api:main')));
  const { findings } = await runExample(
    mutableOnlyPublish,
    workflow(push('|\n      ghcr.io/acme/api:latest\n      ghcr.io/acme/api:main')),
  );
  expect(findings.map(({ message }) => message)).toEqual([
    'ghcr.io/acme/api is published as "latest" and "main" only, which the next run moves: nothing can be rolled back to',
  ]);
});

test('each image of a step is judged by itself', async () => {
  await none(workflow(push('|\n      ghcr.io/acme/api:${{ github.sha }}\n      «docker.io/acme/api:latest»')));
});

test('what docker/metadata-action makes of its rules', async () => {
  await none(workflow(meta('type=raw,value=latest') + markedMeta));
  await none(workflow(meta('type=ref,event=branch\ntype=edge') + markedMeta));
  await none(workflow(meta('type=ref,event=branch\ntype=sha') + ofMeta));
  await none(workflow(meta('type=raw,value=${{ github.run_id }}') + ofMeta));
  await none(workflow(meta('type=semver,pattern={{version}}') + ofMeta, onTags));
  await none(
    workflow(meta('type=schedule,pattern={{date "YYYYMMDD"}}') + ofMeta, '{ schedule: [{ cron: "0 0 * * *" }] }'),
  );
  await none(workflow(meta('type=schedule') + markedMeta, '{ schedule: [{ cron: "0 0 * * *" }] }'));
});

test('without rules it takes the name of the branch or the tag', async () => {
  await none(workflow(meta('') + markedMeta, onMain));
  await none(workflow(meta('') + ofMeta, onTags));
  await none(workflow(meta('') + ofMeta, '{ push: { branches: [main], tags: ["v*"] } }'));
});

test('a version that no run makes is none: without a Git tag there is no semver', async () => {
  await none(workflow(meta('type=semver,pattern={{version}}\ntype=raw,value=latest') + markedMeta, onMain));
  const given = 'type=semver,pattern={{version}},value=${{ inputs.version }}\ntype=raw,value=latest';
  await none(workflow(meta(given) + ofMeta, onMain));
});

test('major and minor aliases move with each release', async () => {
  await none(
    workflow(meta('type=semver,pattern={{major}}\ntype=semver,pattern={{major}}.{{minor}}') + markedMeta, onTags),
  );
});

test('commands count as well as actions, together', async () => {
  const build = 'docker build -t ghcr.io/acme/api:latest .';
  await none(workflow(script(`${build}\ndocker push «ghcr.io/acme/api:latest»`)));
  const both = `${build}\ndocker push ghcr.io/acme/api:latest\ndocker tag ghcr.io/acme/api:latest ghcr.io/acme/api:$GITHUB_SHA\ndocker push ghcr.io/acme/api:$GITHUB_SHA`;
  await none(workflow(script(both)));
  await none(workflow(script('docker buildx build --push -t «ghcr.io/acme/api:latest» .')));
  await none(
    workflow(script('docker buildx build --push -t ghcr.io/acme/api -t ghcr.io/acme/api:$(git rev-parse HEAD) .')),
  );
});

test.each([
  'docker buildx imagetools create -t ghcr.io/acme/api:$GITHUB_SHA ghcr.io/acme/api:latest',
  'crane tag ghcr.io/acme/api:latest $GITHUB_SHA',
  'skopeo copy docker://ghcr.io/acme/api:latest docker://ghcr.io/acme/api:$GITHUB_SHA',
  'docker tag x ghcr.io/acme/api:$GITHUB_SHA\ndocker push --all-tags ghcr.io/acme/api',
])('a tag that stays is given later: %s', async (command) => {
  await none(workflow(push('ghcr.io/acme/api:latest') + script(command)));
});

test('the index that is made of platforms has the tags', async () => {
  const platform =
    '- uses: docker/build-push-action@v6\n  with: { outputs: "type=image,name=ghcr.io/acme/api,push-by-digest=true,push=true" }\n';
  const create = (tag: string) =>
    script(`docker buildx imagetools create -t ${tag} $(printf 'ghcr.io/acme/api@%s ' *)`);
  await none(workflow(platform + create('«ghcr.io/acme/api:latest»')));
  await none(workflow(platform + create('ghcr.io/acme/api:${{ github.sha }}')));
});

test('another lane that publishes versions of the image makes these previews', async () => {
  const other = workflow(push('ghcr.io/acme/api:${{ github.ref_name }}'), onTags)[release] ?? '';
  await none({ ...workflow(push('ghcr.io/acme/api:edge')), '.github/workflows/tags.yml': other });
});

test('each lane that publishes moving tags alone is told', async () => {
  const nightly = workflow(push('«ghcr.io/acme/api:nightly»'), '{ schedule: [{ cron: "0 0 * * *" }] }')[release] ?? '';
  await none({ ...workflow(push('«ghcr.io/acme/api:latest»')), '.github/workflows/nightly.yml': nightly });
});

test('jobs of one lane count together', async () => {
  const files = workflow(push('ghcr.io/acme/api:latest'));
  const job = `  version:\n    runs-on: ubuntu-24.04\n    steps:\n${indented(push('ghcr.io/acme/api:${{ github.sha }}'), 6)}`;
  await none({ ...files, [release]: (files[release] ?? '') + job });
});

test('previews, caches and registries of the run are no releases', async () => {
  await none(workflow(push('ghcr.io/acme/api:latest'), 'pull_request'));
  await none(workflow(push('"ghcr.io/acme/api:pr-${{ github.event.number }}"'), 'pull_request'));
  await none(workflow(push('localhost:5000/api:latest')));
  await none(workflow(push('ghcr.io/acme/api:buildcache')));
  await none(workflow(push('ghcr.io/acme/api:latest').replace('push: true', 'load: true')));
});

test('a stream beside the image of the same name is a preview', async () => {
  const files = workflow(push('ghcr.io/acme/api:${{ github.sha }}') + push('ghcr.io/acme/api-nightly:latest'));
  await none(files);
  await none(workflow(push('«ghcr.io/acme/web-nightly:latest»')));
});

test('names and tags through variables and a matrix are what they stand for', async () => {
  const env = '    env: { IMAGE: ghcr.io/acme/api, TAG: latest }\n';
  await none(workflow(push('«${{ env.IMAGE }}:${{ env.TAG }}»'), onMain, env));
  const matrix = '    strategy: { matrix: { app: [api, web] } }\n';
  await none(workflow(push('«ghcr.io/acme/${{ matrix.app }}:latest»'), onMain, matrix));
  await none(
    workflow(
      push('"ghcr.io/acme/api:${{ matrix.tag }}"'),
      onMain,
      '    strategy: { matrix: { tag: [latest, "${{ github.sha }}"] } }\n',
    ),
  );
});

test('bake files have tags of their own', async () => {
  const hcl = (tags: string) => ({
    'docker-bake.hcl': `variable "TAG" { default = "latest" }\ntarget "default" {\n  context = "."\n  tags = [${tags}]\n}\n`,
  });
  const bake = '- uses: docker/bake-action@v6\n  with: { push: true }\n';
  await none({ ...workflow(bake), ...hcl('«"ghcr.io/acme/api:${TAG}"»') });
  await none({
    ...workflow(bake, onMain, '    env: { TAG: "${{ github.sha }}" }\n'),
    ...hcl('"ghcr.io/acme/api:${TAG}"'),
  });
});

test('compose files have tags of their own', async () => {
  const compose = (tag: string) => ({
    'compose.yaml': `services:\n  api:\n    build: .\n    image: ${tag}\n`,
  });
  const lane = workflow(script('docker compose build\ndocker compose push'));
  await none({ ...lane, ...compose('«ghcr.io/acme/api:latest»') });
  await none({ ...lane, ...compose('ghcr.io/acme/api:1.4.0') });
});

test('tags that a called workflow is given', async () => {
  const called = `on:\n  workflow_call:\n    inputs: { tags: { type: string } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n${indented(push('TAGS'), 6)}`;
  const caller = (tags: string) =>
    `on: ${onMain}\njobs:\n  api:\n    uses: ./.github/workflows/build.yml\n    with: { tags: "${tags}" }\n`;
  const files = (tags: string, use: string) => ({
    [release]: caller(tags),
    '.github/workflows/build.yml': called.replace('TAGS', use),
    ...dockerfiles,
  });
  await none(files('ghcr.io/acme/api:latest', '«${{ inputs.tags }}»'));
  await none(files('ghcr.io/acme/api:latest,ghcr.io/acme/api:${{ github.sha }}', '${{ inputs.tags }}'));
});

test('what another tool publishes under tags of its own leaves it open', async () => {
  const nightly = push('ghcr.io/acme/api:nightly');
  const goreleaser = '- uses: goreleaser/goreleaser-action@v6\n  with: { args: release }\n';
  const config = { '.goreleaser.yaml': 'dockers:\n  - image_templates: ["ghcr.io/acme/api:{{ .Version }}"]\n' };
  await none({ ...workflow(nightly + goreleaser), ...config });
  const retag =
    '- uses: akhilerm/tag-push-action@v2\n  with: { src: "ghcr.io/acme/api:nightly", dst: "ghcr.io/acme/api:1.0.0" }\n';
  await none(workflow(nightly + retag));
});

test('a default that is used where nobody types a tag in', async () => {
  const on = '{ push: { branches: [main] }, workflow_dispatch: { inputs: { tag: { type: string } } } }';
  await none(workflow(push('"ghcr.io/acme/api:${{ inputs.tag || \'latest\' }}"'), on));
});

test('a script that no workflow calls is no lane, and may be the one that gives versions', async () => {
  const makefile = (tag: string) => ({
    Makefile: `push:\n\tdocker build -t ghcr.io/acme/api:${tag} .\n\tdocker push ghcr.io/acme/api:${tag}\n`,
  });
  await none(makefile('latest'));
  await none({ ...workflow(push('ghcr.io/acme/api:latest')), ...makefile('$(VERSION)') });
  await none({ ...workflow(push('«ghcr.io/acme/api:latest»')), ...makefile('latest') });
});
