import { defineRule, publishedSubject } from '@plimsoll/core';
import type { Publication } from '@plimsoll/core';

export const missingLabels = defineRule({
  id: 'provenance/missing-labels',
  summary: 'A published image does not say which repository and revision it is made from.',
  why: 'Whoever finds the image on a machine asks first where it comes from. The labels org.opencontainers.image.source and .revision answer that without a registry or a verifier; Renovate finds release notes by them, and ghcr.io the repository.',
  limits:
    'It looks at labels and annotations of the build and its pushing command, at those of docker/metadata-action, and at LABEL in the stages that the image is made from, not at those of its base image: they are of the base. Images that jib builds, and those that actions of others push, are not judged.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: ['OCI Image Spec: Annotations', 'Docker: docker/metadata-action'],
  visits: 'publication',
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «docker/build-push-action@v7»\n        with:\n          push: true\n          tags: ghcr.io/acme/api:1.0.0\n',
        Dockerfile: 'FROM scratch\nLABEL maintainer="acme"\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: meta\n        uses: docker/metadata-action@v6\n        with:\n          images: ghcr.io/acme/api\n      - uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ${{ steps.meta.outputs.tags }}\n          labels: ${{ steps.meta.outputs.labels }}\n',
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:1.0.0\n',
        Dockerfile: 'FROM scratch\nLABEL org.opencontainers.image.source=https://github.com/acme/api\n',
      },
    ],
  },
  check(publication, report) {
    if (publication.sourceLabels !== 'absent') return;
    report({
      at: publication.range,
      message: `${publishedSubject(publication)} published with neither org.opencontainers.image.source nor .revision: the image does not say what it is made from`,
      help: helpFor(publication),
    });
  },
});

const revision = 'org.opencontainers.image.revision';
const source = 'org.opencontainers.image.source';
const repository = '${{ github.server_url }}/${{ github.repository }}';

function helpFor({ origin, build }: Publication): string {
  const action = origin.step?.uses ?? build?.origin.step?.uses;
  if (action?.owner === 'docker')
    return `Add to ${action.text} "labels: \${{ steps.meta.outputs.labels }}" of a docker/metadata-action step, or the lines "${source}=${repository}" and "${revision}=\${{ github.sha }}"`;
  const where = build ? 'to the build' : 'to the command';
  return `Add --label ${source}=${repository} --label ${revision}=\${{ github.sha }} ${where}`;
}
