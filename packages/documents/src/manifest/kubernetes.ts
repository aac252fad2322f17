import { entriesOf, itemsOf, stringOf, valueAt } from '../yaml/access.ts';
import type { YamlEntry, YamlNode } from '../yaml/model.ts';
import { applicationImages } from './argo-cd.ts';
import { readHelmValues } from './helm-values.ts';
import { distinctImages, hasPlaceholder, wholeImage } from './image-text.ts';
import { readKustomization } from './kustomize.ts';
import type { ManifestImage } from './model.ts';
import { ociRepository, operatorImages, volumeImages } from './operators.ts';

/** Lists of containers in a PodSpec, and in the templates of Argo Workflows. */
const CONTAINER_LISTS: ReadonlyMap<string, string> = new Map([
  ['containers', 'container'],
  ['initContainers', 'init container'],
  ['ephemeralContainers', 'ephemeral container'],
  ['sidecars', 'sidecar'],
]);

/** Further places where one API group has containers. */
const GROUP_KEYS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'argoproj.io',
    new Map([
      ['container', 'container'],
      ['script', 'script'],
    ]),
  ],
  [
    'tekton.dev',
    new Map([
      ['steps', 'step'],
      ['stepTemplate', 'step template'],
    ]),
  ],
]);

export function isResource(node: YamlNode | undefined): boolean {
  return stringOf(valueAt(node, 'apiVersion')) !== undefined && stringOf(valueAt(node, 'kind')) !== undefined;
}

/**
 * The images of a Kubernetes resource. A PodSpec is known by its lists of containers, wherever it stands: in the built-in
 * workloads, in a `List`, and in the resources of Argo, Knative, Tekton, KEDA or OpenKruise.
 */
export function readResource(node: YamlNode): readonly ManifestImage[] {
  return distinctImages(resourceImages(node).filter(({ text }) => isName(text)));
}

/** Not a placeholder, a pattern of a policy, or something to be built (`ko://…`). */
function isName(text: string): boolean {
  return !hasPlaceholder(text) && !/:\/\/|[\s*?!<>|]/.test(text);
}

function resourceImages(node: YamlNode): readonly ManifestImage[] {
  const kind = stringOf(valueAt(node, 'kind')) ?? '';
  if (kind === 'CustomResourceDefinition') return [];
  if (kind.endsWith('List') && valueAt(node, 'items')) return itemsOf(valueAt(node, 'items')).flatMap(resourceImages);
  const group = (stringOf(valueAt(node, 'apiVersion')) ?? '').split('/')[0] ?? '';
  const owner = `${kind} ${stringOf(valueAt(node, 'metadata', 'name')) ?? ''}`.trim();
  return [
    ...podImages(node, { owner, extra: GROUP_KEYS.get(group) }),
    ...operatorImages(node, group, owner),
    ...toolImages(node, kind, owner),
  ];
}

/** Flux and Argo CD carry Helm values and kustomize images in their resources, kustomize the values of charts. */
function toolImages(node: YamlNode, kind: string, owner: string): readonly ManifestImage[] {
  switch (kind) {
    case 'HelmRelease': {
      const values = valueAt(node, 'spec', 'values');
      return values ? withTags(readHelmValues(values, owner)) : [];
    }
    case 'Kustomization':
      return readKustomization(valueAt(node, 'spec') ?? node);
    case 'OCIRepository':
      return ociRepository(node, owner);
    case 'Application':
    case 'ApplicationSet':
      return withTags(applicationImages(node, owner));
    default:
      return [];
  }
}

/** The chart that would give a tag is that of others. */
function withTags(images: readonly ManifestImage[]): readonly ManifestImage[] {
  return images.filter(({ defaultTag }) => !defaultTag);
}

interface Place {
  readonly owner: string;
  readonly extra: ReadonlyMap<string, string> | undefined;
}

function podImages(node: YamlNode, place: Place): ManifestImage[] {
  if (node.type === 'sequence') return node.items.flatMap((item) => podImages(item, place));
  return entriesOf(node).flatMap((entry) => entryImages(entry, place));
}

function entryImages({ key, value }: YamlEntry, place: Place): ManifestImage[] {
  const role = CONTAINER_LISTS.get(key) ?? place.extra?.get(key);
  const own = role === undefined ? [] : containerImages(value, role, place);
  const volumes = key === 'volumes' ? volumeImages(value, place.owner) : [];
  return [...own, ...volumes, ...podImages(value, place)];
}

function containerImages(node: YamlNode, role: string, { owner }: Place): ManifestImage[] {
  const containers = node.type === 'sequence' ? node.items : [node];
  return containers.flatMap((container) => {
    const name = stringOf(valueAt(container, 'name'));
    const image = wholeImage(valueAt(container, 'image'), `${owner}, ${role}${name === undefined ? '' : ` ${name}`}`);
    return image ?? [];
  });
}
