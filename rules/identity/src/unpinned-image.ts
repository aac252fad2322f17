import { defineRule } from '@plimsoll/core';

export const unpinnedImage = defineRule({
  id: 'identity/unpinned-image',
  summary: 'An image is named by a tag and not by its digest.',
  why: 'A tag, also one of a full version, can be pointed at other content between two builds of the same commit. A digest cannot, so it is what a release can be tied to.',
  limits:
    'In the recommended preset only where a release depends on it: in a stage of an image that is published, and in a job that has secrets, an identity token or a write scope. Moving tags are the matter of identity/latest-tag, `docker://` actions that of identity/unpinned-action.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['SLSA v1.1 Build L3: hermetic inputs', 'Scorecard: Pinned-Dependencies'],
  visits: 'imageReference',
  options: {
    everywhere: {
      description: 'Report each place, also where no release depends on the image.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      { Dockerfile: 'FROM «node:22.11.0-slim» AS build\n' },
      { 'compose.yaml': 'services:\n  db:\n    image: «postgres:17.2»\n' },
    ],
    good: [
      {
        Dockerfile:
          'FROM node:22.11.0-slim@sha256:6a563024ebe6ec05e2949c83ea0adaedf92869a8de41fb65d1431ceb5f5c95fa AS build\n',
      },
      { Dockerfile: 'FROM scratch AS empty\nFROM empty\n' },
    ],
  },
  check({ image, moving, channel, site, range, through, releases }, report, { everywhere }) {
    if (image.digest || moving || channel || site === 'docker action') return;
    if (!everywhere && !releases) return;
    report({
      at: range,
      message: `${image.name} is named by the tag "${image.tag ?? ''}", which can be pointed at other content${releases ? `, and ${releases}` : ''}`,
      help: `Write ${image.text}@sha256:<digest>, and let Renovate or Dependabot raise both`,
      related: through,
      ...(!everywhere && { same: image.text }),
    });
  },
});
