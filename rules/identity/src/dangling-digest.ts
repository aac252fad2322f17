import { defineRule } from '@plimsoll/core';
import type { DanglingDigest, DigestUse } from '@plimsoll/core';

export const danglingDigest = defineRule({
  id: 'identity/dangling-digest',
  summary: 'An expression wants a digest that nothing gives, or gives another one than is meant.',
  why: 'GitHub makes an unknown output an empty text, and no error: "image@" or "image" is deployed, signed or attested, which fails late or, worse, does not fail.',
  limits:
    'Outputs of actions and workflows of other repositories are not known, nor those of scripts which call other programs; they are not judged.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['GitHub: Passing information between jobs', 'GitHub: Contexts reference'],
  visits: 'digestUse',
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: { push: { tags: ["v*"] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    outputs:\n      digest: ${{ steps.push.outputs.digest }}\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:${{ github.ref_name }}\n  deploy:\n    needs: image\n    runs-on: ubuntu-24.04\n    steps:\n      - run: kubectl set image deployment/api api=ghcr.io/acme/api@${{ «needs.image.outputs.image-digest» }}\n',
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/release.yml':
          'on: { push: { tags: ["v*"] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    strategy:\n      matrix:\n        app: [api, web]\n    outputs:\n      digest: «${{ steps.push.outputs.digest }}»\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          context: ${{ matrix.app }}\n          push: true\n          tags: ghcr.io/acme/${{ matrix.app }}:${{ github.ref_name }}\n',
        'api/Dockerfile': 'FROM scratch\n',
        'web/Dockerfile': 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: { push: { tags: ["v*"] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    outputs:\n      digest: ${{ steps.push.outputs.digest }}\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:${{ github.ref_name }}\n  deploy:\n    needs: image\n    runs-on: ubuntu-24.04\n    steps:\n      - run: kubectl set image deployment/api api=ghcr.io/acme/api@${{ needs.image.outputs.digest }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(use, report) {
    const { digest } = use;
    if (digest.status !== 'dangling') return;
    report({
      at: use.range,
      message: messageFor(use, digest),
      ...(digest.instead !== undefined && { help: `Write ${digest.instead}` }),
      related: digest.related,
    });
  },
});

function messageFor({ written }: DigestUse, { because, reason }: DanglingDigest): string {
  if (because === 'matrix') return capital(reason);
  if (because === 'no-push' || because === 'platform')
    return `${written} is not the digest that is published: ${reason}`;
  return `${written} is empty: ${reason}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
