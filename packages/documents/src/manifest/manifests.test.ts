import { describe, expect, test } from 'vitest';
import { isManifestPath, sniffManifest } from '../index.ts';
import { imagesOf, problemsOf, read } from './test-helpers.ts';

const resource = (apiVersion: string, kind: string, spec: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: n }\nspec:\n${spec.replace(/^/gm, '  ')}\n`;

describe('fields of operators', () => {
  test.each([
    ['monitoring.coreos.com/v1', 'ThanosRuler', 'thanos: { image: "t:1" }', ['ThanosRuler n: t:1']],
    ['apps.kruise.io/v1beta1', 'ImagePullJob', 'image: "a:1"', ['ImagePullJob n: a:1']],
    [
      'apps.kruise.io/v1alpha1',
      'SidecarSet',
      'containers: [{ name: s, image: "s:1" }]',
      ['SidecarSet n, container s: s:1'],
    ],
    ['postgresql.cnpg.io/v1', 'Cluster', 'imageName: "pg:17"', ['Cluster n: pg:17']],
    ['pkg.crossplane.io/v1', 'Provider', 'package: xpkg.example.org/p:v1', ['Provider n: xpkg.example.org/p:v1']],
    [
      'kubevirt.io/v1',
      'VirtualMachine',
      'template: { spec: { volumes: [{ name: d, containerDisk: { image: "disk:1" } }] } }',
      ['VirtualMachine n, volume d: disk:1'],
    ],
    [
      'argoproj.io/v1alpha1',
      'CronWorkflow',
      'workflowSpec: { templates: [{ containerSet: { containers: [{ name: c, image: "a:1" }] } }] }',
      ['CronWorkflow n, container c: a:1'],
    ],
    [
      'argoproj.io/v1alpha1',
      'WorkflowTemplate',
      'templates: [{ initContainers: [{ name: i, image: "a:1" }], script: { image: "b:1" } }]',
      ['WorkflowTemplate n, init container i: a:1', 'WorkflowTemplate n, script: b:1'],
    ],
    [
      'run.googleapis.com/v1',
      'Job',
      'template: { spec: { template: { spec: { containers: [{ image: "j:1" }] } } } }',
      ['Job n, container: j:1'],
    ],
    ['tekton.dev/v1', 'Task', 'sidecars: [{ name: s, image: "s:1" }]', ['Task n, sidecar s: s:1']],
    ['acme.example/v1', 'Thing', 'image: "not-known:1"', []],
  ])('%s %s', (apiVersion, kind, spec, expected) => {
    expect(imagesOf('a.yaml', resource(apiVersion, kind, spec))).toEqual(expected);
  });
});

describe('Flux', () => {
  const repository = (spec: string): string[] =>
    imagesOf('a.yaml', resource('source.toolkit.fluxcd.io/v1', 'OCIRepository', spec));

  test.each([
    ['url: oci://ghcr.io/a/m\nref: { tag: v1 }', ['OCIRepository n: ghcr.io/a/m:v1 at v1']],
    ['url: oci://ghcr.io/a/m\nref: { digest: "sha256:ab" }', ['OCIRepository n: ghcr.io/a/m@sha256:ab at sha256:ab']],
    [
      'url: oci://ghcr.io/a/m\nref: { tag: v1, digest: "sha256:ab" }',
      ['OCIRepository n: ghcr.io/a/m@sha256:ab at sha256:ab'],
    ],
    ['url: oci://ghcr.io/a/m', ['OCIRepository n: ghcr.io/a/m at oci://ghcr.io/a/m']],
    ['url: oci://ghcr.io/a/m\nref: { semver: ">=1.0" }', []],
    ['url: https://example.org/m', []],
  ])('OCIRepository %j', (spec, expected) => expect(repository(spec)).toEqual(expected));

  test('a Kustomization of Flux has images', () => {
    const text = resource('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'images: [{ name: api, newTag: edge }]');
    expect(imagesOf('a.yaml', text)).toEqual(['image api: api:edge at edge']);
  });

  test('the chart of a release gives tags of its own', () => {
    const text = resource(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'values: { image: { repository: a/b, tag: "" } }',
    );
    expect(imagesOf('a.yaml', text)).toEqual([]);
  });
});

describe('Argo CD', () => {
  const application = (source: string, kind = 'Application'): string[] =>
    imagesOf('a.yaml', resource('argoproj.io/v1alpha1', kind, source));

  test('an Application names images for kustomize', () => {
    expect(
      application(
        'source:\n  kustomize:\n    images:\n      - acme/api:edge\n      - proxy=envoyproxy/envoy:v1.32\n      - acme/only\n      - acme/x:$ARGOCD_APP_REVISION\n',
      ),
    ).toEqual([
      'Application n, image: acme/api:edge',
      'Application n, image: envoyproxy/envoy:v1.32',
      'Application n, image: acme/x:$ARGOCD_APP_REVISION',
    ]);
  });

  test('and for Helm as parameters, as an object and as text', () => {
    const helm = [
      'sources:',
      '  - helm:',
      '      parameters:',
      '        - { name: image.repository, value: acme/api }',
      '        - { name: image.tag, value: latest }',
      '        - { name: other.tag, value: v1 }',
      '  - helm: { valuesObject: { image: { repository: acme/web, tag: v2 } } }',
      '  - helm:',
      '      values: |',
      '        # of the team',
      '        image:',
      '          repository: acme/job',
      '          tag: v3',
    ].join('\n');
    expect(application(helm)).toEqual([
      'Application n, parameter image.repository: acme/api:latest at latest',
      'Application n.image: acme/web:v2 at v2',
      'Application n.image: acme/job:v3 at v3',
    ]);
  });

  test('an ApplicationSet has it in its template', () => {
    expect(
      application(
        'template: { spec: { source: { kustomize: { images: ["acme/api:v1", "acme/{{branch}}:v1"] } } } }',
        'ApplicationSet',
      ),
    ).toEqual(['ApplicationSet n, image: acme/api:v1']);
  });
});

test('kustomize gives values to charts', () => {
  const text = 'helmCharts:\n  - name: web\n    valuesInline: { image: { repository: a/b, tag: stable } }\n';
  expect(imagesOf('kustomization.yaml', text)).toEqual(['chart web.image: a/b:stable at stable']);
});

describe('task definitions', () => {
  test.each([
    ['aws/td.json', '{"containerDefinitions":[{"name":"a","image":"a:1"}]}', ['task definition, container a: a:1']],
    [
      'td.json',
      '{"taskDefinition":{"family":"f","containerDefinitions":[{"image":"a:1"}]}}',
      ['task definition f: a:1'],
    ],
    [
      'ecs/td.yml',
      'family: f\ncontainerDefinitions:\n  - name: a\n    image: a:1\n',
      ['task definition f, container a: a:1'],
    ],
    ['td.json', '{"containerDefinitions":"image"}', []],
    ['td.json', '{"containerDefinitions":[{"image":', []],
  ])('%s %s', (path, text, expected) => expect(imagesOf(path, text)).toEqual(expected));
});

describe('by content', () => {
  test('resources may be JSON', () => {
    const pod = '{ "apiVersion": "v1", "kind": "Pod", "spec": { "containers": [{ "name": "a", "image": "a:1" }] } }';
    expect(imagesOf('k8s/pod.json', pod)).toEqual(['Pod, container a: a:1']);
  });

  test.each(['package.json', 'apps/web/tsconfig.build.json', 'src/locales/de.json', 'grafana/dashboards/a.json'])(
    '%s is not even looked at',
    (path) => expect(isManifestPath(path)).toBe(false),
  );

  test.each([
    ['services:\n  db:\n    image: a\n', true],
    ['# stack\nservices: # all\n\n  # one\n  db: &db\n    build: .\n', true],
    ['services:\n  - docker:dind\nimage: a\n', false],
    ['services:\n  App\\Service: ~\n  image: x\n', false],
    ['definitions:\n  services:\n    db:\n      image: a\n', false],
  ])('%j is of compose: %s', (text, expected) => {
    expect(sniffManifest('deploy/stack.yml', text)).toBe(expected);
  });

  test('services of something else are none', () => {
    expect(read('config/services.yaml', 'services:\n  app:\n    class: App\n  build:\n    class: B\n')).toBeUndefined();
    expect(problemsOf('deploy/stack.yml', 'services:\n  a:\n    image: [\n')).toEqual([]);
  });

  test('a long run of blank lines costs no more than its length', () => {
    expect(sniffManifest('a.yml', `${'services:\n'.repeat(20_000)}${'\n'.repeat(100_000)}x: image\n`)).toBe(false);
    expect(sniffManifest('a.json', `${'"containerDefinitions" '.repeat(20_000)}`)).toBe(false);
  });
});

describe('features of a dev container', () => {
  test('are keys with a registry', () => {
    const text =
      '{ "features": { "ghcr.io/a/f:1": {}, "ghcr.io/a/g": {}, "./local": {}, "https://a.dev/x.tgz": {}, "git": "latest" } }';
    expect(imagesOf('.devcontainer.json', text)).toEqual([
      'feature of the devcontainer: ghcr.io/a/f:1',
      'feature of the devcontainer: ghcr.io/a/g',
    ]);
  });
});

describe('Skaffold', () => {
  test('of any profile', () => {
    const text =
      'apiVersion: skaffold/v4beta6\nkind: Config\nprofiles:\n  - name: p\n    build:\n      artifacts:\n        - image: app\n          buildpacks: { builder: "b:1", runImage: "r:1" }\n    customActions:\n      - name: t\n        containers: [{ name: c, image: "c:1" }, { name: d, image: "{{.IMAGE}}" }]\n';
    expect(imagesOf('skaffold.yaml', text)).toEqual([
      'artifact app, builder: b:1',
      'artifact app, run image: r:1',
      'skaffold, container c: c:1',
    ]);
  });
});
