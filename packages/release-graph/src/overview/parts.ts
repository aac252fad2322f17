import type { JobInstance, Lanes } from '../lanes/model.ts';
import type { CredentialUse, Deployment, Digest, Publication, Scan, Verification } from '../model.ts';
import { canonicalName } from '../publications/found.ts';
import type { MergedBuild } from '../builds/index.ts';
import type { Instances } from './events.ts';
import type { NameNode } from './ids.ts';
import type { OverviewLink, OverviewNode } from './model.ts';

/** What the overview is made of. */
export interface OverviewParts {
  readonly lanes: Lanes;
  /** Jobs of which some legs were not looked at. */
  readonly cut: readonly JobInstance[];
  readonly builds: readonly MergedBuild[];
  readonly publications: readonly Publication[];
  /** The same once for each call. */
  readonly ofCalls: readonly Publication[];
  readonly digests: readonly Digest[];
  readonly credentialUses: readonly CredentialUse[];
  readonly verifications: readonly Verification[];
  readonly scans: readonly Scan[];
  readonly deployments: readonly Deployment[];
}

/** Nodes and links of one kind of thing. */
export interface Piece {
  readonly nodes: readonly OverviewNode[];
  readonly links: readonly OverviewLink[];
}

/** What the pieces know of each other: the ids of what has one. */
export interface Known {
  readonly name: NameNode;
  /** Of each build and publication; a publication with several artifacts has several. */
  readonly ids: Map<object, readonly string[]>;
  /** The names of each node of a publication, without their different ways of writing. */
  readonly names: Map<string, ReadonlySet<string>>;
  readonly instances: Instances;
}

export function merged(pieces: readonly Piece[]): Piece {
  return { nodes: pieces.flatMap(({ nodes }) => nodes), links: pieces.flatMap(({ links }) => links) };
}

export function laneId(path: string): string {
  return `lane:${path}`;
}

/** A node runs in each of these lanes. */
export function inLanes(from: string, paths: Iterable<string>): readonly OverviewLink[] {
  return [...new Set(paths)].sort().map((path) => ({ kind: 'in', from, to: laneId(path), status: 'resolved' }));
}

/** The nodes of a publication that have one of these names; all of them where none has. */
export function named(
  publication: Publication,
  names: readonly string[],
  { ids, names: known }: Known,
): readonly string[] {
  const all = ids.get(publication) ?? [];
  if (all.length < 2) return all;
  const wanted = new Set(names.map(canonicalName));
  const own = all.filter((id) => [...(known.get(id) ?? [])].some((name) => wanted.has(name)));
  return own.length > 0 ? own : all;
}
