import { defineRule, formatList } from '@plimsoll/core';
import type { Deployment } from '@plimsoll/core';

export const ungatedDeploy = defineRule({
  id: 'lane/ungated-deploy',
  summary: 'A deployment does not wait for a verification of what it deploys.',
  why: 'Without one the lane runs whatever the registry holds: an image that someone pushed from a laptop, or that another workflow replaced. A verification of the digest is the gate which only the lane can pass.',
  limits:
    'It looks at the job itself and at the jobs that it needs. An admission controller in the cluster, and steps that are not understood, may verify as well: beside a step or a called workflow whose name says so it stays quiet. Sites, functions and infrastructure have no digest and are not judged.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: ['SLSA v1.1: Verifying artifacts', 'GitHub CLI manual: gh attestation verify', 'NIST SP 800-204D: 5.1.4'],
  visits: 'deployment',
  examples: {
    bad: [
      {
        '.github/workflows/deploy.yml':
          'on: workflow_dispatch\njobs:\n  production:\n    runs-on: ubuntu-24.04\n    environment: production\n    steps:\n      - run: «kubectl set image deployment/api "api=ghcr.io/acme/api@$DIGEST"»\n',
      },
    ],
    good: [
      {
        '.github/workflows/deploy.yml':
          'on: workflow_dispatch\njobs:\n  production:\n    runs-on: ubuntu-24.04\n    environment: production\n    steps:\n      - run: gh attestation verify "oci://ghcr.io/acme/api@$DIGEST" --repo acme/api\n      - run: kubectl set image deployment/api "api=ghcr.io/acme/api@$DIGEST"\n',
      },
    ],
  },
  check(deployment, report) {
    const { effect, gates, how, of, range } = deployment;
    if (of !== 'images' || gates.status === 'opaque') return;
    if (gates.status === 'resolved' && gates.target.length > 0) return;
    report({
      at: range,
      message: `${how} ${effect === 'files' ? 'writes what is deployed of' : 'deploys'} ${whatOf(deployment)}, and ${
        gates.status === 'partial' ? gates.reason : 'no step before it, nor a job that this one needs, verifies it'
      }: whoever can push the image can deploy it`,
      help: helpFor(deployment),
      same: `${range.file.path}:${range.start}`,
      related: deployment.images.flatMap(({ publication }) =>
        publication ? [{ at: publication.range, label: 'pushed here' }] : [],
      ),
    });
  },
});

function whatOf({ images }: Deployment): string {
  const names = [...new Set(images.flatMap(({ name, publication }) => name ?? publication?.names[0] ?? []))];
  return names.length > 0 ? formatList(names, 3) : 'images';
}

/** Only the workflow that publishes signs: where that is not known, the one that deploys is not put in its place. */
function helpFor({ images }: Deployment): string {
  const [image] = images;
  const name = image?.name ?? image?.publication?.names[0] ?? '<image>';
  const digest = image?.digest ?? (image?.by === 'digest' && image.written === undefined ? image.identity : undefined);
  const workflow = image?.publication?.origin.workflow;
  return `Run before it: gh attestation verify "oci://${name}@${digest ?? 'sha256:<digest>'}" --repo "$GITHUB_REPOSITORY" --signer-workflow "$GITHUB_REPOSITORY/${workflow?.file.path ?? '.github/workflows/<the one that publishes>'}", with "GH_TOKEN: \${{ github.token }}" in the "env:" of the step`;
}
