import { describe, expect, test } from 'vitest';
import { textOf } from '../index.ts';
import { imagesOf, problemsOf, read } from './test-helpers.ts';

describe('Helm values', () => {
  test('name images by repository and tag', () => {
    const text = `
image:
  repository: ghcr.io/acme/worker
  tag: stable
  pullPolicy: IfNotPresent
metrics:
  image: { registry: quay.io, repository: prometheus/exporter, tag: v0.28.0, digest: "sha256:abc" }
  enabled: true
emptyImage: { repository: a/b, tag: "" }
images: { repository: a/common, tag: "" }
later: { repository: a/c }
source: { repository: "https://github.com/a/b.git", tag: v1 }
number: { repository: a/d, tag: 1.20 }
pinned: { repository: a/e, tag: "", digest: "sha256:def" }
sha: { repository: a/f, tag: v1, sha: ${'0'.repeat(64)} }
rendered: { repository: a/g, tag: "{{ .Chart.AppVersion }}" }
`;
    expect(imagesOf('values.yaml', text)).toEqual([
      'image: ghcr.io/acme/worker:stable at stable',
      'metrics.image: quay.io/prometheus/exporter:v0.28.0@sha256:abc at v0.28.0',
      'emptyImage: a/b at tag: ""',
      'number: a/d:1.20 at 1.20',
      'pinned: a/e@sha256:def at sha256:def',
      `sha: a/f:v1@sha256:${'0'.repeat(64)} at v1`,
    ]);
    expect(read('values.yaml', text)?.document.images[0]?.parts.map(textOf)).toEqual(['ghcr.io/acme/worker']);
  });

  test('may give a key twice, as Helm takes the last', () => {
    expect(problemsOf('values.yaml', 'a: 1\na: 2\n')).toEqual([]);
  });

  test('or by a string', () => {
    const text = `
image: "redis:7"
sidecar: { image: busybox, imageTag: "1.36" }
initImage: acme/init:v1
extraContainers: [{ name: a, image: "acme/a:1" }]
port: { image: "registry.acme.dev:5000/a" }
logo: { image: "https://example.com/a:b.png" }
plain: { image: nginx }
`;
    expect(imagesOf('charts/a/values.prod.yaml', text)).toEqual([
      'image: redis:7',
      'sidecar.image: busybox:1.36 at 1.36',
      'initImage: acme/init:v1',
      'extraContainers.image: acme/a:1',
    ]);
  });
});
