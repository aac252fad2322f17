import { defineRule, formatList } from '@plimsoll/core';
import type { Publication, Rebuild } from '@plimsoll/core';

export const builtTwice = defineRule({
  id: 'lane/built-twice',
  summary: 'An image is built and pushed a second time instead of being promoted by its digest.',
  why: 'Two builds of one commit are two images: base images and packages move between them, and arguments differ. What was tested, scanned and signed is the first; what runs is the second.',
  limits:
    'Images are told apart by their names and by the words of their tags: `nightly`, `preview` and `-alpine` are other images, `staging` and `production` are not. Two pushes count where one event and ref reach both for certain, or where only one of them depends on what is not known. In the strict preset a release also counts that builds again what a push to the default branch has published.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['The Twelve-Factor App: Build, release, run', 'Docker: docker buildx imagetools create'],
  visits: 'rebuild',
  options: {
    releases: {
      description: 'Also report a release that builds again what an earlier push published.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      {
        '.github/workflows/main.yml':
          'on: { push: { branches: [main] } }\njobs:\n  staging:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/portal:staging-${{ github.sha }}\n  production:\n    needs: staging\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «docker/build-push-action@v7»\n        with:\n          push: true\n          tags: ghcr.io/acme/portal:prod-${{ github.sha }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        '.github/workflows/main.yml':
          'on: { push: { branches: [main] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    outputs: { digest: "${{ steps.push.outputs.digest }}" }\n    steps:\n      - id: push\n        uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/portal:${{ github.sha }}\n  production:\n    needs: image\n    runs-on: ubuntu-24.04\n    steps:\n      - run: docker buildx imagetools create -t ghcr.io/acme/portal:production ghcr.io/acme/portal@${{ needs.image.outputs.digest }}\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(rebuild, report, { releases }) {
    if (rebuild.when === 'later' && !releases) return;
    const { range, first, second, name } = rebuild;
    report({
      at: range,
      message: messageOf(rebuild),
      help: `Push once, hand the digest on as a job output, and give it its other names: docker buildx imagetools create -t ${nameFor(name)}:<tag> ${nameFor(name)}@<digest>`,
      related: [
        { at: first.range, label: `built and pushed here first${tagsIn(first)}` },
        ...(range === second.range ? [] : [{ at: second.range, label: 'built and pushed here, by both calls' }]),
      ],
    });
  },
});

function messageOf({ when, name, second, event }: Rebuild): string {
  const tags = tagsIn(second);
  if (when === 'later')
    return `A ${event.event === 'workflow_dispatch' ? 'start by hand' : 'release'} builds ${nameFor(name)} again${tags}, which a push to the default branch has published before: what is released is not the image that was tested`;
  const cause =
    event.event === undefined
      ? 'One run'
      : event.event === 'workflow_run'
        ? 'The workflow that follows'
        : `One ${event.event}`;
  return `${cause} builds and pushes ${nameFor(name)} a second time${tags}: the two have different digests, so what was tested and scanned as one is not what runs as the other`;
}

function nameFor(name: string): string {
  return name.includes('$') && !name.startsWith('ghcr.io/') ? 'the image' : name;
}

/** The tags that can be read as they stand. */
function tagsIn({ tags }: Publication): string {
  const readable = [...new Set(tags.map(({ tag }) => tag))].filter(
    (tag) => !/\{\{|\$\(|^\$/.test(tag.replace(/\$\{\{ github\.\w+ \}\}/g, '')),
  );
  return readable.length === 0 ? '' : ` as ${formatList(readable, 2)}`;
}
