import { faultsOf } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { missingRecord } from './missing-record.ts';

const digest = '${{ steps.push.outputs.digest }}';
const workflow = (steps: string, mark = false): Record<string, string> => ({
  '.github/workflows/a.yml': `on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: push\n        uses: ${mark ? '«docker/build-push-action@v7»' : 'docker/build-push-action@v7'}\n        with: { context: ., push: true, tags: "ghcr.io/acme/api:1" }\n${steps.replace(/^/gm, '      ').trimEnd()}\n`,
  Dockerfile: 'FROM scratch\n',
});
const upload = (path: string): string => `- uses: actions/upload-artifact@v4\n  with: { name: r, path: ${path} }\n`;
const faults = (files: Record<string, string>) => faultsOf(missingRecord, files);

describe('is a record', () => {
  test.each([
    [
      'a here-document that is uploaded with its folder',
      `- env: { D: "${digest}" }\n  run: |\n    cat > out/record.json <<EOF\n    { "image": "ghcr.io/acme/api@$D", "revision": "$GITHUB_SHA" }\n    EOF\n${upload('out/')}`,
    ],
    [
      'a file that goes to the release',
      `- run: printf '%s %s' "${digest}" "\${{ github.sha }}" | tee record.txt\n- run: gh release upload v1 record.txt`,
    ],
    ['the notes of a release', `- run: gh release create v1 --notes "ghcr.io/acme/api@${digest}"`],
    ['what buildx itself reports', `- run: docker buildx build --metadata-file meta.json .\n${upload('meta.json')}`],
    [
      'a signed attestation',
      `- uses: actions/attest@v4\n  with: { subject-name: ghcr.io/acme/api, subject-digest: "${digest}" }`,
    ],
    ['what plimsoll keeps', '- run: npx plimsoll record'],
    [
      'perhaps, what a program of the project makes',
      `- run: node tools/record.mjs "${digest}"\n${upload('record.json')}`,
    ],
  ])('%s', async (_, steps) => {
    expect(await faults(workflow(steps))).toEqual([]);
  });
});

describe('is none', () => {
  test.each([
    ['a digest without a revision', `- run: echo "${digest}" > digest.txt\n${upload('digest.txt')}`],
    ['a file that is not kept', `- run: echo "${digest} $GITHUB_SHA" > record.txt\n${upload('logs/')}`],
    ['the summary of the run', `- run: echo "${digest} $GITHUB_SHA" >> "$GITHUB_STEP_SUMMARY"\n${upload('logs/')}`],
    ['a signature', `- run: cosign sign --yes ghcr.io/acme/api@${digest}`],
    ['an output', `- run: echo "${digest}"`],
  ])('%s', async (_, steps) => {
    expect(await faults(workflow(steps, true))).toEqual([]);
  });
});

test('one finding a lane, at the first image', async () => {
  const second = '- uses: docker/build-push-action@v7\n  with: { context: ., push: true, tags: "ghcr.io/acme/web:1" }';
  expect(await faults(workflow(second, true))).toEqual([]);
});
