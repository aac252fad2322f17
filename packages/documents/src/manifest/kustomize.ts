import { itemsOf, valueAt } from '../yaml/access.ts';
import type { YamlNode } from '../yaml/model.ts';
import { hasPlaceholder, writtenText } from './image-text.ts';
import type { ManifestImage } from './model.ts';

/**
 * The `images` of a kustomization that say which tag or digest is deployed. `newTag` alone drops a digest, `digest` alone a
 * tag, both give `name:tag@digest` (kustomize's image transformer); an entry with neither keeps what the base says.
 */
export function readKustomization(root: YamlNode): readonly ManifestImage[] {
  return itemsOf(valueAt(root, 'images')).flatMap((entry) => readEntry(entry) ?? []);
}

function readEntry(entry: YamlNode): ManifestImage | undefined {
  const [name, newName] = [writtenText(valueAt(entry, 'name')), writtenText(valueAt(entry, 'newName'))];
  const [tag, digest] = [writtenText(valueAt(entry, 'newTag')), writtenText(valueAt(entry, 'digest'))];
  const repository = newName ?? name;
  const place = tag ?? digest;
  if (!repository || !place) return undefined;
  const text = `${repository.text}${tag ? `:${tag.text}` : ''}${digest ? `@${digest.text}` : ''}`;
  if (hasPlaceholder(text)) return undefined;
  const parts = [name, newName, tag && digest].filter((part) => part !== undefined).map((part) => part.range());
  return { text, range: place.range(), parts, owner: `image ${name?.text ?? repository.text}` };
}
