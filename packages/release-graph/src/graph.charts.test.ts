import { expect, test } from 'vitest';
import { documentsOf } from './documents.testing.ts';
import { buildGraph } from './index.ts';

function proofs(steps: string) {
  const { publications } = buildGraph(
    documentsOf({
      '.github/workflows/charts.yml': `on: push\njobs:\n  charts:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`,
      'charts/app/Chart.yaml': 'name: app\nversion: 1.0.0\n',
    }),
  );
  return publications.map(({ kind, attestations: link }) => ({
    kind,
    proof: link.status === 'opaque' ? link.reason : link.target.map((one) => one.kind),
  }));
}

const push = '      - id: push\n        run: helm push app-1.0.0.tgz oci://ghcr.io/acme/charts\n';

test('a chart in a registry is signed and attested by its digest, as an image is', () => {
  expect(proofs(push)).toEqual([{ kind: 'helm', proof: [] }]);
  expect(proofs(`${push}      - run: cosign sign --yes ghcr.io/acme/charts/app@$DIGEST\n`)).toEqual([
    { kind: 'helm', proof: ['cosign-sign'] },
  ]);
  const attest =
    '      - uses: actions/attest@v4\n        with: { subject-name: ghcr.io/acme/charts/app, subject-digest: "${{ steps.push.outputs.digest }}" }\n';
  expect(proofs(`${push}${attest}`)).toEqual([{ kind: 'helm', proof: ['actions-attest'] }]);
});

test('the signature of an image is none of a chart', () => {
  expect(proofs(`${push}      - run: cosign sign --yes ghcr.io/acme/app@sha256:0000\n`)).toEqual([
    { kind: 'helm', proof: [] },
  ]);
});
