import { defineRule, publishedSubject } from '@plimsoll/core';
import type { Build, Publication } from '@plimsoll/core';

export const missingSbom = defineRule({
  id: 'provenance/missing-sbom',
  summary: 'An image is published with no SBOM.',
  why: 'When a library turns out to be vulnerable, the question is which images hold it. Without a bill of materials each of them has to be pulled and searched, and what was compiled in is not found at all.',
  limits:
    'An SBOM counts that the build makes (`sbom: true`), that ko, pack or apko make by themselves, or that a step of the run makes of the image (syft, trivy, `actions/attest` with `sbom-path`, `cosign attest`). What an action or a workflow of others does by itself is not judged.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: ['Docker: SBOM attestations', 'NTIA: Minimum elements for an SBOM'],
  visits: 'publication',
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «docker/build-push-action@v7»\n        with:\n          push: true\n          tags: ghcr.io/acme/api:1.0.0\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: true\n          sbom: true\n          tags: ghcr.io/acme/api:1.0.0\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(publication, report) {
    if (publication.sbom !== 'absent') return;
    report({
      at: publication.range,
      message: `${publishedSubject(publication)} published with no SBOM: nobody can tell which images hold a library without pulling them`,
      help: helpFor(publication),
    });
  },
});

function helpFor({ origin, builds }: Publication): string {
  if (origin.step?.uses?.owner === 'docker') return 'Add "sbom: true" to its "with:"';
  const action = builds.find((build) => build.origin.step?.uses?.owner === 'docker' && build.pushes === true);
  if (action)
    return `Add "sbom: true" to the "with:" of ${action.origin.step?.uses?.text ?? 'the action'} that builds it`;
  if (builds.some(isOfExecutor)) return 'Add "sbom": true to the options of the executor that builds it';
  if (builds.some((build) => build.pushes === true && /^(?:docker|depot) /.test(commandOf(build))))
    return 'Add --sbom=true to the build, which also pushes';
  if (builds.length === 0)
    return 'Make one of the digest that is pushed, with syft and "cosign attest" or "actions/attest" with sbom-path';
  return 'Build and push in one: docker buildx build --push --sbom=true; what "docker push" sends keeps no attestation';
}

/** An executor of Nx stands in the file of a project, and is no command; a workflow calls it through `nx`. */
function isOfExecutor(build: Build): boolean {
  const command = commandOf(build);
  return command === '' ? /(?:^|\/)(?:project|package)\.json$/.test(build.range.file.path) : /(?:^| )nx /.test(command);
}

function commandOf({ origin }: Build): string {
  return (origin.command?.words ?? []).map(({ text }) => text).join(' ');
}
