import { entryOf, itemsOf } from '@plimsoll/documents';
import type { Range, YamlNode } from '@plimsoll/documents';

/** More nodes than any configuration has; aliases of aliases would multiply without an end. */
const MAX_NODES = 20_000;

/** The node as plain data for a validator. Undefined where it is larger than a configuration can be. */
export function toValue(node: YamlNode): unknown {
  let left = MAX_NODES;
  const convert = (current: YamlNode): unknown => {
    if (--left < 0) throw new RangeError('too many nodes');
    if (current.type === 'scalar') return current.value;
    if (current.type === 'sequence') return current.items.map(convert);
    const map = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of current.entries) map[key] = convert(value);
    return map;
  };
  try {
    return convert(node);
  } catch {
    return undefined;
  }
}

/** The node that a JSON pointer leads to, and the key under which it stands (for an item of a list: the item). */
export function locate(root: YamlNode, pointer: string): { readonly node: YamlNode; readonly keyRange: Range } {
  let node = root;
  let keyRange = root.range;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const entry = entryOf(node, name);
    const next = entry?.value ?? itemsOf(node)[Number(name)];
    if (!next) break;
    node = next;
    keyRange = entry?.keyRange ?? next.range;
  }
  return { node, keyRange };
}
