import type { Dockerfile } from '@plimsoll/documents';
import { findBuilds, mergeBuilds } from './builds/index.ts';
import { placedCommands } from './commands/placed-commands.ts';
import { scriptEntries } from './commands/script-files.ts';
import { credentialUses } from './credentials/index.ts';
import { buildLanes } from './lanes/index.ts';
import { lazy, lazyRecord } from './lazy.ts';
import type { Build, Documents, Publication, ReleaseGraph, ReleaseSettings } from './model.ts';
import { permissionNeeds, scopeGrants } from './permissions/index.ts';
import { findPublications } from './publications/index.ts';
import {
  distinctReferences,
  dockerfileReferences,
  manifestReferences,
  ownRepository,
  withRepository,
  workflowReferences,
} from './references/index.ts';
import { linkSecrets } from './secrets/index.ts';
import { imageNames } from './values/index.ts';
import { readWorkspaces } from './workspaces/index.ts';

/** Links the documents of a repository. Each part is computed when it is first read. Never throws. */
export function buildGraph(documents: Documents, settings: ReleaseSettings = {}): ReleaseGraph {
  const lanes = lazy(() => buildLanes(documents));
  const entries = lazy(() => scriptEntries(documents));
  const found = lazy(() => findBuilds(lanes(), entries()));
  const merged = lazy(() => mergeBuilds(documents, found().builds));
  const builds = lazy(() => merged().map((one) => one.build));
  const published = lazy(() =>
    findPublications(lanes(), found(), new Map(merged().flatMap((one) => one.found.map((each) => [each, one.build])))),
  );
  const references = lazy(() => workflowReferences(lanes(), settings));
  const permissions = lazy(() => permissionNeeds(lanes(), published().publications));
  const secrets = lazy(() => linkSecrets(lanes(), builds()));
  return lazyRecord<ReleaseGraph>({
    builds,
    publications: () => published().publications,
    attestations: () => published().attestations,
    imageReferences: () =>
      distinctReferences([
        ...fileReferences(documents, settings, builds(), published().publications),
        ...references().images,
      ]),
    actionReferences: () => references().actions,
    credentialUses: () => credentialUses(lanes()),
    permissionNeeds: permissions,
    scopeGrants: () => scopeGrants(lanes(), permissions()),
    secretFlows: () => secrets().secretFlows,
    buildVariables: () => secrets().buildVariables,
    commands: () => placedCommands(documents, entries()),
    workspaces: () => readWorkspaces(documents.tree, settings.nxGraph),
  });
}

function fileReferences(
  documents: Documents,
  settings: ReleaseSettings,
  builds: readonly Build[],
  publications: readonly Publication[],
): ReleaseGraph['imageReferences'] {
  const byDockerfile = Map.groupBy(builds, ({ dockerfile }) =>
    dockerfile.status === 'opaque' ? undefined : dockerfile.target,
  );
  const published = publishedBuilds(publications);
  const repository = ownRepository(documents, settings);
  const names = builds.flatMap((build) => build.tags.flatMap(imageNames));
  const built = new Set(names.map((name) => withRepository(name, repository)));
  const ofDockerfile = (dockerfile: Dockerfile): ReleaseGraph['imageReferences'] => {
    const own = byDockerfile.get(dockerfile) ?? [];
    return dockerfileReferences({
      dockerfile,
      builds: own,
      published: new Map(own.flatMap((build) => (published.has(build) ? [[build, published.get(build) ?? '']] : []))),
    });
  };
  return [...[...documents.dockerfiles.values()].flatMap(ofDockerfile), ...manifestReferences(documents, built)];
}

/** Builds that are published, with a name of what they are published as. */
function publishedBuilds(publications: readonly Publication[]): ReadonlyMap<Build, string> {
  return new Map(publications.flatMap(({ builds, names }) => builds.map((build) => [build, names[0] ?? ''] as const)));
}
