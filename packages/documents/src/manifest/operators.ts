import { entryOf, itemsOf, stringOf, valueAt } from '../yaml/access.ts';
import type { YamlNode } from '../yaml/model.ts';
import { wholeImage } from './image-text.ts';
import type { ManifestImage } from './model.ts';

/** Fields of `spec`, by API group, that name the image which an operator runs. */
const FIELDS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['monitoring.coreos.com', [['image'], ['thanos', 'image']]],
  ['apps.kruise.io', [['image']]],
  ['opentelemetry.io', [['image']]],
  ['sparkoperator.k8s.io', [['image'], ['driver', 'image'], ['executor', 'image']]],
  ['flink.apache.org', [['image']]],
  ['elasticsearch.k8s.elastic.co', [['image']]],
  ['kibana.k8s.elastic.co', [['image']]],
  ['postgresql.cnpg.io', [['imageName']]],
  ['pkg.crossplane.io', [['package']]],
  ['operators.coreos.com', [['image']]],
]);

/** The images that resources of operators name in fields of their own. */
export function operatorImages(node: YamlNode, group: string, owner: string): readonly ManifestImage[] {
  return (FIELDS.get(group) ?? []).flatMap((path) => wholeImage(valueAt(node, 'spec', ...path), owner) ?? []);
}

const OCI = 'oci://';

/** The artifact that Flux pulls: `url` with the tag or digest of `ref`. A range of versions is no name. */
export function ociRepository(node: YamlNode, owner: string): readonly ManifestImage[] {
  const url = wholeImage(valueAt(node, 'spec', 'url'), owner);
  if (!url?.text.startsWith(OCI)) return [];
  const ref = valueAt(node, 'spec', 'ref');
  const [tag, digest] = [wholeImage(valueAt(ref, 'tag'), owner), wholeImage(valueAt(ref, 'digest'), owner)];
  const name = url.text.slice(OCI.length);
  if (digest) return [{ ...digest, text: `${name}@${digest.text}`, parts: [url.range] }];
  if (entryOf(ref, 'semver')) return [];
  return tag ? [{ ...tag, text: `${name}:${tag.text}`, parts: [url.range] }] : [{ ...url, text: name }];
}

/** The disks of virtual machines (KubeVirt) are images in volumes. */
export function volumeImages(volumes: YamlNode, owner: string): readonly ManifestImage[] {
  return itemsOf(volumes).flatMap((volume) => {
    const of = `${owner}, volume ${stringOf(valueAt(volume, 'name')) ?? ''}`.trim();
    const image = valueAt(volume, 'image', 'reference') ?? valueAt(volume, 'containerDisk', 'image');
    return wholeImage(image, of) ?? [];
  });
}
