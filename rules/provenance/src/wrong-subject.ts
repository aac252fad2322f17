import { defineRule } from '@plimsoll/core';
import type { AttestationSubject, SubjectFault } from '@plimsoll/core';

export const wrongSubject = defineRule({
  id: 'provenance/wrong-subject',
  summary: 'An attestation is of something else than the image that was pushed.',
  why: 'A verifier looks an attestation up by the name and digest of what it is about to run. One of another digest is not found, or proves where something else comes from.',
  limits:
    'Names and digests that are only known in the run are not compared. What cosign attests by a tag is the matter of identity/signed-by-tag, and a digest that nothing gives that of identity/dangling-digest.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['in-toto Statement v1: subject', 'actions/attest: subject-name and subject-digest'],
  visits: 'attestationSubject',
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  images:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: api\n        uses: docker/build-push-action@v7\n        with:\n          context: api\n          push: true\n          tags: ghcr.io/acme/api:${{ github.sha }}\n      - id: web\n        uses: docker/build-push-action@v7\n        with:\n          context: web\n          push: true\n          tags: ghcr.io/acme/web:${{ github.sha }}\n      - uses: actions/attest@v4\n        with:\n          subject-name: ghcr.io/acme/web\n          subject-digest: «${{ steps.api.outputs.digest }}»\n',
        'api/Dockerfile': 'FROM scratch\n',
        'web/Dockerfile': 'FROM scratch\n',
      },
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:${{ github.sha }}\n      - uses: actions/attest@v4\n        with:\n          subject-name: «ghcr.io/acme/api:${{ github.sha }}»\n          subject-digest: ${{ steps.push.outputs.digest }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:${{ github.sha }}\n      - uses: actions/attest@v4\n        with:\n          subject-name: ghcr.io/acme/api\n          subject-digest: ${{ steps.push.outputs.digest }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(subject, report) {
    for (const fault of subject.faults)
      report({ at: fault.at, message: messageFor(fault, subject), help: helpFor(fault), related: fault.related });
  },
});

function messageFor({ kind, found, wanted = '' }: SubjectFault, { name }: AttestationSubject): string {
  switch (kind) {
    case 'tag':
      return `The subject is named ${found}, with a tag: no verifier looks for it under that name`;
    case 'other-image':
      return `The attestation says that it is of ${wanted}, and holds the digest of ${found}: it proves nothing of ${wanted}`;
    case 'other-name':
      return `The attestation says that it is of ${wanted}, and its digest is that of ${found}: no verifier of ${found} finds it`;
    case 'platform':
      return `The attestation${name ? ` of ${name.values[0] ?? name.written}` : ''} holds ${found}, which is only a part of the image that is published: whoever pulls the image finds no attestation`;
    case 'not-a-digest':
      return `The attestation holds ${found}, which is not the digest that the registry gave to what was pushed: no verifier finds it`;
  }
}

function helpFor({ kind, found, wanted, instead }: SubjectFault): string {
  switch (kind) {
    case 'tag':
      return `Write ${wanted ?? 'the name without its tag'}`;
    case 'other-image':
      return instead === undefined ? `Read the digest of the step that pushes ${wanted ?? 'it'}` : `Write ${instead}`;
    case 'other-name':
      return `Write the name under which it is pushed: ${found}`;
    case 'platform':
      return 'Attest behind the merge, with the digest of the index: imagetools create --metadata-file, or imagetools inspect';
    case 'not-a-digest':
      return wanted === undefined ? 'Write the digest output of the step that pushes' : `Write ${wanted}`;
  }
}
