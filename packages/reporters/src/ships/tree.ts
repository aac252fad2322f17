import { formatBytes } from '@plimsoll/core';
import type { StageFile } from '@plimsoll/core';
import { visible } from '../visible.ts';
import type { ShipsInput, ShipsTextOptions } from './input.ts';
import { headingOf } from './text.ts';

/** What ships as folders with the sizes of all below them, the biggest first. */
export function shipsTree(builds: readonly ShipsInput[], options: ShipsTextOptions = {}): string {
  return builds
    .map((build) =>
      [...headingOf(build, options), '', ...lines(treeOf(build.subject.contents.final?.files ?? [])), ''].join('\n'),
    )
    .join('\n');
}

interface Node {
  readonly name: string;
  bytes: number;
  readonly children: Map<string, Node>;
}

function treeOf(files: readonly StageFile[]): Node {
  const root: Node = { name: '/', bytes: 0, children: new Map() };
  for (const { path, bytes } of files) {
    let at = root;
    at.bytes += bytes;
    for (const name of path.slice(1).split('/')) {
      const child = at.children.get(name) ?? { name, bytes: 0, children: new Map<string, Node>() };
      at.children.set(name, child);
      child.bytes += bytes;
      at = child;
    }
  }
  return root;
}

function lines(root: Node): readonly string[] {
  const rows: (readonly [size: string, name: string])[] = [];
  const add = (node: Node, depth: number): void => {
    const folder = node.children.size > 0 && node !== root ? '/' : '';
    rows.push([formatBytes(node.bytes), `${'  '.repeat(depth)}${visible(node.name)}${folder}`]);
    const children = [...node.children.values()].sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
    for (const child of children) add(child, depth + 1);
  };
  add(root, 0);
  const width = rows.reduce((most, [size]) => Math.max(most, size.length), 0);
  return rows.map(([size, name]) => `  ${size.padStart(width)}  ${name}`);
}
