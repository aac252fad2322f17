import { formatCount } from '@plimsoll/core';
import { wrapAnsi } from 'fast-wrap-ansi';
import { prefixed } from '../place.ts';
import { colors } from '../text/colors.ts';
import { withoutCommands } from '../visible.ts';
import type { GraphData, GraphNode } from './data.ts';
import { laneRows } from './text-lane.ts';
import type { Row } from './text-artifact.ts';
import { unknownRows } from './text-unknown.ts';
import { graphView, isPublication } from './view.ts';
import type { GraphView, Lane, Publication } from './view.ts';
import { kindText, listed, short } from './words.ts';
import type { GraphTextOptions } from './words.ts';

const defaultWidth = 100;
const narrowest = 40;

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
  const rest = [...aside(view, options), ...unknownRows(view, options)];
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

/** What stands in `${{ }}` stays on one line. */
function wrapped({ indent, text }: Row, { width = defaultWidth }: GraphTextOptions): readonly string[] {
  const columns = Math.max(narrowest, width);
  const start = ' '.repeat(indent);
  if (text.length <= columns - indent - hanging.length && /^[\x20-\x7e]*$/.test(text)) return [start + text];
  const whole = text.replace(/\$\{\{[^{}]*\}\}/g, (expression) => expression.replaceAll(' ', '\u00a0'));
  const lines = wrapAnsi(whole, columns - indent - hanging.length, { hard: true }).split('\n');
  return lines.map((line, index) => `${start}${index === 0 ? '' : hanging}${line.replaceAll('\u00a0', ' ').trimEnd()}`);
}

const hanging = '    ';

/** What is built and not published, and the Dockerfiles that nothing builds. */
function aside(view: GraphView, { pathPrefix }: GraphTextOptions): readonly Row[] {
  const builds = new Map(
    view.lanes.flatMap((lane) =>
      view
        .members(lane)
        .filter((node) => node.kind === 'build' && view.to(node, 'publishes').length === 0)
        .map((build) => [build, sourceOf(lane, build)]),
    ),
  );
  const counts = [...Map.groupBy(builds.values(), (source) => source)].map(
    ([source, some]) => `${some.length} ${source}`,
  );
  const { unbuilt } = view.data;
  const paths = unbuilt.map((path) => short(prefixed(path, pathPrefix)));
  return [
    ...(counts.length > 0 ? [{ indent: 0, text: `Built and not published: ${listed(counts, 5)}` }] : []),
    ...(paths.length > 0 ? [{ indent: 0, text: `Built by nothing that is found: ${listed(paths, 4)}` }] : []),
  ];
}

function sourceOf({ inCi }: Lane, build: GraphNode): string {
  if (inCi) return 'in workflows';
  const how = build.kind === 'build' ? build.how : undefined;
  return how === 'compose' ? 'in compose files' : how === 'bake' ? 'in bake files' : 'in scripts';
}
