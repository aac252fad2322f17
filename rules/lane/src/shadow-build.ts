import { defineRule, formatList } from '@plimsoll/core';
import type { ShadowBuild } from '@plimsoll/core';

export const shadowBuild = defineRule({
  id: 'lane/shadow-build',
  summary: 'An image is published outside of the lane.',
  why: 'What a laptop or a second workflow pushes has passed none of the checks of the lane, may hold what nobody committed, and stands under the same name as what did. The lane is worth something only if it is the one way in.',
  limits:
    'The lane is what `lane.workflows` in plimsoll.yaml names; without it every workflow that publishes, so that only scripts can be outside. A script that the lane calls is the lane, and so is one of which a workflow speaks in a way that is not followed. A registry on localhost is none. Scripts in folders for tests and examples, and those that push to a registry which whoever calls them names, are the matter of the strict preset.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['SLSA v1.1 Build L2: hosted build platform', 'CIS Software Supply Chain Security Guide: 2.1'],
  visits: 'shadowBuild',
  options: {
    unnamed: {
      description: 'Also report scripts that push to a registry which whoever calls them names.',
      default: false,
      strict: true,
    },
    aside: {
      description: 'Also report scripts in folders for tests and examples.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      {
        'package.json':
          '{\n  "name": "ledger",\n  "scripts": {\n    "release": "npm test && «docker push ghcr.io/acme/ledger:latest»"\n  }\n}\n',
        '.github/workflows/release.yml':
          "on: { push: { tags: ['v*'] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          push: true\n          tags: ghcr.io/acme/ledger:${{ github.ref_name }}\n",
        Dockerfile: 'FROM scratch\n',
      },
      {
        'plimsoll.yaml': 'lane:\n  workflows: [.github/workflows/release.yml]\n',
        '.github/workflows/hotfix.yml':
          'on: workflow_dispatch\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: docker buildx build -t ghcr.io/acme/ledger:hotfix .\n      - run: «docker push ghcr.io/acme/ledger:hotfix»\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
    good: [
      {
        Makefile: 'publish:\n\tdocker buildx build --push -t ghcr.io/acme/ledger:$(TAG) .\n',
        '.github/workflows/release.yml':
          "on: { push: { tags: ['v*'] } }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make publish TAG=${{ github.ref_name }}\n",
        Dockerfile: 'FROM scratch\n',
      },
      {
        'package.json': '{ "scripts": { "image": "docker buildx build --load -t ledger:dev ." } }\n',
        Dockerfile: 'FROM scratch\n',
      },
    ],
  },
  check(shadow, report, { aside, unnamed }) {
    if (shadow.aside && shadow.aside !== 'development' && !aside) return;
    if (!unnamed && isCallersRegistry(shadow)) return;
    const { range, by, publication } = shadow;
    report({
      at: range,
      message: `${subjectOf(publication.names)} pushed by ${by}, outside of the lane: nothing says which commit it is made from, nor that it passed what the lane checks`,
      help: helpFor(shadow),
      related: range === publication.range ? [] : [{ at: publication.range, label: 'the push' }],
    });
  },
});

/** `docker push $REGISTRY/api`, `ko apply`: a script for the registry of whoever calls it. */
function isCallersRegistry({ publication: { site, names } }: ShadowBuild): boolean {
  return site !== 'workflow' && names.every((name) => name.startsWith('$'));
}

function subjectOf(names: readonly string[]): string {
  const known = names.filter((name) => !name.includes('$'));
  return known.length === 0 ? 'An image is' : `${formatList(known, 3)} ${known.length > 1 ? 'are' : 'is'}`;
}

function helpFor({ by, lane, publication }: ShadowBuild): string {
  const inLane = lane.length === 0 ? 'a workflow' : formatList(lane, 3);
  if (publication.site === 'workflow')
    return `Publish in ${inLane}, or add ${by.replace('the workflow ', '')} to "lane: workflows:" in plimsoll.yaml`;
  return `Leave the push to ${inLane}; build here for this machine alone: ${localBuild(publication)}`;
}

/** How the tool that pushes keeps what it builds. */
function localBuild({ origin, site, build }: ShadowBuild['publication']): string {
  const program = origin.command?.words[0]?.text;
  if (program === 'ko') return 'ko build --local';
  return site === 'nx' && build?.how === 'command' && build.origin.command === undefined
    ? '"push": false in the options of the executor'
    : 'docker buildx build --load';
}
