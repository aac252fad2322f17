import { defineRule, publishedSubject } from '@plimsoll/core';
import type { Digest } from '@plimsoll/core';

export const discardedDigest = defineRule({
  id: 'identity/discarded-digest',
  summary: 'An image is pushed, and its digest goes nowhere.',
  why: 'The digest is the only name of what was built. Where it is thrown away, all that follows has to ask the registry for a tag, and gets whatever that is by then.',
  limits:
    'A digest counts as kept where anything reads it, also only to print it; where an option writes it to a file; and where the registry is asked for it later in the same run. Pushes of actions that are not known, of scripts that no workflow calls, of pull requests alone, and to a registry of the run itself are not judged; nor in the recommended preset what is named as made for tests.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['OCI Image Specification: Content Descriptors', 'SLSA v1.1: Provenance subjects'],
  visits: 'digest',
  options: {
    tests: { description: 'Also report what is named as made for tests.', default: false, strict: true },
  },
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: { push: { tags: ["v*"] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «docker/build-push-action@v7»\n        with:\n          push: true\n          tags: ghcr.io/acme/api:${{ github.ref_name }}\n',
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/release.yml':
          'on: { push: { tags: ["v*"] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n          docker build -t ghcr.io/acme/api:$GITHUB_REF_NAME .\n          «docker push ghcr.io/acme/api:$GITHUB_REF_NAME»\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          'on: { push: { tags: ["v*"] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    outputs:\n      digest: ${{ steps.push.outputs.digest }}\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/api:${{ github.ref_name }}\n',
        Dockerfile: 'FROM scratch\n',
      },
      {
        '.github/workflows/release.yml':
          'on: { push: { tags: ["v*"] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: docker buildx build --push --metadata-file build.json -t ghcr.io/acme/api:$GITHUB_REF_NAME .\n      - uses: actions/upload-artifact@v7\n        with: { name: build, path: build.json }\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(digest, report, { tests }) {
    if (digest.fate.status !== 'lost' || (digest.forTests && !tests)) return;
    report({
      at: digest.range,
      message: `${publishedSubject({ kind: 'image', names: digest.names })} pushed, and ${digest.by === 'merge' ? "the index's digest" : 'the digest'} goes nowhere: what is attested, deployed or rolled back to later can only be named by a tag`,
      help: helpFor(digest),
    });
  },
});

function helpFor({ by, places, origin, names }: Digest): string {
  const output = places.find((place) => place.kind === 'output');
  if (output) {
    const id = output.step ?? 'push';
    const read =
      output.name === 'metadata'
        ? `\${{ fromJSON(steps.${id}.outputs.metadata)['<target>']['containerimage.digest'] }}`
        : `\${{ steps.${id}.outputs.digest }}`;
    const job = origin.action ? 'the outputs of the action' : `the outputs of job "${origin.job?.id ?? ''}"`;
    return `${output.step === undefined ? 'Give the step "id: push", and hand' : 'Hand'} its digest on: "digest: ${read}" in ${job}`;
  }
  const words = origin.command?.words.map((word) => word.text) ?? [];
  const option = optionFor(words);
  if (option) return `Add ${option}, and keep the file as an artifact or hand the digest in it on as an output`;
  const [name = '<image>'] = names;
  return `Ask for it right ${by === 'merge' ? 'behind the merge' : 'behind the push'}: docker buildx imagetools inspect ${name}:<tag> --format '{{.Manifest.Digest}}', and hand it on as an output`;
}

/** The option with which a command writes the digest to a file. */
function optionFor(words: readonly string[]): string | undefined {
  const text = words.join(' ');
  if (/\bbuildx? (?:build|b|bake|f|imagetools create)\b|^docker (?:build|bake)\b/.test(text))
    return '--metadata-file build.json';
  if (/^(?:podman|buildah) .*push\b/.test(text)) return '--digestfile image.digest';
  if (/executor/.test(words[0] ?? '')) return '--digest-file image.digest';
  if (/^(?:ko|crane) /.test(text)) return '--image-refs image-refs.txt';
  return /^pack /.test(text) ? '--report-output-dir report' : undefined;
}
