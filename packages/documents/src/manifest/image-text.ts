import type { MappedText } from '../text/mapped-text.ts';
import { scalarOf } from '../yaml/access.ts';
import type { YamlNode } from '../yaml/model.ts';
import type { ManifestImage } from './model.ts';

/** The text of a scalar that holds one, as it is written: a tag `1.20` stays `1.20`. */
export function writtenText(node: YamlNode | undefined): MappedText | undefined {
  const text = scalarOf(node)?.text;
  return text && text.text.trim() !== '' ? text : undefined;
}

/** An image that stands in one scalar. */
export function wholeImage(node: YamlNode | undefined, owner: string): ManifestImage | undefined {
  const text = writtenText(node);
  return text && { text: text.text.trim(), range: text.range(), parts: [], owner };
}

/** Placeholders that a template engine or an operator fills: `{{ x }}`, `$(x)`, `${x}`. */
export function hasPlaceholder(text: string): boolean {
  return text.includes('{{') || text.includes('$(') || text.includes('${');
}

/** Each place once: aliases and merge keys bring one node to several owners. */
export function distinctImages(images: readonly ManifestImage[]): readonly ManifestImage[] {
  const seen = new Set<number>();
  return images.filter(({ range }) => {
    const known = seen.has(range.start);
    seen.add(range.start);
    return !known;
  });
}
