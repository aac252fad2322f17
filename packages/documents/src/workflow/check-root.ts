import type { YamlFile, YamlNode } from '../yaml/model.ts';
import { entryOf } from '../yaml/access.ts';
import type { ProblemList } from '../yaml/problems.ts';

/**
 * The document of a workflow or an action. Reports what GitHub refuses of any of its YAML files: a root that is no map, a
 * second document, merge keys. A file that holds nothing has no root.
 */
export function rootOf({ documents }: YamlFile, problems: ProblemList): YamlNode | undefined {
  const [root, second] = documents.filter((node) => node.type !== 'scalar' || node.value !== null);
  if (!root) return undefined;
  if (second)
    problems.add(second.range.start, second.range.start, 'The file holds a second YAML document; GitHub reads one');
  if (root.type !== 'map') problems.add(root.range.start, root.range.end, 'The file is no map of keys');
  else reportMergeKeys(root, problems, new Set());
  return root;
}

/** GitHub takes anchors and aliases, but no `<<`. */
function reportMergeKeys(node: YamlNode, problems: ProblemList, seen: Set<YamlNode>): void {
  if (node.type === 'scalar' || seen.has(node)) return;
  seen.add(node);
  if (node.type === 'sequence') {
    for (const item of node.items) reportMergeKeys(item, problems, seen);
    return;
  }
  const merge = entryOf(node, '<<');
  if (merge)
    problems.add(
      merge.keyRange.start,
      merge.keyRange.end,
      'GitHub does not take the merge key <<',
      'Write the keys out, or put an alias in their place',
    );
  for (const { value } of node.entries) reportMergeKeys(value, problems, seen);
}
