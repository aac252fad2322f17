import { formatCount } from '@plimsoll/core';
import { prefixed } from '../place.ts';
import type { GraphLink, GraphNode } from './data.ts';
import type { Row } from './text-artifact.ts';
import type { GraphView } from './view.ts';
import { listed, short } from './words.ts';
import type { GraphTextOptions } from './words.ts';

const mostReasons = 12;
const mostPlaces = 3;
const mostNames = 4;

/** The links that are not resolved, by their reasons, those with the most places first. What is not published in CI is counted alone. */
export function unknownRows(view: GraphView, options: GraphTextOptions): readonly Row[] {
  const { links } = view.data;
  const all = links.filter(({ status }) => status !== 'resolved');
  if (all.length === 0) return [];
  const unknown = all.filter((link) => isTelling(link, view));
  const groups = [...Map.groupBy(unknown, ({ reason }) => reason ?? '')].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const more = groups.length - mostReasons;
  const others = all.length - unknown.length;
  const which = others === all.length ? 'all' : String(others);
  const aside = others > 0 ? `, ${which} of them of what is not published in CI` : '';
  return [
    { indent: 0, text: `Not known: ${all.length} of ${formatCount(links.length, 'link')}${aside}` },
    ...groups.slice(0, mostReasons).map(([reason, some]) => ({ indent: 2, text: reasonText(reason, some, options) })),
    ...(more > 0
      ? [{ indent: 2, text: `and ${formatCount(more, 'reason')} more: --format json lists all of them` }]
      : []),
  ];
}

function isTelling({ kind, from, to }: GraphLink, view: GraphView): boolean {
  if (kind === 'calls') return true;
  const ends = [from, to].flatMap((id) => (id === undefined ? [] : (view.node(id) ?? [])));
  return ends.some((node) => {
    if (node.kind === 'publication' && node.copied) return false;
    if (node.kind === 'build') return view.to(node, 'publishes').some(({ node: made }) => isInCi(made, view));
    return isInCi(node, view);
  });
}

function isInCi(node: GraphNode, view: GraphView): boolean {
  return view.to(node, 'in').some(({ node: lane }) => lane.kind === 'lane' && lane.inCi);
}

function reasonText(reason: string, links: readonly GraphLink[], { pathPrefix }: GraphTextOptions): string {
  const named = links.flatMap(({ name }) => (name === undefined ? [] : [short(name)]));
  if (named.length > 0) return `${short(reason, 160)}: ${listed(named, mostNames)}`;
  const places = links.flatMap(({ place }) =>
    place ? [`${short(prefixed(place.path, pathPrefix))}:${place.line}`] : [],
  );
  return `${short(reason, 160)}: ${listed(places, mostPlaces)}`;
}
