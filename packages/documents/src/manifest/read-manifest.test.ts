import { describe, expect, test } from 'vitest';
import { isManifestPath, sniffManifest } from '../index.ts';
import { imagesOf, problemsOf, read } from './test-helpers.ts';

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
    [
      'a definition of resources',
      'crd.yaml',
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {containers: [{image: a}]}\n',
    ],
  ])('%s is none', (_, path, text) => {
    expect(read(path, text)).toBeUndefined();
  });
});

describe('devcontainer.json', () => {
  test('is JSON with comments', () => {
    const text =
      '// For all\n{\n\t/* the image */ "image": "mcr.microsoft.com/devcontainers/base:1", // "image": "x"\n\t"url": "http://a", "é": "\\"//\\"",\n}\n';
    expect(imagesOf('.devcontainer/devcontainer.json', text)).toEqual([
      'devcontainer: mcr.microsoft.com/devcontainers/base:1',
    ]);
    expect(problemsOf('.devcontainer/devcontainer.json', text)).toEqual([]);
    expect(imagesOf('.devcontainer.json', text.replaceAll('\n', '\r\n'))).toHaveLength(1);
  });

  test('a broken one is a problem', () => {
    expect(problemsOf('.devcontainer.json', '{\n  "image": "a"\n  "name": "b"\n}\n')).toHaveLength(1);
  });
});
