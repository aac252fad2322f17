import { formatCount, formatList } from '@plimsoll/core';
import { prefixed } from '../place.ts';
import { visible } from '../visible.ts';
import { cut } from '../words.ts';
import type { GraphPlace } from './data.ts';
import type { Build, GraphView, Lane, NodeOfKind, Publication } from './view.ts';

/** How the text is shown. */
export interface GraphTextOptions {
  readonly color?: boolean;
  /** Columns of the terminal. */
  readonly width?: number;
  /** Stands before each path of the repository, as `examples/leaky/`. */
  readonly pathPrefix?: string;
}

const widestName = 80;
const widestTag = 32;
const mostTags = 5;

/** Text from a checked file as one short line. */
export function short(text: string, length = widestName): string {
  return cut(visible(text.replace(/\s+/g, ' ').trim()), length);
}

/** `line 12` in the file of the lane, else the path as well. */
export function placeText(
  place: GraphPlace | undefined,
  lane: Lane | undefined,
  { pathPrefix }: GraphTextOptions,
): string {
  if (!place) return '';
  return place.path === lane?.path
    ? `line ${place.line}`
    : `${visible(prefixed(place.path, pathPrefix))}:${place.line}`;
}

/** `:1.2.3 :latest`, or nothing. */
export function tagsText(tags: readonly string[]): string {
  const shown = tags.slice(0, mostTags).map((tag) => `:${short(tag, widestTag)}`);
  const more = tags.length > mostTags ? [`and ${formatCount(tags.length - mostTags, 'more tag')}`] : [];
  return [...shown, ...more].join(' ');
}

/** `apps/api/Dockerfile, target web, in . (312 files)`. */
export function buildText(build: Build, view: GraphView, { pathPrefix }: GraphTextOptions): string {
  const file = build.dockerfile === undefined ? 'an unknown Dockerfile' : short(prefixed(build.dockerfile, pathPrefix));
  const target = build.target === undefined ? '' : `, target ${short(build.target, widestTag)}`;
  const contexts = view.to(build, 'builds-from').flatMap(({ node }) => (node.kind === 'context' ? [node] : []));
  const [context] = contexts;
  return `${file}${target}, in ${context ? contextText(context, pathPrefix) : 'an unknown context'}`;
}

function contextText({ contextKind, label, files }: NodeOfKind<'context'>, pathPrefix: string | undefined): string {
  if (contextKind !== 'local') return short(label);
  const folder = label === '.' ? prefixed('', pathPrefix).replace(/(?<=.)\/$/, '') || '.' : prefixed(label, pathPrefix);
  return `${short(folder)}${files === undefined ? '' : ` (${formatCount(files, 'file')})`}`;
}

/** What an artifact is made from; the builds of several platforms are one. */
export function sourcesText(publication: Publication, view: GraphView, options: GraphTextOptions): readonly string[] {
  const builds = view.from(publication, 'publishes').flatMap(({ node }) => (node.kind === 'build' ? [node] : []));
  return [...new Set(builds.map((build) => buildText(build, view, options)))];
}

export function listed(items: readonly string[], most: number): string {
  return formatList([...new Set(items)], most);
}

const kinds: Readonly<Record<string, readonly [string, string]>> = {
  image: ['image', 'images'],
  npm: ['npm package', 'npm packages'],
  pypi: ['PyPI package', 'PyPI packages'],
  crates: ['crate', 'crates'],
  rubygems: ['gem', 'gems'],
  nuget: ['NuGet package', 'NuGet packages'],
  maven: ['Maven package', 'Maven packages'],
  helm: ['Helm chart', 'Helm charts'],
};

export function kindText(kind: string, count = 1): string {
  const [one, many] = kinds[kind] ?? [kind, kind];
  return count === 1 ? one : many;
}
