import type { YamlEntry, YamlNode, YamlScalar } from './model.ts';

/** The entries of a map; none for anything else. */
export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.type === 'map' ? node.entries : [];
}

/** The items of a sequence; none for anything else. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.type === 'sequence' ? node.items : [];
}

/** The first entry of a map with this key. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return entriesOf(node).find((entry) => entry.key === key);
}

/** The value behind a path of keys: `valueAt(root, 'spec', 'template')`. */
export function valueAt(node: YamlNode | undefined, ...path: readonly string[]): YamlNode | undefined {
  return path.reduce<YamlNode | undefined>((at, key) => entryOf(at, key)?.value, node);
}

/** A scalar that holds something. */
export function scalarOf(node: YamlNode | undefined): YamlScalar | undefined {
  return node?.type === 'scalar' && node.value !== null ? node : undefined;
}

/** The string in a scalar; numbers and booleans as GitHub writes them (`1.20` is `1.2`). */
export function stringOf(node: YamlNode | undefined): string | undefined {
  const scalar = scalarOf(node);
  return scalar && String(scalar.value);
}

/** The strings of a list, or the one string that stands for it. */
export function stringsOf(node: YamlNode | undefined): readonly string[] {
  const items = node?.type === 'sequence' ? node.items : node ? [node] : [];
  return items.flatMap((item) => stringOf(item) ?? []);
}
