import { describe, expect, test } from 'vitest';
import { SourceFile, isManifestPath, readManifest, sniffManifest, textOf } from '../index.ts';

const read = (path: string, text: string) => readManifest(new SourceFile(path, text));

/** `owner: text`, and what is marked where it is not the text. */
function imagesOf(path: string, text: string): string[] {
  return (read(path, text)?.document.images ?? []).map((image) => {
    const marked = textOf(image.range);
    return `${image.owner}: ${image.text}${marked === image.text ? '' : ` at ${marked}`}`;
  });
}

function problemsOf(path: string, text: string): string[] {
  const file = new SourceFile(path, text);
  return (readManifest(file)?.problems ?? []).map(({ rule, range, message }) => {
    const { line, column } = file.positionAt(range.start);
    return `${rule} ${line}:${column} ${message}`;
  });
}

describe('what a manifest is', () => {
  test.each([
    ['compose.yaml', true],
    ['dev/docker-compose.prod.yml', true],
    ['compose-dev.yml', true],
    ['deploy/kustomization.yaml', true],
    ['Kustomization', true],
    ['charts/a/values.yaml', true],
    ['values-prod.yml', true],
    ['.devcontainer/devcontainer.json', true],
    ['.devcontainer/api/devcontainer.json', true],
    ['.devcontainer.json', true],
    ['composer.yml', false],
    ['.github/workflows/compose.yml', false],
    ['package.json', false],
  ])('%s by its name: %s', (path, known) => {
    expect(isManifestPath(path) && sniffManifest(path, '')).toBe(known);
  });

  test('any other YAML by its keys', () => {
    const pod = 'apiVersion: v1\nkind: Pod\n';
    expect(isManifestPath('a/pod.yaml')).toBe(true);
    expect(sniffManifest('a/pod.yaml', pod)).toBe(true);
    expect(sniffManifest('a/pod.yaml', 'kind: Pod\n')).toBe(false);
    expect(sniffManifest('chart/templates/pod.yaml', `${pod}metadata: {name: {{ .Release.Name }}}\n`)).toBe(false);
  });

  test.each([
    ['a Helm template', 'chart/templates/a.yaml', 'apiVersion: v1\nkind: Pod\nname: {{ .x }}\n'],
    ['other YAML', 'a.yaml', 'services: {a: {image: b}}\n'],
    ['a compose name with something else in it', 'compose.yaml', 'recipes: [a]\n'],
    ['an empty file', 'compose.yaml', '# later\n'],
    ['a compose template', 'compose.yaml', 'services:\n{% for x in y %}\n  a: b\n{% endfor %}\n'],
    ['a definition of resources', 'crd.yaml', 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {containers: [{image: a}]}\n'],
  ])('%s is none', (_, path, text) => {
    expect(read(path, text)).toBeUndefined();
  });
});

describe('compose', () => {
  test('pulls images, and builds others under the name of its image', () => {
    const text = `
services:
  api: { build: ./api, image: ghcr.io/acme/api:latest }
  db:
    image: "postgres:17" # pinned later
  fresh: { build: ., image: "acme/fresh:1", pull_policy: always }
  local: { image: acme/local, pull_policy: never }
  var: { image: "\${IMAGE:-redis:7}" }
  child: { extends: { service: api }, image: acme/child }
  other: { extends: { file: base.yaml, service: x }, image: acme/other }
  data:
    image: alpine@sha256:abc
    volumes: [{ type: image, source: acme/data:1 }, ./a:/a]
`;
    expect(imagesOf('compose.yaml', text)).toEqual([
      'service db: postgres:17',
      'service fresh: acme/fresh:1',
      'service var: ${IMAGE:-redis:7}',
      'service other: acme/other',
      'service data: alpine@sha256:abc',
      'service data, image volume: acme/data:1',
    ]);
    expect(imagesOf('compose.yaml', text.replaceAll('\n', '\r\n'))).toEqual(imagesOf('compose.yaml', `\uFEFF${text}`));
  });

  test('has builds with their arguments and contexts', () => {
    const service = read('compose.yaml', `
services:
  api:
    build:
      context: apps/api
      dockerfile: prod.Dockerfile
      target: run
      args:
        NODE: 22
        NPM_TOKEN:
      additional_contexts: [base=docker-image://node:22, libs=../libs]
      tags: [acme/api:1]
    environment:
      - A=b=c
      - TOKEN
`)?.document.services[0];
    expect(service?.build).toMatchObject({
      context: { value: 'apps/api' },
      dockerfile: { value: 'prod.Dockerfile' },
      target: { value: 'run' },
      args: [{ name: 'NODE', value: '22' }, { name: 'NPM_TOKEN', value: '', inherited: true }],
      additionalContexts: [{ name: 'base', value: 'docker-image://node:22' }, { name: 'libs', value: '../libs' }],
      tags: [{ value: 'acme/api:1' }],
    });
    expect(service?.env).toMatchObject([{ name: 'A', value: 'b=c' }, { name: 'TOKEN', inherited: true }]);
    expect(service?.env[0] && textOf(service.env[0].range)).toBe('b=c');
    expect(service?.build?.args[0]).not.toHaveProperty('inherited');
  });

  test('named contexts may be images', () => {
    const text = 'services: {a: {build: {context: ., additional_contexts: {base: "docker-image://node:22"}}}}\n';
    expect(imagesOf('compose.yaml', text)).toEqual(['service a, build context base: node:22']);
  });

  test('builds in its own folder unless it says otherwise', () => {
    const short = read('compose.yaml', 'services: {a: {build: ./api}}\n')?.document.services[0]?.build;
    expect(short?.context.value).toBe('./api');
    expect(short && textOf(short.range)).toBe('build: ./api');
    const inline = read('compose.yaml', 'services: {a: {build: {dockerfile_inline: FROM scratch}}}\n')?.document.services[0]?.build;
    expect(inline).toMatchObject({ context: { value: '.' }, dockerfileInline: { value: 'FROM scratch' } });
    expect(inline && textOf(inline.context.text.range())).toBe('build');
  });

  test('merge keys are resolved, and an image that several services share is told once', () => {
    const text = `
x-base: &base { image: "redis:7", environment: { A: 1 } }
services:
  one: { <<: *base }
  two: { <<: [{ image: own }, *base] }
  three:
    <<: *base
    environment: { B: 2 }
`;
    expect(imagesOf('compose.yaml', text)).toEqual(['service one: redis:7', 'service two: own']);
    const services = read('compose.yaml', text)?.document.services;
    expect(services?.map(({ image, env }) => [image?.value, ...env.map(({ name }) => name)])).toEqual([
      ['redis:7', 'A'],
      ['own', 'A'],
      ['redis:7', 'B'],
    ]);
  });

  test('a key that is given twice is a problem', () => {
    const text = 'services:\n  api:\n    build: .\n    ports:\n      - 3000:3000\n    build: ./apps/api\n';
    expect(problemsOf('compose.yaml', text)).toEqual([
      'syntax/manifest 6:5 The key "build" is given twice; it is first given in line 3',
    ]);
    expect(read('compose.yaml', text)?.document.services).toHaveLength(1);
  });
});

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
    ['Argo Workflows', 'argoproj.io/v1alpha1', 'Workflow', 'templates: [{container: {image: "a:1"}}, {script: {image: "b:1"}, sidecars: [{name: s, image: "c:1"}]}, {container: {image: "{{inputs.x}}"}}]', ['container: a:1', 'script: b:1', 'sidecar s: c:1']],
    ['Argo Rollouts', 'argoproj.io/v1alpha1', 'Rollout', 'template: {spec: {containers: [{name: a, image: "a:1"}]}}', ['container a: a:1']],
    ['Knative', 'serving.knative.dev/v1', 'Service', 'template: {spec: {containers: [{image: "a:1"}]}}', ['container: a:1']],
    ['Tekton', 'tekton.dev/v1', 'Task', 'stepTemplate: {image: "a:1"}\n  steps: [{name: x, image: "b:1"}, {image: $(params.image)}]', ['step template: a:1', 'step x: b:1']],
    ['KEDA', 'keda.sh/v1alpha1', 'ScaledJob', 'jobTargetRef: {template: {spec: {containers: [{image: "a:1"}]}}}', ['container: a:1']],
    ['ko', 'v1', 'Pod', 'containers: [{image: "ko://example.com/cmd"}]', []],
    ['policies', 'kyverno.io/v1', 'ClusterPolicy', 'rules: [{validate: {pattern: {spec: {containers: [{image: "!*:latest"}]}}}}]', []],
  ])('%s', (_, apiVersion, kind, spec, images) => {
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: n}\nspec:\n  ${spec}\n`;
    expect(imagesOf('a.yaml', text)).toEqual(images.map((image) => `${kind} n, ${image}`));
  });

  test('operators name images in fields of their own', () => {
    expect(imagesOf('a.yaml', 'apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: n}\nspec: {image: "prom/prometheus:v3"}\n')).toEqual([
      'Prometheus n: prom/prometheus:v3',
    ]);
    expect(imagesOf('a.yaml', 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: n}\nspec: {values: {image: {repository: a/b, tag: v1}}}\n')).toEqual([
      'HelmRelease n.image: a/b:v1 at v1',
    ]);
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
empty: { repository: a/b, tag: "" }
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
      'number: a/d:1.20 at 1.20',
      'pinned: a/e@sha256:def at sha256:def',
      `sha: a/f:v1@sha256:${'0'.repeat(64)} at v1`,
    ]);
    expect(read('values.yaml', text)?.document.images[0]?.parts.map(textOf)).toEqual(['ghcr.io/acme/worker']);
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

describe('devcontainer.json', () => {
  test('is JSON with comments', () => {
    const text = '// For all\n{\n\t/* the image */ "image": "mcr.microsoft.com/devcontainers/base:1", // "image": "x"\n\t"url": "http://a", "é": "\\"//\\"",\n}\n';
    expect(imagesOf('.devcontainer/devcontainer.json', text)).toEqual(['devcontainer: mcr.microsoft.com/devcontainers/base:1']);
    expect(problemsOf('.devcontainer/devcontainer.json', text)).toEqual([]);
    expect(imagesOf('.devcontainer.json', text.replaceAll('\n', '\r\n'))).toHaveLength(1);
  });

  test('a broken one is a problem', () => {
    expect(problemsOf('.devcontainer.json', '{\n  "image": "a"\n  "name": "b"\n}\n')).toHaveLength(1);
  });
});
