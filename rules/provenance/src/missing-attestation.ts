import { defineRule, publishedSubject } from '@plimsoll/core';
import type { Publication } from '@plimsoll/core';

export const missingAttestation = defineRule({
  id: 'provenance/missing-attestation',
  summary: 'An image or a package is published with no provenance.',
  why: 'Without it nobody can tell which commit and which workflow made what they run, so nobody can refuse what was made elsewhere.',
  limits:
    'Where a step that is not understood may attest, it stays quiet. It does not see what an admission controller demands. In the recommended preset an image is not judged that is named as one for tests, or whose workflow is (`acme/api-e2e`).',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: [
    'SLSA v1.1 Build L2: provenance',
    'GitHub: Artifact attestations',
    'npm: Generating provenance statements',
  ],
  visits: 'publication',
  options: {
    signed: {
      description: "BuildKit's own provenance is not signed: report an image that has nothing else.",
      default: false,
      strict: true,
    },
    tests: { description: 'Also report images that are named as made for tests.', default: false, strict: true },
  },
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: push\npermissions: { packages: write }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    env:\n      DOCKER_BUILDKIT: 0\n    steps:\n      - run: |\n          docker build -t ghcr.io/acme/api:1.0.0 .\n          «docker push ghcr.io/acme/api:1.0.0»\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: push\npermissions: { packages: write, id-token: write, attestations: write }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:1.0.0\n      - uses: actions/attest@v4\n        with:\n          subject-name: ghcr.io/acme/api\n          subject-digest: ${{ steps.push.outputs.digest }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(publication, report, { signed, tests }) {
    const { kind, registry, attestations, disabledBy, range } = publication;
    if (kind !== 'image' && ((kind !== 'npm' && kind !== 'pypi') || registry !== undefined)) return;
    if (attestations.status === 'opaque' || disabledBy || (!tests && kind === 'image' && publication.forTests)) return;
    const covering = attestations.target;
    if (covering.some((a) => a.signed) || (!signed && covering.length > 0)) return;
    const unsigned = covering[0];
    report({
      at: range,
      message: `${publishedSubject(publication)} published ${unsigned ? `with ${attestations.status === 'partial' ? 'at most ' : ''}BuildKit's own provenance${attestations.status === 'partial' ? '' : ' alone'}, which is not signed: it proves nothing to a verifier` : 'with no provenance: nobody can verify which commit and workflow made it'}`,
      help: helpFor(publication),
      related:
        unsigned && unsigned.range !== range
          ? [{ at: unsigned.range, label: 'the provenance that is not signed' }]
          : [],
    });
  },
});

/** A name that can stand there: an expression can in a workflow, not one of a caller in an action; a variable of a shell cannot. */
function subjectName({ names: [name], origin }: Publication): string {
  const plain = name?.replace(/\$\{\{[^}]*\}\}/g, origin.action ? '$' : '') ?? '$';
  return name === undefined || plain.includes('$') ? '<image>' : name;
}

/** How the job can tell the digest: a step that pushes gives it out, a command does not. */
function digestOf({ origin: { step }, build }: Publication): string {
  if (!step?.uses)
    return "the digest of this push (docker buildx imagetools inspect <image>:<tag> --format '{{.Manifest.Digest}}', written to $GITHUB_OUTPUT)";
  if (step.id === undefined) return 'the digest of this push (give the step an id)';
  return build?.how === 'bake-action'
    ? `\${{ fromJSON(steps.${step.id}.outputs.metadata)['<target>']['containerimage.digest'] }}`
    : `\${{ steps.${step.id}.outputs.digest }}`;
}

function helpFor(publication: Publication): string {
  const { kind, origin } = publication;
  if (kind === 'npm')
    return 'Publish with trusted publishing (id-token: write, npm 11.5.1 or later, no token), or with npm publish --provenance';
  if (kind === 'pypi')
    return 'Publish with pypa/gh-action-pypi-publish and trusted publishing (id-token: write, no password), which attests by default';
  const granted = origin.callers.length > 0 ? 'the job, and each that calls it,' : 'the job';
  return `Add a step "uses: actions/attest" behind it with subject-name: ${subjectName(publication)} and subject-digest: ${digestOf(publication)}, and grant ${granted} id-token: write and attestations: write`;
}
