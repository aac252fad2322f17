import { defineRule } from '@plimsoll/core';
import type { ImageReference } from '@plimsoll/core';

export const latestTag = defineRule({
  id: 'identity/latest-tag',
  summary: 'An image is named by a tag that moves, or by no tag, which means latest.',
  why: 'Such a tag is pointed at other content with each release of the image: two builds of one commit differ, a rollback does not go back, and nobody reviewed the change.',
  limits:
    'Tags that name a version, also a partial one such as `22-slim`, are the matter of identity/unpinned-image. A name that is only known at build time is not judged, nor one in a registry of the machine itself (`localhost`). In the recommended preset, files for tests, examples and development (`test/`, `docs/`, `Dockerfile.dev`, `compose.test.yaml` and the like) are not judged where no published image is made of them, and an image that a file names several times is told once.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['SLSA v1.1 Build L3: hermetic inputs', 'Scorecard: Pinned-Dependencies'],
  visits: 'imageReference',
  options: {
    channels: {
      description:
        'Also report a Dockerfile frontend that is named by its release channel, such as docker/dockerfile:1.',
      default: false,
      strict: true,
    },
    everywhere: {
      description: 'Report each place, also in files for tests, examples and development, on which no release depends.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      {
        Dockerfile:
          'ARG TAG=latest\nFROM «node:${TAG}» AS build\nCOPY --from=«ghcr.io/acme/wait-for» /wait-for /usr/local/bin/\n',
      },
      { 'compose.yaml': 'services:\n  cache:\n    image: «redis»\n' },
    ],
    good: [
      {
        Dockerfile:
          'FROM node:22.11.0-slim@sha256:6a563024ebe6ec05e2949c83ea0adaedf92869a8de41fb65d1431ceb5f5c95fa AS build\nFROM build\n',
      },
      { 'compose.yaml': 'services:\n  api:\n    build: ./api\n    image: ghcr.io/acme/api:latest\n' },
    ],
  },
  check(reference, report, { channels, everywhere }) {
    const { image, moving, channel, range, through, aside } = reference;
    if (image.digest || !(moving || channel)) return;
    if ((channel && !channels) || (aside && !everywhere)) return;
    report({
      at: range,
      severity: channel ? 'info' : 'error',
      message: `${nameOf(reference)}: ${consequence(reference)}`,
      help: `Write ${image.name}:<version>@sha256:<digest>, and let Renovate or Dependabot raise both`,
      related: through,
      ...(!everywhere && { same: image.text }),
    });
  },
});

function nameOf({ image, channel }: ImageReference): string {
  if (channel) return `${image.name} is named by its release channel "${image.tag}", which moves by design`;
  if (image.tag === undefined) return `${image.name} is named without a tag, which means latest`;
  return `${image.name} is named by the tag "${image.tag}", which moves`;
}

function consequence({ site }: ImageReference): string {
  switch (site) {
    case 'FROM':
    case 'COPY --from':
    case 'RUN --mount':
    case 'syntax':
    case 'bake':
    case 'build context':
    case 'skaffold':
      return 'two builds of the same commit can differ';
    case 'container':
    case 'service':
    case 'docker action':
      return 'what runs in this job changes without a commit';
    case 'compose':
    case 'devcontainer':
    case 'devcontainer feature':
      return 'what runs changes without a commit';
    default:
      return 'what is deployed changes without a commit';
  }
}
