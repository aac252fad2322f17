import { defineRule } from '@plimsoll/core';
import type { DeployedImage, Deployment, Publication } from '@plimsoll/core';

export const mutableDeploy = defineRule({
  id: 'identity/mutable-deploy',
  summary: 'An image is deployed by a tag.',
  why: 'The platform looks the tag up when it pulls: after a restart or on another node it may find another image than the one that was tested and verified. A digest is the same image everywhere, also when one rolls back to it.',
  limits:
    'A tag that stands in a manifest is judged by identity/latest-tag and identity/unpinned-image. Clusters which a job makes for its tests are left out, and so is a reference of which nothing is known before the run.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['Kubernetes: Images, "Image names" and digests', 'SLSA v1.1: Verifying artifacts'],
  visits: 'deployment',
  options: {
    previews: {
      description: 'Also report what only pull requests deploy, to look at.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      {
        '.github/workflows/deliver.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    outputs:\n      digest: ${{ steps.push.outputs.digest }}\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:${{ github.sha }}\n  production:\n    needs: image\n    runs-on: ubuntu-24.04\n    environment: production\n    steps:\n      - run: kubectl set image deployment/api api=«ghcr.io/acme/api:${{ github.sha }}»\n',
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/deploy.yml':
          'on: workflow_dispatch\njobs:\n  production:\n    runs-on: ubuntu-24.04\n    environment: production\n    steps:\n      - run: helm upgrade --install api ./chart --set image.tag=«${{ github.sha }}»\n',
      },
    ],
    good: [
      {
        '.github/workflows/deliver.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    outputs:\n      digest: ${{ steps.push.outputs.digest }}\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:${{ github.sha }}\n  production:\n    needs: image\n    runs-on: ubuntu-24.04\n    environment: production\n    steps:\n      - env:\n          DIGEST: ${{ needs.image.outputs.digest }}\n        run: kubectl set image deployment/api "api=ghcr.io/acme/api@$DIGEST"\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(deployment, report, { previews }) {
    if (deployment.preview && !previews) return;
    const places = new Set<number>();
    for (const image of deployment.images) {
      if ((image.by !== 'tag' && image.by !== 'none') || places.has(image.range.start)) continue;
      places.add(image.range.start);
      const { publication, digest } = image;
      const hand = digest === undefined ? '' : `, though ${digest} is at hand`;
      report({
        at: image.range,
        message: `${image.name ?? publication?.names[0] ?? 'The image'} is deployed ${identityOf(image)}${hand}: what runs can change with no deployment`,
        help: helpFor(deployment, image),
        same: `${image.range.file.path}:${image.range.start}`,
        related: [
          ...(publication ? [{ at: publication.range, label: 'pushed here' }] : []),
          ...image.through.filter(({ at }) => at.start !== image.range.start),
        ],
      });
    }
  },
});

function identityOf({ by, identity }: DeployedImage): string {
  if (by === 'none') return 'by no tag, which means latest';
  return identity === undefined ? 'by a tag' : `by the tag ${identity}`;
}

function helpFor({ platform }: Deployment, { name, digest, publication, written }: DeployedImage): string {
  const known = digest ?? 'sha256:<digest>';
  const how =
    name === undefined || written === 'tag'
      ? `Pass the digest in place of the tag: ${known}; the ${platform === 'Kubernetes' ? 'chart or manifest' : 'definition'} then names the image as name@digest`
      : `Write ${name}@${known}`;
  return digest !== undefined || !publication ? how : `${how}. ${handOn(publication)}`;
}

/** How the job that publishes can tell the digest. */
function handOn({ origin }: Publication): string {
  const { job, step } = origin;
  const to = `Hand it on from job ${job?.id ?? ''}`;
  if (step?.uses)
    return `${to}: outputs: digest: \${{ steps.${step.id ?? 'push'}.outputs.digest }}${step.id === undefined ? ', with id: push at the step that pushes' : ''}`;
  return `${to}: write what the push prints as "digest:" to $GITHUB_OUTPUT, and name that in its outputs`;
}
