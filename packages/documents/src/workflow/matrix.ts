import type { YamlEntry, YamlNode } from '../yaml/model.ts';
import { entriesOf, itemsOf, stringOf } from '../yaml/access.ts';
import type { Matrix, MatrixValues } from './model.ts';

/** Reads `strategy.matrix`. */
export function readMatrix(node: YamlNode | undefined): Matrix | undefined {
  if (!node) return undefined;
  const entries = entriesOf(node);
  const listed = (name: string) => entries.find(({ key }) => key === name)?.value;
  const axes = entries.filter(({ key }) => key !== 'include' && key !== 'exclude');
  const dynamic = dynamicPart(node, entries);
  return {
    range: node.range,
    axes: axes.map(({ key, value }) => ({ name: key, values: itemsOf(value) })),
    include: readValues(listed('include')),
    exclude: readValues(listed('exclude')),
    ...(dynamic !== undefined && { dynamic }),
  };
}

function readValues(node: YamlNode | undefined): readonly MatrixValues[] {
  return itemsOf(node)
    .filter((item) => item.type === 'map')
    .map((item) => new Map(entriesOf(item).map(({ key, value }) => [key, value])));
}

/** Which part is an expression, so that its values are known only when the job runs. */
function dynamicPart(node: YamlNode, entries: readonly YamlEntry[]): string | undefined {
  if (node.type === 'scalar') return `the matrix is ${stringOf(node) ?? 'empty'}`;
  for (const { key, value } of entries) {
    const part = key === 'include' || key === 'exclude' ? key : `the axis ${key}`;
    if (value.type === 'scalar') return `${part} is ${stringOf(value) ?? 'empty'}`;
    const item = itemsOf(value).find((one) => one.type === 'scalar' && part === key);
    if (item) return `${part} holds ${stringOf(item) ?? 'an empty item'}`;
  }
  return undefined;
}
