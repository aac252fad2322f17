import type { Overview, OverviewLink, OverviewNode } from '@plimsoll/core';
import type { Range } from '@plimsoll/documents';
import { maskSecrets } from '../text/mask.ts';

/** Where something stands; lines and columns from 1. */
export interface GraphPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The same with each place in lines and columns. */
type Placed<T> = T extends readonly (infer Item)[]
  ? readonly Placed<Item>[]
  : T extends object
    ? { readonly [K in keyof T as K extends 'at' ? 'place' : K]: K extends 'at' ? GraphPlace : Placed<T[K]> }
    : T;

export type GraphNode = Placed<OverviewNode>;
export type GraphLink = Placed<OverviewLink>;

/** What all writers write: an overview as plain data, in which no credential stands. */
export interface GraphData {
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
  readonly unbuilt: readonly string[];
}

export function graphData({ nodes, links, unbuilt }: Overview): GraphData {
  return {
    nodes: nodes.map((node) => plain(node) as GraphNode),
    links: links.map((link) => plain(link) as GraphLink),
    unbuilt: unbuilt.map((path) => maskSecrets(path)),
  };
}

/** Every `at` becomes a `place`, however deep it stands. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return maskSecrets(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, field]: [string, unknown]) =>
    key === 'at' ? ['place', placeOf(field as Range)] : [key, plain(field)],
  );
  return Object.fromEntries(fields) as unknown;
}

function placeOf({ file, start }: Range): GraphPlace {
  return { path: file.path, ...file.positionAt(start) };
}
