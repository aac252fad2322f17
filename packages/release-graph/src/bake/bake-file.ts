import { readYaml } from '@plimsoll/documents';
import type { SourceFile, YamlNode } from '@plimsoll/documents';
import { readHcl, readTemplate } from './hcl.ts';
import type { BakeBlock, BakeEntry, BakeValue } from './bake-model.ts';

/** The targets, groups and variables of `docker-bake.hcl` or `docker-bake.json`. */
export interface BakeFile {
  readonly file: SourceFile;
  readonly targets: ReadonlyMap<string, BakeBlock>;
  readonly groups: ReadonlyMap<string, BakeBlock>;
  /** Their defaults; undefined for a variable without one. */
  readonly variables: ReadonlyMap<string, BakeValue | undefined>;
}

/** Reads a bake file, or several that are merged in order: attributes of later ones count. */
export function readBakeFiles(files: readonly SourceFile[]): BakeFile | undefined {
  const [first] = files;
  if (!first) return undefined;
  const blocks = files.flatMap((file) => (file.path.endsWith('.json') ? readJson(file) : readHcl(file)));
  const variables = blocks
    .filter((block) => block.type === 'variable')
    .map((block) => [block.label, valueOf(block, 'default')] as const);
  const plain = blocks
    .filter((block) => block.type === '')
    .flatMap((block) => block.entries.map((entry) => [entry.key, entry.value] as const));
  return {
    file: first,
    targets: merged(blocks, 'target'),
    groups: merged(blocks, 'group'),
    variables: new Map([...plain, ...variables]),
  };
}

function merged(blocks: readonly BakeBlock[], type: string): ReadonlyMap<string, BakeBlock> {
  const found = new Map<string, BakeBlock>();
  for (const block of blocks) {
    if (block.type !== type) continue;
    const before = found.get(block.label);
    found.set(block.label, before ? { ...before, entries: [...before.entries, ...block.entries] } : block);
  }
  return found;
}

/** The last attribute of that name. */
export function valueOf(block: BakeBlock, key: string): BakeValue | undefined {
  return block.entries.findLast((entry) => entry.key === key)?.value;
}

function readJson(file: SourceFile): readonly BakeBlock[] {
  const [root] = readYaml(file, 'syntax/manifest').document.documents;
  if (root?.type !== 'map') return [];
  return root.entries.flatMap(({ key: type, value }) => {
    if (value.type !== 'map') return [];
    return value.entries.map(({ key, keyRange, value: body }): BakeBlock => ({
      type,
      label: key,
      range: keyRange,
      entries: body.type === 'map' ? entriesOf(file, body) : [],
    }));
  });
}

function entriesOf(file: SourceFile, map: Extract<YamlNode, { type: 'map' }>): readonly BakeEntry[] {
  return map.entries.map(({ key, keyRange, value }) => ({ key, keyRange, value: fromNode(file, value) }));
}

function fromNode(file: SourceFile, node: YamlNode): BakeValue {
  const { range } = node;
  if (node.type === 'sequence') return { kind: 'list', items: node.items.map((item) => fromNode(file, item)), range };
  if (node.type === 'map') return { kind: 'object', entries: entriesOf(file, node), range };
  return node.value === null ? { kind: 'null', range } : readTemplate(file, String(node.value), range);
}
