import type { GraphData, GraphLink, GraphNode } from './data.ts';

const place = { path: '.github/workflows/release.yml', line: 12, column: 9 };

export const lane: GraphNode = {
  kind: 'lane',
  id: 'lane:.github/workflows/release.yml',
  label: '.github/workflows/release.yml',
  place: { ...place, line: 1 },
  path: '.github/workflows/release.yml',
  inCi: true,
  name: 'Release',
  events: [{ event: 'push', tags: ['v*'] }, { event: 'workflow_dispatch' }],
  oidc: 'yes',
  writes: ['packages'],
  logins: [{ provider: 'npm', form: 'static', secrets: ['secrets.NPM_TOKEN'], place }],
  environments: ['production'],
};

export function publication(name: string, more: Partial<Extract<GraphNode, { kind: 'publication' }>> = {}): GraphNode {
  return {
    kind: 'publication',
    id: `publication:${name}`,
    label: name,
    place,
    artifact: 'image',
    names: [name],
    tags: ['1.2.3', 'latest'],
    job: 'image',
    group: `published:${name}`,
    ...more,
  };
}

export function build(dockerfile: string): GraphNode {
  return {
    kind: 'build',
    id: `build:${dockerfile}`,
    label: dockerfile,
    place,
    how: 'build-push-action',
    dockerfile,
    job: 'image',
    pushes: true,
  };
}

export const context: GraphNode = {
  kind: 'context',
  id: 'context:.',
  label: '.',
  contextKind: 'local',
  ignoreFile: '.dockerignore',
  files: 1200,
};

export const attestation: GraphNode = {
  kind: 'attestation',
  id: 'attestation:1',
  label: 'actions/attest',
  place: { ...place, line: 20 },
  how: 'actions-attest',
  signed: true,
};

export const signature: GraphNode = {
  ...attestation,
  kind: 'signature',
  id: 'signature:1',
  label: 'cosign sign',
  how: 'cosign-sign',
};

export function link(
  kind: GraphLink['kind'],
  from: GraphNode,
  to: GraphNode,
  more: Partial<GraphLink> = {},
): GraphLink {
  return { kind, from: from.id, to: to.id, status: 'resolved', place, ...more };
}

/** A lane that publishes images, each from its own Dockerfile in one context, and attests them. */
export function laneWith(...names: readonly string[]): GraphData {
  const images = names.map((name) => ({ image: publication(name), from: build(`${name}/Dockerfile`) }));
  return {
    nodes: [lane, ...images.flatMap(({ image, from }) => [from, image]), context, attestation],
    links: [
      link('in', attestation, lane),
      ...images.flatMap(({ image, from }) => [
        link('in', image, lane),
        link('in', from, lane),
        link('builds-from', from, context),
        link('publishes', from, image),
        link('attests', attestation, image),
      ]),
    ],
    unbuilt: [],
  };
}
