import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Workflows that share a reusable workflow and a composite action. */
const sharing = 10;

/**
 * A repository of so many workflows, all known to Git. Each has a job with a matrix of two by two that builds, pushes and
 * attests by a composite action, and one that calls a reusable workflow; each has a Dockerfile of its own.
 */
export function repositoryOf(workflows: number, root: string): string {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (let shared = 0; shared * sharing < workflows; shared++) {
    write(`.github/workflows/_package-${shared}.yml`, reusable(shared));
    write(`.github/actions/image-${shared}/action.yml`, composite);
  }
  for (let number = 0; number < workflows; number++) {
    const shared = Math.floor(number / sharing);
    write(`.github/workflows/release-${number}.yml`, workflow(number, shared));
    write(`apps/app-${number}/Dockerfile`, 'FROM node:24\nWORKDIR /srv\nCOPY . .\nRUN npm ci\n');
    write(`apps/app-${number}/package.json`, `{ "name": "@acme/app-${number}", "version": "1.0.0" }\n`);
    write(`apps/app-${number}/main.js`, 'run();\n');
  }
  execFileSync('git', ['init', '-q'], { cwd: root });
  execFileSync('git', ['add', '-A'], { cwd: root });
  return root;
}

function workflow(number: number, shared: number): string {
  return `name: release app ${number}
on:
  push:
    branches: [main]
    tags: ['app-${number}-v*']
    paths: ['apps/app-${number}/**']
permissions:
  contents: read
env:
  REGISTRY: ghcr.io
  IMAGE: acme/app-${number}
jobs:
  image:
    runs-on: ubuntu-24.04
    permissions: { contents: read, packages: write, id-token: write, attestations: write }
    strategy:
      matrix:
        edition: [community, enterprise]
        base: [debian, alpine]
    outputs:
      digest: \${{ steps.image.outputs.digest }}
    steps:
      - uses: actions/checkout@v7
      - id: image
        uses: ./.github/actions/image-${shared}
        with:
          context: apps/app-${number}
          name: \${{ env.REGISTRY }}/\${{ env.IMAGE }}-\${{ matrix.edition }}
          tag: \${{ matrix.base }}-\${{ github.sha }}
          push: \${{ github.event_name == 'push' }}
      - run: |
          echo "published \${{ steps.image.outputs.digest }}"
          npm ci && npm test
${packageJob(number, shared)}`;
}

function packageJob(number: number, shared: number): string {
  return `  package:
    needs: image
    permissions: { contents: read, id-token: write }
    uses: ./.github/workflows/_package-${shared}.yml
    with:
      folder: apps/app-${number}
    secrets: inherit
`;
}

const composite = `name: build an image
inputs:
  context: { required: true }
  name: { required: true }
  tag: { required: true }
  push: { default: 'false' }
outputs:
  digest:
    value: \${{ steps.push.outputs.digest }}
runs:
  using: composite
  steps:
    - uses: docker/login-action@v4
      with:
        registry: ghcr.io
        username: \${{ github.actor }}
        password: \${{ github.token }}
    - id: push
      uses: docker/build-push-action@v7
      with:
        context: \${{ inputs.context }}
        push: \${{ inputs.push }}
        tags: \${{ inputs.name }}:\${{ inputs.tag }}
    - uses: actions/attest@v4
      if: inputs.push == 'true'
      with:
        subject-name: \${{ inputs.name }}
        subject-digest: \${{ steps.push.outputs.digest }}
`;

function reusable(shared: number): string {
  return `name: publish a package ${shared}
on:
  workflow_call:
    inputs:
      folder: { type: string, required: true }
jobs:
  npm:
    runs-on: ubuntu-24.04
    if: github.ref_type == 'tag'
    steps:
      - uses: actions/checkout@v7
      - run: npm publish --provenance
        working-directory: \${{ inputs.folder }}
`;
}
