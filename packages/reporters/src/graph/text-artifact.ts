import { formatCount } from '@plimsoll/core';
import type { GraphLink, GraphNode } from './data.ts';
import type { GraphView, Lane, Neighbour, Publication } from './view.ts';
import { buildsOf, contextText, dockerfileText, kindText, listed, placeText, short, tagsText } from './words.ts';
import type { GraphTextOptions } from './words.ts';

/** A line of the text, by the column that it starts in. */
export interface Row {
  readonly indent: number;
  readonly text: string;
}

const mostNames = 4;
const mostRows = 24;
const widestColumn = 48;

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
  const from = fromText(group, view, options);
  const rest = restRows(group, lane, view, options);
  if (group.length === 1) {
    const title = [titleOf(first), tagsText(first.tags)].filter(Boolean).join(' ');
    return [{ indent: 2, text: title }, { indent: 6, text: from === '' ? where : `${from}; ${where}` }, ...rest];
  }
  const tags = sameTags(group);
  const heading = [
    formatCount(group.length, kindText(first.artifact), kindText(first.artifact, 2)),
    ...(tags ? [tagsText(tags)] : []),
  ];
  return [
    { indent: 2, text: `${heading.filter(Boolean).join(' ')}; ${where}` },
    ...memberRows(group, view, options, tags === undefined),
    ...(from === '' ? [] : [{ indent: 6, text: from }]),
    ...rest,
  ];
}

/** A line for each artifact, with what it alone is made from. */
function memberRows(
  group: readonly Publication[],
  view: GraphView,
  options: GraphTextOptions,
  withTags: boolean,
): readonly Row[] {
  const shown = group.slice(0, mostRows);
  const names = shown.map(namesText);
  const width = Math.min(widestColumn, Math.max(...names.map(({ length }) => length)));
  const files = shown.map((one) =>
    listed(
      buildsOf(one, view).map((build) => dockerfileText(build, options)),
      2,
    ),
  );
  const isSame = new Set(files).size === 1;
  const rows = shown.map((one, index) => {
    const name = names[index] ?? '';
    const file = isSame ? '' : (files[index] ?? '');
    const tags = withTags ? tagsText(one.tags) : '';
    const rest = [tags, file === '' ? '' : `from ${file}`].filter(Boolean).join(' ');
    return { indent: 6, text: rest === '' ? name : `${name.padEnd(width)}  ${rest}` };
  });
  const more = group.length - shown.length;
  return more > 0 ? [...rows, { indent: 6, text: `and ${more} more` }] : rows;
}

/** What all of a group are made from: the Dockerfile only where it is the same for all. */
function fromText(group: readonly Publication[], view: GraphView, options: GraphTextOptions): string {
  const ofEach = group.map((one) => buildsOf(one, view));
  const builds = ofEach.flat();
  if (builds.length === 0) return '';
  const files = ofEach.map((some) =>
    listed(
      some.map((build) => dockerfileText(build, options)),
      3,
    ),
  );
  const isSame = new Set(files).size === 1;
  const contexts = listed(
    builds.map((build) => contextText(build, view, options)),
    3,
  );
  return isSame ? `from ${files[0] ?? ''} in ${contexts}` : `context ${contexts}`;
}

function titleOf(publication: Publication): string {
  const { artifact, names } = publication;
  if (names.length === 0) return `${kindText(artifact, 2)}, names not known`;
  return `${kindText(artifact)} ${namesText(publication)}`;
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

function whereText(
  { job, place, events, registry, copied }: Publication,
  lane: Lane,
  options: GraphTextOptions,
): string {
  const at = placeText(place, lane, options);
  const by = job === undefined ? at : `job ${short(job, 40)}, ${at}`;
  const to = registry === undefined ? '' : `, to ${short(registry)}`;
  const on = events ? `, on ${events.length === 0 ? 'no event' : `${listed(events, 4)} only`}` : '';
  return `${copied ? 'copied by ' : ''}${by}${to}${on}`;
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
  const placed = (neighbours: readonly Neighbour[]): string => placedText(neighbours, lane, view, options);
  const facts = [
    digestText(group, view),
    proofText(group, all('attests', 'signs'), lane, view, placed),
    phrase('scanned by ', placed(all('scans'))),
    phrase('verified by ', placed(all('verifies'))),
    phrase('deployed by ', placed(all('deploys'))),
  ].filter((text) => text !== '');
  return facts.length === 0 ? [] : [{ indent: 6, text: facts.join('; ') }];
}

/** `cosign sign (lines 12 and 20), gh attestation verify (line 30)`. */
function placedText(neighbours: readonly Neighbour[], lane: Lane, view: GraphView, options: GraphTextOptions): string {
  const groups = Map.groupBy(
    neighbours,
    ({ node, link }) => `${factText(node, view)}\0${link.status === 'partial' ? ', perhaps' : ''}`,
  );
  const texts = [...groups].map(([key, some]) => {
    const [fact = '', doubt = ''] = key.split('\0');
    const places = some.map(({ node }) => placeText(node.place, lane, options));
    const lines = places.map((place) => place.replace(/^line /, ''));
    const isHere = places.every((place) => place.startsWith('line '));
    const where = isHere && places.length > 1 ? `lines ${listed(lines, 4)}` : listed(places, 3);
    return `${fact} (${where})${doubt}`;
  });
  return listed(texts, 4);
}

function factText(node: GraphNode, view: GraphView): string {
  if (node.kind === 'verification' && node.lax.length > 0) return `${short(node.label)}, which proves little`;
  if (node.kind !== 'deployment') return short(node.label);
  const by = node.by === 'unknown' ? '' : node.by === 'none' ? ' by no tag' : ` by ${node.by}`;
  return `${short(node.label)}${by}${view.from(node, 'gates').length > 0 ? ' once verified' : ''}`;
}

/** Where the digest can be read, if something reads it. */
function digestText(group: readonly Publication[], view: GraphView): string {
  const digests = distinct(group.flatMap((one) => view.to(one, 'has-digest'))).flatMap(({ node }) =>
    node.kind === 'digest' ? [node] : [],
  );
  const kept = digests.filter(({ fate }) => fate === 'kept');
  const places = kept.flatMap((digest) => digest.places.slice(0, 1).map((place) => short(place)));
  if (places.length > 0) return `digest in ${listed(places, 2)}`;
  if (kept.length > 0) return 'digest asked of the registry';
  return digests.some(({ fate }) => fate === 'lost') ? 'digest not kept' : '';
}

function proofText(
  group: readonly Publication[],
  proofs: readonly Neighbour[],
  { inCi }: Lane,
  view: GraphView,
  placed: (neighbours: readonly Neighbour[]) => string,
): string {
  if (proofs.length > 0) return `proof ${placed(proofs)}`;
  const unknown = group.some((one) => view.unknown(one).some(({ kind }) => kind === 'attests'));
  if (!unknown) return 'no proof';
  return inCi && !group.every(({ copied }) => copied) ? 'proof not known' : '';
}

function phrase(before: string, text: string): string {
  return text === '' ? '' : `${before}${text}`;
}

function distinct(neighbours: readonly Neighbour[]): readonly Neighbour[] {
  return [...new Map(neighbours.map((one) => [one.node.id, one])).values()];
}
