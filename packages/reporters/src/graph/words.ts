import { formatCount, formatList } from '@plimsoll/core';
import { prefixed } from '../place.ts';
import { visible } from '../visible.ts';
import { cut } from '../words.ts';
import type { GraphPlace } from './data.ts';
import type { Build, GraphView, Lane, Publication } from './view.ts';

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

/** Text from a checked file as one short line; a command whose output is not known is `$(…)`. */
export function short(text: string, length = widestName): string {
  return cut(visible(withoutCommandLines(text).replace(/\s+/g, ' ').trim()), length);
}

function withoutCommandLines(text: string): string {
  if (!text.includes('$(')) return text;
  let result = '';
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('$(', at) && depth++ === 0) result += '$(…)';
    else if (depth > 0 && text[at] === '(' && text[at - 1] !== '$') depth++;
    else if (depth > 0 && text[at] === ')') depth--;
    else if (depth === 0) result += text[at] ?? '';
  }
  return result;
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

/** `apps/api/Dockerfile`, with the stage that is built. */
export function dockerfileText({ dockerfile, target }: Build, { pathPrefix }: GraphTextOptions): string {
  const file = dockerfile === undefined ? 'a Dockerfile that is not known' : short(prefixed(dockerfile, pathPrefix));
  return target === undefined ? file : `${file} (stage ${short(target, widestTag)})`;
}

/** `. (312 files)`. */
export function contextText(build: Build, view: GraphView, { pathPrefix }: GraphTextOptions): string {
  const [context] = view.to(build, 'builds-from').flatMap(({ node }) => (node.kind === 'context' ? [node] : []));
  if (!context) return 'a context that is not known';
  const { contextKind, label, files } = context;
  if (contextKind !== 'local') return short(label);
  const folder = label === '.' ? prefixed('', pathPrefix).replace(/(?<=.)\/$/, '') || '.' : prefixed(label, pathPrefix);
  return `${short(folder)}${files === undefined ? '' : ` (${formatCount(files, 'file')})`}`;
}

export function buildsOf(publication: Publication, view: GraphView): readonly Build[] {
  return view.from(publication, 'publishes').flatMap(({ node }) => (node.kind === 'build' ? [node] : []));
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
