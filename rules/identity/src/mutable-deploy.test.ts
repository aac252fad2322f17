import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { mutableDeploy } from './mutable-deploy.ts';

const deploying = (build: string, deploy: string, on = 'push'): Readonly<Record<string, string>> => ({
  '.github/workflows/deliver.yml': `on: ${on}
jobs:
  build:
    runs-on: ubuntu-24.04
    outputs: { digest: "\${{ steps.push.outputs.digest }}" }
    steps:
      - ${build}
  deploy:
    needs: build
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: ${deploy}
`,
  Dockerfile: 'FROM scratch\n',
});

const push = '{ id: push, uses: docker/build-push-action@v7, with: { push: true, tags: "ghcr.io/acme/api:1" } }';
const setImage = 'kubectl set image deploy/api api=ghcr.io/acme/api:1';

async function findings(files: Readonly<Record<string, string>>, preset: 'recommended' | 'strict' = 'recommended') {
  return (await runExample(mutableDeploy, files, { preset })).findings;
}

test('the digest that is at hand is named, and is what to write', async () => {
  const [finding] = await findings(deploying(push, setImage));
  expect(finding?.message).toBe(
    'ghcr.io/acme/api is deployed by the tag 1, though ${{ needs.build.outputs.digest }} is at hand: what runs can change with no deployment',
  );
  expect(finding?.help).toBe('Write ghcr.io/acme/api@${{ needs.build.outputs.digest }}');
  expect(finding?.related.map(({ label }) => label)).toEqual(['pushed here']);
});

test('where it is not, the help says how the publishing job hands it on', async () => {
  const files = deploying(push.replace('id: push, ', ''), setImage);
  const without = {
    ...files,
    '.github/workflows/deliver.yml': (files['.github/workflows/deliver.yml'] ?? '').replace(/ {4}outputs.*\n/, ''),
  };
  const [finding] = await findings(without);
  expect(finding?.help).toContain(
    'Hand it on from job build: outputs: digest: ${{ steps.push.outputs.digest }}, with id: push',
  );
  const [byCommand] = await findings(
    Object.fromEntries(
      Object.entries(
        deploying('run: docker build -t ghcr.io/acme/api:1 . && docker push ghcr.io/acme/api:1', setImage),
      ).map(([path, text]) => [path, text.replace(/ {4}outputs.*\n/, '')]),
    ),
  );
  expect(byCommand?.help).toContain('write what the push prints as "digest:" to $GITHUB_OUTPUT');
});

test('a tag of a chart is replaced by the digest', async () => {
  const [finding] = await findings(deploying(push, 'helm upgrade api ./chart --set image.tag=1'));
  expect(finding?.message).toMatch(/^ghcr.io\/acme\/api is deployed by the tag 1, though/);
  expect(finding?.help).toBe(
    'Pass the digest in place of the tag: ${{ needs.build.outputs.digest }}; the chart or manifest then names the image as name@digest',
  );
});

test('a preview is the matter of the strict preset', async () => {
  const files = deploying(push, setImage, 'pull_request');
  expect(await findings(files)).toEqual([]);
  expect(await findings(files, 'strict')).toHaveLength(1);
});

test('a matrix deploys one image once, and each service its own', async () => {
  const matrix = (image: string) => ({
    '.github/workflows/deploy.yml': `on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    strategy: { matrix: { service: [api, web] } }
    steps:
      - run: kubectl set image deploy/\${{ matrix.service }} "app=${image}"
`,
  });
  const [one, ...others] = await findings(matrix('ghcr.io/acme/app:1'));
  expect(one?.message).toMatch(/^ghcr.io\/acme\/app is deployed by the tag 1/);
  expect(others).toEqual([]);
  expect(await findings(matrix('ghcr.io/acme/${{ matrix.service }}:1'))).toHaveLength(1);
  expect(await findings(matrix('ghcr.io/acme/${{ matrix.service }}@${{ inputs.digest }}'))).toEqual([]);
});
