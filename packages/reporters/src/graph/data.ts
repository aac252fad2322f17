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
  const masked = new Map<string, string>();
  const mask = (text: string): string => {
    const known = masked.get(text);
    if (known !== undefined) return known;
    const shown = maskSecrets(text);
    masked.set(text, shown);
    return shown;
  };
  return {
    nodes: nodes.map((node) => plain(node, mask) as GraphNode),
    links: links.map((link) => plain(link, mask) as GraphLink),
    unbuilt: unbuilt.map(mask),
  };
}

/** Every `at` becomes a `place`, however deep it stands. */
function plain(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => plain(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    if (key === 'at') result['place'] = placeOf(field as Range);
    else result[key] = plain(field, mask);
  }
  return result;
}

function placeOf({ file, start }: Range): GraphPlace {
  return { path: file.path, ...file.positionAt(start) };
}
