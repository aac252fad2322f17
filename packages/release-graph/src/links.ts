import { findBuilds, mergeBuilds } from './builds/index.ts';
import { placedCommands } from './commands/placed-commands.ts';
import { scriptEntries } from './commands/script-files.ts';
import { findDigests } from './digests/index.ts';
import { buildLanes } from './lanes/index.ts';
import { lazy } from './lazy.ts';
import type { Documents, ReleaseGraph, ReleaseSettings } from './model.ts';
import { permissionNeeds } from './permissions/index.ts';
import { findCopies, findPublications } from './publications/index.ts';
import { workflowReferences } from './references/index.ts';
import { linkSecrets } from './secrets/index.ts';
import { findProofs } from './verifications/index.ts';

/** What several parts of the graph are made from; each is computed when it is first asked for. */
export type Links = ReturnType<typeof linksOf>;

/** `graph` is the whole, for the parts that are made of other parts. */
export function linksOf(documents: Documents, settings: ReleaseSettings, graph: () => ReleaseGraph) {
  const lanes = lazy(() => buildLanes(documents));
  const entries = lazy(() => scriptEntries(documents));
  const found = lazy(() => findBuilds(lanes(), entries()));
  const merged = lazy(() => mergeBuilds(documents, found().builds));
  const builds = lazy(() => merged().map((one) => one.build));
  const buildOf = lazy(() => new Map(merged().flatMap((one) => one.found.map((each) => [each, one.build]))));
  const published = lazy(() => findPublications(lanes(), found(), buildOf()));
  return {
    documents,
    settings,
    graph,
    lanes,
    found,
    merged,
    builds,
    published,
    copies: lazy(() => findCopies(found().sites, published().found)),
    references: lazy(() => workflowReferences(lanes(), settings)),
    permissions: lazy(() => permissionNeeds(lanes(), published().ofCalls)),
    commands: lazy(() => placedCommands(documents, entries())),
    secrets: lazy(() => linkSecrets(lanes(), builds())),
    digests: lazy(() => findDigests(lanes(), found(), published(), buildOf())),
    proofs: lazy(() => findProofs(found())),
  };
}
