import { describe, expect, test } from 'vitest';
import { textOf } from '../index.ts';
import { imagesOf, read } from './test-helpers.ts';

describe('kustomize', () => {
  test('marks the tag that it sets', () => {
    const text = `
images:
  - name: envoyproxy/envoy
    newTag: edge
  - { name: a, newName: ghcr.io/acme/a, newTag: "1.20" }
  - { name: b, digest: "sha256:abc" }
  - { name: c, newTag: v1, digest: "sha256:def" }
  - { name: d, newName: ghcr.io/acme/d }
`;
    expect(imagesOf('kustomization.yaml', text)).toEqual([
      'image envoyproxy/envoy: envoyproxy/envoy:edge at edge',
      'image a: ghcr.io/acme/a:1.20 at 1.20',
      'image b: b@sha256:abc at sha256:abc',
      'image c: c:v1@sha256:def at v1',
    ]);
    const parts = read('kustomization.yaml', text)?.document.images[1]?.parts;
    expect(parts?.map(textOf)).toEqual(['a', 'ghcr.io/acme/a']);
  });

  test('is known by its kind too', () => {
    const text = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nimages: [{name: a, newTag: b}]\n';
    expect(read('base.yaml', text)?.document).toMatchObject({ type: 'kustomize', images: [{ text: 'a:b' }] });
  });
});
