import { describe, expect, test } from 'vitest';
import { imagesOf, problemsOf, read } from './test-helpers.ts';

describe('Kubernetes', () => {
  test('names images wherever a pod is described', () => {
    const text = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  template:
    spec:
      initContainers: [{ name: wait, image: busybox:1.36 }]
      containers:
        - name: api
          image: 'registry.acme.dev:5000/api'
      volumes: [{ name: models, image: { reference: "acme/models:v1" } }]
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: clean }
spec: { jobTemplate: { spec: { template: { spec: { containers: [{ image: acme/clean:1 }] } } } } }
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: { name: one }
    spec: { containers: [{ name: c, image: a }], ephemeralContainers: [{ name: d, image: b }] }
`;
    const images = [
      'Deployment api, init container wait: busybox:1.36',
      'Deployment api, container api: registry.acme.dev:5000/api',
      'Deployment api, volume models: acme/models:v1',
      'CronJob clean, container: acme/clean:1',
      'Pod one, container c: a',
      'Pod one, ephemeral container d: b',
    ];
    expect(imagesOf('deploy.yaml', text)).toEqual(images);
    expect(imagesOf('deploy.yaml', `\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(images);
    expect(read('deploy.yaml', text)?.document).toMatchObject({ type: 'kubernetes', services: [] });
  });

  test.each([
    [
      'Argo Workflows',
      'argoproj.io/v1alpha1',
      'Workflow',
      'templates: [{container: {image: "a:1"}}, {script: {image: "b:1"}, sidecars: [{name: s, image: "c:1"}]}, {container: {image: "{{inputs.x}}"}}]',
      ['container: a:1', 'script: b:1', 'sidecar s: c:1'],
    ],
    [
      'Argo Rollouts',
      'argoproj.io/v1alpha1',
      'Rollout',
      'template: {spec: {containers: [{name: a, image: "a:1"}]}}',
      ['container a: a:1'],
    ],
    [
      'Knative',
      'serving.knative.dev/v1',
      'Service',
      'template: {spec: {containers: [{image: "a:1"}]}}',
      ['container: a:1'],
    ],
    [
      'Tekton',
      'tekton.dev/v1',
      'Task',
      'stepTemplate: {image: "a:1"}\n  steps: [{name: x, image: "b:1"}, {image: $(params.image)}]',
      ['step template: a:1', 'step x: b:1'],
    ],
    [
      'KEDA',
      'keda.sh/v1alpha1',
      'ScaledJob',
      'jobTargetRef: {template: {spec: {containers: [{image: "a:1"}]}}}',
      ['container: a:1'],
    ],
    ['ko', 'v1', 'Pod', 'containers: [{image: "ko://example.com/cmd"}]', []],
    [
      'policies',
      'kyverno.io/v1',
      'ClusterPolicy',
      'rules: [{validate: {pattern: {spec: {containers: [{image: "!*:latest"}]}}}}]',
      [],
    ],
  ])('%s', (_, apiVersion, kind, spec, images) => {
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: n}\nspec:\n  ${spec}\n`;
    expect(imagesOf('a.yaml', text)).toEqual(images.map((image) => `${kind} n, ${image}`));
  });

  test('operators name images in fields of their own', () => {
    expect(
      imagesOf(
        'a.yaml',
        'apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: n}\nspec: {image: "prom/prometheus:v3"}\n',
      ),
    ).toEqual(['Prometheus n: prom/prometheus:v3']);
    expect(
      imagesOf(
        'a.yaml',
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: n}\nspec: {values: {image: {repository: a/b, tag: v1}}}\n',
      ),
    ).toEqual(['HelmRelease n.image: a/b:v1 at v1']);
  });

  test('a broken document hides no other one, and is no problem: the file may be something else', () => {
    const pod = (image: string) => `apiVersion: v1\nkind: Pod\nspec: {containers: [{image: "${image}"}]}\n`;
    const text = `${pod('a')}---\napiVersion: v1\nkind: x: y\n---\n${pod('b')}`;
    expect(imagesOf('a.yaml', text)).toEqual(['Pod, container: a', 'Pod, container: b']);
    expect(problemsOf('a.yaml', text)).toEqual([]);
  });

  test('a large file is read past its definitions; what is too large is refused', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nspec: {containers: [{image: a}]}\n';
    const definition = `apiVersion: x\nkind: CustomResourceDefinition\ntext: ${'x'.repeat(2_000_000)}\n`;
    expect(imagesOf('a.yaml', `${definition}---\n${pod}`)).toEqual(['Pod, container: a']);
    const [problem] = problemsOf('a.yaml', `${pod}---\n${'x: y\n'.repeat(300_000)}`);
    expect(problem).toContain('syntax/manifest 4:1 The YAML is longer than');
  });
});
