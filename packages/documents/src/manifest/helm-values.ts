import type { MappedText } from '../text/mapped-text.ts';
import { span } from '../text/source-file.ts';
import { entryOf, valueAt } from '../yaml/access.ts';
import type { YamlEntry, YamlNode } from '../yaml/model.ts';
import { hasPlaceholder, writtenText } from './image-text.ts';
import type { ManifestImage } from './model.ts';

/**
 * The images that Helm values name, by the conventions of charts: a map with `repository` and `tag` or `digest`, or a
 * string under a key that ends in `image`. An empty or missing tag stands for the appVersion of the chart.
 * `owner` is put before the path of keys.
 */
export function readHelmValues(node: YamlNode, owner = ''): readonly ManifestImage[] {
  return valuesImages(node, owner === '' ? [] : [owner]);
}

function valuesImages(node: YamlNode, path: readonly string[]): ManifestImage[] {
  if (node.type === 'sequence') return node.items.flatMap((item) => valuesImages(item, path));
  if (node.type !== 'map') return [];
  const own = mapImage(node, path);
  return [
    ...(own ? [own] : []),
    ...node.entries.flatMap((entry) => [
      ...stringImage(entry, node, path),
      ...valuesImages(entry.value, [...path, entry.key]),
    ]),
  ];
}

/** `{ registry, repository, tag, digest }`; some charts call the digest `sha`, without its algorithm. */
function mapImage(node: YamlNode, path: readonly string[]): ManifestImage | undefined {
  const repository = writtenText(valueAt(node, 'repository'));
  if (!repository || /:\/\/|^git@|\.git$|\s/.test(repository.text)) return undefined;
  const registry = writtenText(valueAt(node, 'registry'));
  const name = registry ? `${registry.text}/${repository.text}` : repository.text;
  return taggedImage(name, [registry, repository], node, path);
}

function taggedImage(
  name: string,
  parts: readonly (MappedText | undefined)[],
  node: YamlNode,
  path: readonly string[],
): ManifestImage | undefined {
  const tag = writtenText(valueAt(node, 'tag')) ?? writtenText(valueAt(node, 'imageTag'));
  const digest = writtenText(valueAt(node, 'digest')) ?? writtenText(valueAt(node, 'sha'));
  const place = tag ?? digest;
  if (!place) return untaggedImage(name, parts, node, path);
  const text = `${name}${tag ? `:${tag.text}` : ''}${digest ? `@${withAlgorithm(digest.text)}` : ''}`;
  if (hasPlaceholder(text)) return undefined;
  const others = [...parts, tag && digest].filter((part) => part !== undefined);
  return { text, range: place.range(), parts: others.map((part) => part.range()), owner: path.join('.') || 'values' };
}

/** One whose tag the chart puts in, known by a key that ends in `image`; below `images` stands what many have in common. */
function untaggedImage(
  name: string,
  parts: readonly (MappedText | undefined)[],
  node: YamlNode,
  path: readonly string[],
): ManifestImage | undefined {
  const [tag, repository] = [entryOf(node, 'tag'), parts.at(-1)];
  if (!repository || !NAME.test(name) || name.length > LONGEST) return undefined;
  if (!/image$/i.test(path.at(-1) ?? '') || (tag && tag.value.type !== 'scalar')) return undefined;
  const others = parts.filter((part) => part !== undefined).map((part) => part.range());
  return {
    text: name,
    range: tag ? span(tag.keyRange, tag.value.range) : repository.range(),
    parts: tag ? others : others.slice(0, -1),
    owner: path.join('.') || 'values',
    defaultTag: 'appVersion',
  };
}

function withAlgorithm(digest: string): string {
  return /^[0-9a-f]{64}$/.test(digest) ? `sha256:${digest}` : digest;
}

/** A name with a tag or a digest; the tag may stand beside it. */
const REFERENCE =
  /^[a-z0-9][\w.:/-]*:\w[\w.-]{0,127}(?:@[a-z0-9]+:[0-9a-f]{32,})?$|^[a-z0-9][\w.:/-]*@[a-z0-9]+:[0-9a-f]{32,}$/;
/** The longest image name with tag and digest, in characters. */
const LONGEST = 512;
const NAME = /^[a-z0-9][\w.:/-]*$/;

function stringImage({ key, value }: YamlEntry, parent: YamlNode, path: readonly string[]): ManifestImage[] {
  const text = /(?:^i|I|_i)mage$/.test(key) ? writtenText(value) : undefined;
  if (!text || text.text.length > LONGEST || text.text.includes('://')) return [];
  const owner = [...path, key];
  if (REFERENCE.test(text.text)) return [{ text: text.text, range: text.range(), parts: [], owner: owner.join('.') }];
  if (key !== 'image' || !NAME.test(text.text) || entryOf(parent, 'repository')) return [];
  const tagged = taggedImage(text.text, [text], parent, owner);
  return tagged && !tagged.defaultTag ? [tagged] : [];
}
