import { itemsOf, stringOf, valueAt } from '../yaml/access.ts';
import type { YamlNode } from '../yaml/model.ts';
import { readHelmValues } from './helm-values.ts';
import { hasPlaceholder, writtenText } from './image-text.ts';
import type { ManifestImage } from './model.ts';

/**
 * The `images` of a kustomization that say which tag or digest is deployed. `newTag` alone drops a digest, `digest` alone a
 * tag, both give `name:tag@digest` (kustomize's image transformer); an entry with neither keeps what the base says.
 * The values that it gives to charts name images as well.
 */
export function readKustomization(root: YamlNode): readonly ManifestImage[] {
  const charts = itemsOf(valueAt(root, 'helmCharts')).flatMap((chart) => {
    const values = valueAt(chart, 'valuesInline');
    return values ? readHelmValues(values, `chart ${stringOf(valueAt(chart, 'name')) ?? ''}`.trim()) : [];
  });
  return [
    ...itemsOf(valueAt(root, 'images')).flatMap((entry) => readEntry(entry) ?? []),
    ...charts.filter(({ defaultTag }) => !defaultTag),
  ];
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
