import { formatCount } from '@plimsoll/core';
import { wrapAnsi } from 'fast-wrap-ansi';
import { prefixed } from '../place.ts';
import { colors } from '../text/colors.ts';
import { withoutCommands } from '../visible.ts';
import type { GraphData, GraphLink } from './data.ts';
import { laneRows } from './text-lane.ts';
import type { Row } from './text-artifact.ts';
import { graphView, isPublication } from './view.ts';
import type { GraphView, Lane, Publication } from './view.ts';
import { kindText, listed, short } from './words.ts';
import type { GraphTextOptions } from './words.ts';

const defaultWidth = 100;
const narrowest = 40;
const mostReasons = 12;
const mostPlaces = 3;

/** What a repository releases, for people: lane by lane, and at the end what is not known. */
export function graphText(data: GraphData, options: GraphTextOptions = {}): string {
  const view = graphView(data);
  const { bold } = colors(options.color ?? false);
  const shown = new Set<string>();
  const releasing = view.lanes.filter((lane) => view.members(lane).some(({ kind }) => telling.has(kind)));
  const blocks: (readonly string[])[] = [[bold(headline(view))]];
  for (const lane of inOrder(releasing, view)) {
    const rows = laneRows(lane, view, shown, options);
    blocks.push([bold(laneTitle(lane, options)), ...rows.flatMap((row) => wrapped(row, options))]);
  }
  const rest = [...aside(view, options), ...unknownRows(data, options)];
  if (rest.length > 0) blocks.push(rest.flatMap((row) => wrapped(row, options)));
  return withoutCommands(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`);
}

/** What makes a lane worth showing; a build alone does not. */
const telling: ReadonlySet<string> = new Set(['publication', 'deployment']);

/** Workflows first, and those that publish before those that only deploy. */
function inOrder(lanes: readonly Lane[], view: GraphView): readonly Lane[] {
  const rank = (lane: Lane): number => (lane.inCi ? 0 : 2) + (view.members(lane).some(isPublication) ? 0 : 1);
  return lanes.toSorted((a, b) => rank(a) - rank(b));
}

function headline(view: GraphView): string {
  const publishing = view.lanes.filter((lane) => view.members(lane).some(isPublication));
  const inCi = publishing.filter((lane) => lane.inCi);
  const outside = publishing.filter((lane) => !lane.inCi);
  if (publishing.length === 0) return 'No release is found: nothing here is known to publish an image or a package.';
  const parts = [
    ...(inCi.length > 0
      ? [
          `${formatCount(inCi.length, 'workflow')} ${inCi.length === 1 ? 'releases' : 'release'} ${artifacts(inCi, view)}`,
        ]
      : []),
    ...(outside.length > 0 ? [`${artifacts(outside, view)} can be published outside of CI`] : []),
  ];
  return `${parts.join('; ')}.`;
}

function artifacts(lanes: readonly Lane[], view: GraphView): string {
  const all = [...new Set(lanes.flatMap((lane) => view.members(lane).filter(isPublication)))];
  const byKind = Map.groupBy(all, ({ artifact }) => artifact);
  const counts = [...byKind].map(([kind, some]) => {
    const count = new Set(some.map((one) => keyOf(one))).size;
    return formatCount(count, kindText(kind), kindText(kind, 2));
  });
  return listed(counts, counts.length);
}

/** Two publications of one name are one artifact. */
function keyOf({ names, id }: Publication): string {
  return names[0]?.toLowerCase() ?? id;
}

function laneTitle({ path, name, inCi }: Lane, { pathPrefix }: GraphTextOptions): string {
  const title = short(prefixed(path, pathPrefix));
  if (!inCi) return `${title}, outside of CI`;
  return name === undefined || name === path ? title : `${title}, "${short(name, 60)}"`;
}

function wrapped({ indent, text }: Row, { width = defaultWidth }: GraphTextOptions): readonly string[] {
  const columns = Math.max(narrowest, width);
  const start = ' '.repeat(indent);
  const lines = wrapAnsi(text, columns - indent - 4, { hard: true }).split('\n');
  return lines.map((line, index) => `${start}${index === 0 ? '' : '    '}${line.trimEnd()}`);
}

/** What is built and not published, and the Dockerfiles that nothing builds. */
function aside(view: GraphView, { pathPrefix }: GraphTextOptions): readonly Row[] {
  const counts = view.lanes.flatMap((lane) => {
    const builds = view
      .members(lane)
      .filter((node) => node.kind === 'build' && view.to(node, 'publishes').length === 0);
    return builds.length > 0 ? [`${builds.length} by ${short(prefixed(lane.path, pathPrefix))}`] : [];
  });
  const { unbuilt } = view.data;
  return [
    ...(counts.length > 0 ? [{ indent: 0, text: `Built and not published: ${listed(counts, 5)}` }] : []),
    ...(unbuilt.length > 0
      ? [
          {
            indent: 0,
            text: `Built by nothing that is found: ${listed(
              unbuilt.map((path) => short(prefixed(path, pathPrefix))),
              4,
            )}`,
          },
        ]
      : []),
  ];
}

/** The links that are not resolved, by their reasons, those with the most places first. */
function unknownRows({ links }: GraphData, options: GraphTextOptions): readonly Row[] {
  const unknown = links.filter(({ status }) => status !== 'resolved');
  if (unknown.length === 0) return [];
  const groups = [...Map.groupBy(unknown, ({ reason }) => reason ?? '')].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const more = groups.length - mostReasons;
  return [
    { indent: 0, text: `Not known: ${unknown.length} of ${formatCount(links.length, 'link')}` },
    ...groups.slice(0, mostReasons).map(([reason, some]) => ({ indent: 2, text: reasonText(reason, some, options) })),
    ...(more > 0
      ? [{ indent: 2, text: `and ${formatCount(more, 'reason')} more: --format json lists all of them` }]
      : []),
  ];
}

function reasonText(reason: string, links: readonly GraphLink[], { pathPrefix }: GraphTextOptions): string {
  const places = links.flatMap(({ place }) =>
    place ? [`${short(prefixed(place.path, pathPrefix))}:${place.line}`] : [],
  );
  return `${short(reason, 160)}: ${listed(places, mostPlaces)}`;
}
