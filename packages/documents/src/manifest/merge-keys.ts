import { entriesOf, itemsOf } from '../yaml/access.ts';
import type { YamlEntry, YamlNode } from '../yaml/model.ts';

/** A node with the merge keys `<<` of its maps resolved; a map's own keys win, then those of the earlier merged map. */
export function resolveMergeKeys(node: YamlNode, done = new Map<YamlNode, YamlNode>()): YamlNode {
  if (node.type === 'scalar') return node;
  const known = done.get(node);
  if (known) return known;
  const resolved: YamlNode =
    node.type === 'sequence'
      ? { ...node, items: node.items.map((item) => resolveMergeKeys(item, done)) }
      : { ...node, entries: mergedEntries(node.entries, done) };
  done.set(node, resolved);
  return resolved;
}

function mergedEntries(entries: readonly YamlEntry[], done: Map<YamlNode, YamlNode>): readonly YamlEntry[] {
  const own = entries
    .filter(({ key }) => key !== '<<')
    .map((entry) => ({ ...entry, value: resolveMergeKeys(entry.value, done) }));
  if (own.length === entries.length) return own;
  const merged = entries
    .filter(({ key }) => key === '<<')
    .flatMap(({ value }) => (value.type === 'sequence' ? itemsOf(value) : [value]));
  const keys = new Set(own.map(({ key }) => key));
  for (const source of merged) {
    for (const entry of entriesOf(resolveMergeKeys(source, done))) {
      if (!keys.has(entry.key)) own.push(entry);
      keys.add(entry.key);
    }
  }
  return own;
}
