import { faultsOf } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { missingLabels } from './missing-labels.ts';

const source = 'org.opencontainers.image.source=https://github.com/acme/api';
const workflow = (steps: string): Record<string, string> => ({
  '.github/workflows/a.yml': `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n${steps.replace(/^/gm, '      ').trimEnd()}\n`,
});
const meta = '- id: meta\n  uses: docker/metadata-action@v6\n  with: { images: ghcr.io/acme/api }\n';
const build = (inputs: string, uses = 'docker/build-push-action@v7'): string =>
  `- uses: ${uses}\n  with:\n    context: .\n    push: true\n${inputs.replace(/^/gm, '    ')}\n`;
const marked = '«docker/build-push-action@v7»';
const Dockerfile = 'FROM scratch\n';
const faults = (files: Record<string, string>) => faultsOf(missingLabels, files);

test('metadata-action counts where its labels or annotations are handed over', async () => {
  const tags = 'tags: ${{ steps.meta.outputs.tags }}';
  for (const name of ['labels', 'annotations'])
    expect(
      await faults({ ...workflow(meta + build(`${tags}\n${name}: \${{ steps.meta.outputs.${name} }}`)), Dockerfile }),
    ).toEqual([]);
  expect(await faults({ ...workflow(meta + build(tags, marked)), Dockerfile })).toEqual([]);
});

test('LABEL counts in the stage that ships and in those that it is made from', async () => {
  const steps = build('tags: ghcr.io/acme/api:1');
  const inBase = `FROM scratch AS base\nLABEL ${source}\nFROM base\n`;
  const inBuild = `FROM golang:1 AS build\nLABEL ${source}\nFROM scratch\nCOPY --from=build /a /a\n`;
  expect(await faults({ ...workflow(steps), Dockerfile: inBase })).toEqual([]);
  const unlabelled = workflow(build('tags: ghcr.io/acme/api:1', marked));
  expect(await faults({ ...unlabelled, Dockerfile: inBuild })).toEqual([]);
  const otherTarget = workflow(build('tags: ghcr.io/acme/api:1\ntarget: plain', marked));
  expect(
    await faults({ ...otherTarget, Dockerfile: `FROM scratch AS plain\nFROM scratch\nLABEL ${source}\n` }),
  ).toEqual([]);
});

test('labels with other names say nothing of the source', async () => {
  const labels = 'tags: ghcr.io/acme/api:1\nlabels: |\n  org.opencontainers.image.title=api\n  maintainer=acme';
  expect(await faults({ ...workflow(build(labels, marked)), Dockerfile })).toEqual([]);
});

test('commands and bake files', async () => {
  const push = 'docker buildx build --push -t ghcr.io/acme/api:1';
  const steps = `- run: ${push} --label ${source} .\n- run: ${push} --annotation "index:${source}" .\n- run: BUILDX_GIT_LABELS=1 make\n- run: «${push} --label a=b .»\n- run: docker buildx bake --push`;
  const bake = `target "default" {\n  tags = ["ghcr.io/acme/web:1"]\n  labels = { "org.opencontainers.image.revision" = "\${REVISION}" }\n}\n`;
  expect(await faults({ ...workflow(steps), 'docker-bake.hcl': bake, Dockerfile })).toEqual([]);
});

test('labels that are only known in the run may hold them', async () => {
  const steps = build('tags: ghcr.io/acme/api:1\nlabels: ${{ steps.other.outputs.labels }}');
  expect(await faults({ ...workflow(steps), Dockerfile })).toEqual([]);
});
