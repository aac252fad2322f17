import { parseImageName } from '@plimsoll/documents';
import type { ImageName } from '@plimsoll/documents';

/**
 * An image whose name holds variables that are not known, and whose tag is written out: `${REGISTRY}/base:latest`. The names
 * in it stand as they are written. Undefined for anything else.
 */
export function imageWithUnknownName(text: string): ImageName | undefined {
  const colon = text.lastIndexOf(':');
  const [name, tag] = [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)];
  const isOpen = name.lastIndexOf('${') > name.lastIndexOf('}');
  if (!name.includes('$') || isOpen || text.includes('@') || !/^\w[\w.-]*$/.test(tag)) return undefined;
  const filled = parseImageName(`${name.replaceAll(/\$(?:\{[^}]*\}|\w+)/g, 'x')}:${tag}`);
  if (!filled || filled.tag !== tag) return undefined;
  return { ...filled, text, name, repository: name };
}
