import { defineRule, formatList } from '@plimsoll/core';
import type { UnrecordedLane } from '@plimsoll/core';

export const missingRecord = defineRule({
  id: 'provenance/missing-record',
  summary: 'A lane publishes images and keeps no record of what it published.',
  why: 'Logs are gone after ninety days, and tags move. Without a record of digest and revision nobody can say later what was released, from which commit, and what to roll back to.',
  limits:
    'A record is a file with digest and revision that is kept: an artifact, a release asset, a committed file; the notes of a release that hold the digest; a signed attestation; or what `plimsoll record` keeps. A signature alone is none, nor is a file of digests. Where a program of the project is given a digest and something is kept, it is taken for one. Packages are not judged: their index keeps them.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: ['SLSA v1.1: Verification summary attestation', 'CIS Software Supply Chain Security Guide: 5.1'],
  visits: 'unrecordedLane',
  examples: {
    bad: [
      {
        '.github/workflows/nightly.yml':
          "on: { schedule: [{ cron: '12 3 * * *' }] }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: push\n        uses: «docker/build-push-action@v7»\n        with:\n          push: true\n          tags: ghcr.io/acme/scanner:${{ github.run_id }}\n      - run: echo ${{ steps.push.outputs.digest }}\n",
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          "on: { push: { tags: ['v*'] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/scanner:${{ github.ref_name }}\n      - env: { DIGEST: '${{ steps.push.outputs.digest }}' }\n        run: printf '%s %s\\n' \"$DIGEST\" \"$GITHUB_SHA\" > release-record.txt\n      - uses: actions/upload-artifact@v4\n        with: { name: release-record, path: release-record.txt }\n",
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(lane, report) {
    const [first, ...others] = lane.publications;
    report({
      at: first.range,
      message: `${subjectOf(lane)} published by ${lane.workflow}, which keeps no record of it: when its logs are gone, nobody can say which digest was released from which commit`,
      help: 'Write digest and github.sha into a file and keep it (actions/upload-artifact, gh release upload), or add a step "uses: actions/attest" for the digest',
      related: others.slice(0, 10).map(({ range }) => ({ at: range, label: 'published without a record as well' })),
    });
  },
});

function subjectOf({ publications }: UnrecordedLane): string {
  const names = [...new Set(publications.flatMap((one) => one.names))].filter((name) => !name.includes('$'));
  return names.length === 0 ? 'An image is' : `${formatList(names, 3)} ${names.length > 1 ? 'are' : 'is'}`;
}
