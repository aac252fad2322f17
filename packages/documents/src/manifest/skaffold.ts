import { entriesOf, itemsOf, stringOf, valueAt } from '../yaml/access.ts';
import type { YamlEntry, YamlNode } from '../yaml/model.ts';
import { distinctImages, hasPlaceholder, wholeImage } from './image-text.ts';
import type { ManifestImage } from './model.ts';

/** Keys of a single image: the builder of buildpacks, the base of jib. */
const IMAGES: ReadonlyMap<string, string> = new Map([
  ['builder', 'builder'],
  ['runImage', 'run image'],
  ['fromImage', 'base image'],
]);

/**
 * The images that Skaffold pulls: builders, base images, and the containers of its tests and custom actions; of profiles too.
 * The images of `artifacts` are what it builds.
 */
export function readSkaffold(root: YamlNode): readonly ManifestImage[] {
  const found = entriesOf(root).flatMap((entry) => imagesIn(entry, undefined, 'skaffold'));
  return distinctImages(found.filter(({ text }) => !hasPlaceholder(text)));
}

function imagesIn({ key, value }: YamlEntry, parent: string | undefined, owner: string): readonly ManifestImage[] {
  if (key === 'container' || key === 'containers') {
    const containers = value.type === 'sequence' ? value.items : [value];
    return containers.flatMap(
      (one) =>
        wholeImage(valueAt(one, 'image'), `${owner}, container ${stringOf(valueAt(one, 'name')) ?? ''}`.trim()) ?? [],
    );
  }
  const role = parent === 'buildpacks' || parent === 'jib' ? IMAGES.get(key) : undefined;
  if (role !== undefined) return [wholeImage(value, `${owner}, ${role}`)].filter((one) => one !== undefined);
  const inner = value.type === 'sequence' ? value.items : [value];
  return inner.flatMap((one) => entriesOf(one).flatMap((entry) => imagesIn(entry, key, ownerOf(one, owner))));
}

function ownerOf(node: YamlNode, owner: string): string {
  const image = stringOf(valueAt(node, 'image'));
  return image === undefined ? owner : `artifact ${image}`;
}

/** The names of the artifacts that it builds, and puts into what it deploys. */
export function skaffoldArtifacts(root: YamlNode): readonly string[] {
  const profiles = itemsOf(valueAt(root, 'profiles'));
  return [root, ...profiles].flatMap((one) =>
    itemsOf(valueAt(one, 'build', 'artifacts')).flatMap((artifact) => stringOf(valueAt(artifact, 'image')) ?? []),
  );
}
