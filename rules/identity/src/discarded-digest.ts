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

function helpFor(digest: Digest): string {
  const { places, origin, by } = digest;
  const output = places.find((place) => place.kind === 'output');
  if (output) return helpForStep(digest, output);
  const option = optionFor(origin.command?.words.map((word) => word.text) ?? []);
  if (option) return `Add ${option}, and keep the file as an artifact or hand the digest in it on as an output`;
  const ask = `docker buildx imagetools inspect ${referenceOf(digest)} --format '{{.Manifest.Digest}}'`;
  return `Ask for it right behind the ${by === 'merge' ? 'merge' : 'push'}: echo "digest=$(${ask})" >> "$GITHUB_OUTPUT"`;
}

/** Where the job has a matrix, an output of it would be overwritten by each leg. */
function helpForStep(
  { origin }: Digest,
  { step, name }: { readonly step: string | undefined; readonly name: string },
): string {
  const id = step ?? newId(origin);
  const read =
    name === 'metadata'
      ? `\${{ fromJSON(steps.${id}.outputs.metadata)['<target>']['containerimage.digest'] }}`
      : `\${{ steps.${id}.outputs.digest }}`;
  const give = step === undefined ? `Give the step "id: ${id}", and ` : '';
  const { job, action } = origin;
  if (!action && job?.matrix)
    return capital(`${give}write its digest, ${read}, to a file which each leg uploads as an artifact of its own name`);
  const taken = (action ? action.outputs : (job?.outputs ?? [])).some((one) => one.name === 'digest');
  const owner = action ? 'the outputs of the action' : `the outputs of job "${job?.id ?? ''}"`;
  return capital(
    `${give}hand its digest on: "${taken || /^push-\d/.test(id) ? `${id}-digest` : 'digest'}: ${read}" in ${owner}`,
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `push`; with a number where more than one step of the list would be given that. */
function newId({ action, job, step }: Digest['origin']): string {
  const steps = (action ?? job)?.steps ?? [];
  const alike = steps.filter((one) => one.id === undefined && one.uses?.repository === step?.uses?.repository);
  const taken = steps.some((one) => one.id === 'push');
  return alike.length < 2 && !taken ? 'push' : `push-${alike.findIndex((one) => one === step) + (taken ? 2 : 1)}`;
}

/** As the command names it; else the name with a tag to fill in. */
function referenceOf({ origin, by, names }: Digest): string {
  const words = origin.command?.words ?? [];
  const last = words.at(-1)?.text;
  if (by === 'push' && words.some((word) => word.text === 'push') && last !== undefined) return last;
  return `${names[0] ?? '<image>'}:<tag>`;
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
