import { formatCount } from '@plimsoll/core';
import type { GraphLink } from './data.ts';
import type { GraphView, Lane, Neighbour, Publication } from './view.ts';
import { kindText, listed, placeText, short, sourcesText, tagsText } from './words.ts';
import type { GraphTextOptions } from './words.ts';

/** A line of the text, by the column that it starts in. */
export interface Row {
  readonly indent: number;
  readonly text: string;
}

const mostNames = 4;
const mostRows = 24;

/** What one step or command publishes. Several artifacts share the lines that are the same for all. */
export function artifactRows(
  group: readonly Publication[],
  lane: Lane,
  view: GraphView,
  options: GraphTextOptions,
): readonly Row[] {
  const [first] = group;
  if (!first) return [];
  const where = whereText(first, lane, options);
  const rest = restRows(group, lane, view, options);
  if (group.length === 1) {
    const from = sourcesText(first, view, options);
    const made = [...(from.length > 0 ? [`from ${listed(from, 3)}`] : []), where].join('; ');
    return [{ indent: 2, text: `${kindText(first.artifact)}  ${titleOf(first)}` }, { indent: 6, text: made }, ...rest];
  }
  const tags = sameTags(group);
  const heading = `${formatCount(group.length, kindText(first.artifact), kindText(first.artifact, 2))}${tags === undefined ? '' : ` ${tagsText(tags)}`}`;
  const rows = group.slice(0, mostRows).map((one) => {
    const from = listed(sourcesText(one, view, options), 2);
    const title = tags === undefined ? titleOf(one) : namesText(one);
    return { indent: 6, text: from === '' ? title : `${title}  from ${from}` };
  });
  const more = group.length - rows.length;
  return [
    { indent: 2, text: `${heading}; ${where}` },
    ...rows,
    ...(more > 0 ? [{ indent: 6, text: `and ${more} more` }] : []),
    ...rest,
  ];
}

function titleOf(publication: Publication): string {
  return [namesText(publication), tagsText(publication.tags)].filter(Boolean).join(' ');
}

function namesText({ names, label }: Publication): string {
  return names.length === 0
    ? short(label)
    : listed(
        names.map((name) => short(name)),
        mostNames,
      );
}

function sameTags(group: readonly Publication[]): readonly string[] | undefined {
  const texts = new Set(group.map(({ tags }) => tags.join('\n')));
  return texts.size === 1 ? group[0]?.tags : undefined;
}

function whereText({ job, place, events, registry }: Publication, lane: Lane, options: GraphTextOptions): string {
  const at = placeText(place, lane, options);
  const by = job === undefined ? at : `job ${short(job, 40)}, ${at}`;
  const to = registry === undefined ? '' : `, to ${short(registry)}`;
  return `by ${by}${to}${events ? `, on ${listed(events, 4)} only` : ''}`;
}

/** Digest, proof, and what verifies, scans and deploys it. */
function restRows(
  group: readonly Publication[],
  lane: Lane,
  view: GraphView,
  options: GraphTextOptions,
): readonly Row[] {
  const all = (...kinds: readonly GraphLink['kind'][]): readonly Neighbour[] =>
    distinct(group.flatMap((one) => view.from(one, ...kinds)));
  const digests = distinct(group.flatMap((one) => view.to(one, 'has-digest')));
  const placed = (neighbours: readonly Neighbour[]): string =>
    listed(
      neighbours.map(
        ({ node, link }) =>
          `${short(node.label)} (${placeText(node.place ?? link.place, lane, options)})${link.status === 'partial' ? ', perhaps' : ''}`,
      ),
      4,
    );
  const facts = [
    proofText(group, all('attests', 'signs'), lane, view, placed),
    phrase(
      'digest ',
      listed(
        digests.map(({ node }) => short(node.label)),
        3,
      ),
    ),
    phrase('scanned by ', placed(all('scans'))),
    phrase('verified by ', placed(all('verifies'))),
    phrase('deployed by ', placed(all('deploys'))),
  ].filter((text) => text !== '');
  return facts.length === 0 ? [] : [{ indent: 6, text: facts.join('; ') }];
}

function proofText(
  group: readonly Publication[],
  proofs: readonly Neighbour[],
  { inCi }: Lane,
  view: GraphView,
  placed: (neighbours: readonly Neighbour[]) => string,
): string {
  if (proofs.length > 0) return `proof: ${placed(proofs)}`;
  const unknown = group.some((one) => view.unknown(one).some(({ kind }) => kind === 'attests'));
  return unknown ? (inCi ? 'proof not known' : '') : 'no proof';
}

function phrase(before: string, text: string): string {
  return text === '' ? '' : `${before}${text}`;
}

function distinct(neighbours: readonly Neighbour[]): readonly Neighbour[] {
  return [...new Map(neighbours.map((one) => [one.node.id, one])).values()];
}
