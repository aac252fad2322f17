import { findBuilds, mergeBuilds } from './builds/index.ts';
import { placedCommands } from './commands/placed-commands.ts';
import { scriptEntries } from './commands/script-files.ts';
import { credentialUses } from './credentials/index.ts';
import { unverifiedDownloads } from './downloads/index.ts';
import { findDeployments } from './deployments/index.ts';
import { buildLanes } from './lanes/index.ts';
import { keptTokens, personalTokens, secretArguments, secretExposures } from './exposures/index.ts';
import { swallowedFailures } from './failures/index.ts';
import { findLeaks } from './leaks/index.ts';
import { findDigests } from './digests/index.ts';
import { lazy, lazyRecord } from './lazy.ts';
import type { Documents, ReleaseGraph, ReleaseSettings } from './model.ts';
import { overviewOf } from './overview/index.ts';
import { leastPermissions, permissionNeeds, scopeGrants } from './permissions/index.ts';
import { findCopies, findPublications, findRebuilds, shadowBuilds } from './publications/index.ts';
import { cancelledPublications, pullRequestReleases } from './reach/index.ts';
import { unrecordedLanes } from './records/index.ts';
import { distinctReferences, fileReferences, overriddenBases, workflowReferences } from './references/index.ts';
import { linkSecrets } from './secrets/index.ts';
import { findStrangers } from './taint/index.ts';
import { npmDependencies } from './toolchain/dependencies.ts';
import { unpinnedInstalls } from './toolchain/index.ts';
import { findProofs, subjectUses } from './verifications/index.ts';
import { readWorkspaces } from './workspaces/index.ts';

/** Links the documents of a repository. Each part is computed when it is first read. Never throws. */
export function buildGraph(documents: Documents, settings: ReleaseSettings = {}): ReleaseGraph {
  const lanes = lazy(() => buildLanes(documents));
  const entries = lazy(() => scriptEntries(documents));
  const found = lazy(() => findBuilds(lanes(), entries()));
  const merged = lazy(() => mergeBuilds(documents, found().builds));
  const builds = lazy(() => merged().map((one) => one.build));
  const buildOf = lazy(() => new Map(merged().flatMap((one) => one.found.map((each) => [each, one.build]))));
  const published = lazy(() => findPublications(lanes(), found(), buildOf()));
  const copies = lazy(() => findCopies(found().sites, published().found));
  const references = lazy(() => workflowReferences(lanes(), settings));
  const permissions = lazy(() => permissionNeeds(lanes(), published().ofCalls));
  const commands = lazy(() => placedCommands(documents, entries()));
  const secrets = lazy(() => linkSecrets(lanes(), builds()));
  const digests = lazy(() => findDigests(lanes(), found(), published(), buildOf()));
  const proofs = lazy(() => findProofs(found()));
  const reached = lazy(() => ({
    lanes: lanes(),
    found: found(),
    published: published(),
    deployments: graph.deployments,
  }));
  const graph: ReleaseGraph = lazyRecord<ReleaseGraph>({
    builds,
    publications: () => [...published().publications, ...copies()],
    attestations: () => published().attestations,
    unrecordedLanes: () => unrecordedLanes(lanes(), published(), settings),
    rebuilds: () => findRebuilds(published()),
    shadowBuilds: () => shadowBuilds(lanes(), published(), settings),
    digests: () => digests().digests,
    digestUses: () => digests().digestUses,
    attestationSubjects: () => digests().attestationSubjects,
    movingImages: () => digests().movingImages,
    imageReferences: () =>
      distinctReferences([
        ...fileReferences(lanes(), settings, merged(), published().publications),
        ...references().images,
      ]),
    overriddenBases: () => overriddenBases(builds()),
    unverifiedDownloads: () => unverifiedDownloads(documents, commands()),
    unpinnedInstalls: () => unpinnedInstalls(commands(), npmDependencies(documents.tree)),
    actionReferences: () => references().actions,
    credentialUses: () => credentialUses(lanes()),
    permissionNeeds: permissions,
    scopeGrants: () => scopeGrants(lanes(), permissions()),
    jobPermissions: () => leastPermissions(lanes(), permissions()),
    keptTokens: () => keptTokens(lanes(), builds(), published().publications),
    secretExposures: () => secretExposures(lanes()),
    secretArguments: () => secretArguments(lanes(), commands()),
    personalTokens: () => personalTokens(lanes()),
    secretFlows: () => secrets().secretFlows,
    buildVariables: () => secrets().buildVariables,
    secretLeaks: () => findLeaks(lanes(), builds(), secrets().buildVariables),
    deployments: () => findDeployments(documents, found(), published().publications, proofs().found),
    verifications: () => proofs().verifications,
    subjectUses: () => subjectUses(proofs(), published().publications),
    scans: () => proofs().scans,
    swallowedFailures: () =>
      swallowedFailures({ ...reached(), verifications: graph.verifications, scans: graph.scans }),
    pullRequestReleases: () => pullRequestReleases(reached()),
    cancelledPublications: () => cancelledPublications(reached()),
    strangers: () => findStrangers(lanes(), graph),
    commands,
    overview: () =>
      overviewOf({
        lanes: lanes(),
        cut: found().cut,
        builds: merged(),
        publications: graph.publications,
        ofCalls: [...published().ofCalls, ...copies()],
        digests: graph.digests,
        credentialUses: graph.credentialUses,
        verifications: graph.verifications,
        scans: graph.scans,
        deployments: graph.deployments,
      }),
    workspaces: () => readWorkspaces(documents.tree, settings.nxGraph),
  });
  return graph;
}
