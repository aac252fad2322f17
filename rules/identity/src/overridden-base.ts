import { defineRule } from '@plimsoll/core';
import type { OverriddenBase } from '@plimsoll/core';

export const overriddenBase = defineRule({
  id: 'identity/overridden-base',
  summary: 'A build puts something without a digest in the place of a base image that the Dockerfile names by digest.',
  why: 'Whoever reads the Dockerfile, and every tool that checks or raises its digests, sees an image that is not what is built. The pin is reviewed and has no effect.',
  limits:
    'It judges named contexts of build-push-action, bake, compose and the command line, and the build-arg BUILDKIT_SYNTAX, where their values are known. A context that is another target of the same call is not judged: its own Dockerfile is. A build-arg that fills an ARG in FROM is the matter of identity/latest-tag and identity/unpinned-image.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: [
    'Docker: docker buildx build --build-context',
    'Dockerfile reference: BUILDKIT_SYNTAX',
    'SLSA v1.1 Build L3: hermetic inputs',
  ],
  visits: 'overriddenBase',
  examples: {
    bad: [
      {
        '.github/workflows/image.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n          context: .\n          build-contexts: |\n            «runtime=docker-image://node:22»\n',
        Dockerfile:
          'FROM node:22.12.0@sha256:1f2a4125eb53e075ccf00d4a3e501ac6efb095fd786f18d7d37daac55c95d7d2 AS runtime\n',
      },
      {
        'docker-bake.hcl':
          'target "default" {\n  args = {\n    «BUILDKIT_SYNTAX = "docker/dockerfile:1-labs"»\n  }\n}\n',
        Dockerfile:
          '# syntax=docker/dockerfile:1.12@sha256:db1ff77fb637a5955317c7a3a62540196396d565f3dd5742e76dddbb6d75c4c5\nFROM scratch\n',
      },
    ],
    good: [
      {
        'docker-bake.hcl':
          'target "default" {\n  contexts = {\n    runtime = "docker-image://node@sha256:6a563024ebe6ec05e2949c83ea0adaedf92869a8de41fb65d1431ceb5f5c95fa"\n    assets = "./assets"\n  }\n}\n',
        Dockerfile:
          'FROM node:22.12.0@sha256:1f2a4125eb53e075ccf00d4a3e501ac6efb095fd786f18d7d37daac55c95d7d2 AS runtime\nCOPY --from=assets . /srv\n',
        'assets/a.txt': 'a\n',
      },
    ],
  },
  check(override, report) {
    const { kind, range, pinned, pinnedAt, name } = override;
    const what = kind === 'frontend' ? 'the frontend' : pinned.name === name ? 'the base image' : `the base of ${name}`;
    report({
      at: range,
      message: `The Dockerfile names ${what} by digest (${shortened(pinned.text)}), and this build puts ${written(override)} in its place: what is built is not what was reviewed`,
      help: help(override),
      related: [{ at: pinnedAt, label: 'this digest has no effect' }],
    });
  },
});

/** A digest tells more by its start than by its length. */
function shortened(text: string): string {
  const [name = '', digest = ''] = text.split('@', 2);
  return `${name}@${digest.slice(0, digest.indexOf(':') + 13)}…`;
}

function written({ source, kind }: OverriddenBase): string {
  if (source.kind === 'local')
    return source.folder === '' ? 'the root of the repository' : `the folder ${source.folder}`;
  if (source.kind === 'image') return kind === 'frontend' ? source.image : `the image ${source.image}`;
  return source.kind === 'git' || source.kind === 'http' ? source.url : 'something else';
}

function help({ kind, source, name, pinned }: OverriddenBase): string {
  if (source.kind !== 'image')
    return `Take the digest out of FROM, if ${name} is always replaced; or give the context another name`;
  const image = `${source.image.replace(/^.*:\/\//, '')}@sha256:<digest>`;
  return kind === 'frontend'
    ? `Take BUILDKIT_SYNTAX out and raise the digest of # syntax=${pinned.name} instead, or write ${image}`
    : `Write ${name}=docker-image://${image}, or take the entry out and raise the digest in FROM`;
}
