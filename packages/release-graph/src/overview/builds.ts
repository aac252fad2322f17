import type { ContextSource } from '@plimsoll/build-context';
import { rootOf } from '../publications/lane-root.ts';
import type { MergedBuild } from '../builds/index.ts';
import type { Build } from '../model.ts';
import type { BuildNode, ContextNode, OverviewLink } from './model.ts';
import { inLanes } from './parts.ts';
import type { Known, Piece } from './parts.ts';
import { laneOf } from './ids.ts';

/** Builds with their contexts; those that are assumed are left out. */
export function buildPiece(builds: readonly MergedBuild[], known: Known): Piece {
  const contexts = new Map<string, ContextNode>();
  const nodes: BuildNode[] = [];
  const links: OverviewLink[] = [];
  for (const { build, found } of builds) {
    if (build.how === 'assumed') continue;
    const node = buildNode(build, known);
    known.ids.set(build, [node.id]);
    nodes.push(node);
    const lanes = found.map(({ place, range, origin }) => rootOf(place) || laneOf(range, origin));
    links.push(...inLanes(node.id, lanes), contextLink(build, node.id, contexts), ...dockerfileLink(build, node.id));
  }
  return { nodes: [...nodes, ...contexts.values()], links };
}

function buildNode(build: Build, { name }: Known): BuildNode {
  const { how, dockerfile, target, range, origin, pushes } = build;
  const path = dockerfile.status === 'opaque' ? undefined : dockerfile.target.file.path;
  return {
    kind: 'build',
    id: name('build', range, origin, [path, target].filter((part) => part !== undefined).join(' ') || undefined),
    label: `${path ?? 'a Dockerfile that is not known'}${target === undefined ? '' : `, target ${target}`}`,
    at: range,
    how,
    ...(path !== undefined && { dockerfile: path }),
    ...(target !== undefined && { target }),
    ...(origin.job && { job: origin.job.id }),
    pushes,
  };
}

/** An inline Dockerfile and one of the repository are no links of their own; one that is not known is told. */
function dockerfileLink({ dockerfile, range }: Build, from: string): readonly OverviewLink[] {
  if (dockerfile.status === 'resolved') return [];
  return [{ kind: 'builds-from', from, status: dockerfile.status, reason: dockerfile.reason, at: range }];
}

function contextLink(build: Build, from: string, contexts: Map<string, ContextNode>): OverviewLink {
  const { context, contextRange, range } = build;
  const at = contextRange ?? range;
  if (context.status === 'opaque') return { kind: 'builds-from', from, status: 'opaque', reason: context.reason, at };
  const ignoreFile = build.ignoreFile.status === 'opaque' ? undefined : build.ignoreFile.target?.file.path;
  const id = `context:${describe(context.target)}${ignoreFile === undefined ? '' : `?${ignoreFile}`}`;
  if (!contexts.has(id)) contexts.set(id, contextNode(id, build, context.target, ignoreFile));
  const link = { kind: 'builds-from' as const, from, to: id, at };
  return context.status === 'partial'
    ? { ...link, status: 'partial', reason: context.reason }
    : { ...link, status: 'resolved' };
}

function contextNode(id: string, build: Build, source: ContextSource, ignoreFile: string | undefined): ContextNode {
  const files = source.kind === 'local' ? build.contents?.sent.files : undefined;
  return {
    kind: 'context',
    id,
    label: describe(source),
    contextKind: source.kind,
    ...(ignoreFile !== undefined && { ignoreFile }),
    ...(files !== undefined && { files }),
  };
}

function describe(source: ContextSource): string {
  switch (source.kind) {
    case 'local':
      return source.folder === '' ? '.' : source.folder;
    case 'git':
    case 'http':
      return source.url;
    case 'image':
      return `the image ${source.image}`;
    case 'target':
      return `the target ${source.target}`;
    case 'stdin':
      return 'standard input';
  }
}
