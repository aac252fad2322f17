import { credentialUses } from './credentials/index.ts';
import { findDeployments } from './deployments/index.ts';
import { unverifiedDownloads } from './downloads/index.ts';
import { keptTokens, personalTokens, secretArguments, secretExposures } from './exposures/index.ts';
import { swallowedFailures } from './failures/index.ts';
import { lazyRecord } from './lazy.ts';
import { findLeaks } from './leaks/index.ts';
import { linksOf } from './links.ts';
import type { Links } from './links.ts';
import type { Documents, ReleaseGraph, ReleaseSettings } from './model.ts';
import { overviewOf } from './overview/index.ts';
import { leastPermissions, scopeGrants } from './permissions/index.ts';
import { findRebuilds, shadowBuilds } from './publications/index.ts';
import { cancelledPublications, pullRequestReleases } from './reach/index.ts';
import { unrecordedLanes } from './records/index.ts';
import { distinctReferences, fileReferences, overriddenBases } from './references/index.ts';
import { findStrangers } from './taint/index.ts';
import { npmDependencies } from './toolchain/dependencies.ts';
import { unpinnedInstalls } from './toolchain/index.ts';
import { subjectUses } from './verifications/index.ts';
import { readWorkspaces } from './workspaces/index.ts';

/** Links the documents of a repository. Each part is computed when it is first read. Never throws. */
export function buildGraph(documents: Documents, settings: ReleaseSettings = {}): ReleaseGraph {
  const links = linksOf(documents, settings, () => graph);
  const graph: ReleaseGraph = lazyRecord<ReleaseGraph>({
    ...releases(links),
    ...names(links),
    ...credentials(links),
    ...deployed(links),
    workspaces: () => readWorkspaces(documents.tree, settings.nxGraph),
  });
  return graph;
}

/** What is built and published, and what proves it. */
function releases({ lanes, settings, builds, published, copies, digests, merged, found, graph }: Links) {
  return {
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
    overview: () =>
      overviewOf({
        ...picked(graph()),
        lanes: lanes(),
        cut: found().cut,
        builds: merged(),
        ofCalls: [...published().ofCalls, ...copies()],
      }),
  };
}

function picked({ publications, digests, credentialUses, verifications, scans, deployments }: ReleaseGraph) {
  return { publications, digests, credentialUses, verifications, scans, deployments };
}

/** How images, actions, downloads and tools are named. */
function names({ documents, settings, lanes, merged, builds, published, references, commands }: Links) {
  return {
    imageReferences: () =>
      distinctReferences([
        ...fileReferences(lanes(), settings, merged(), published().publications),
        ...references().images,
      ]),
    actionReferences: () => references().actions,
    overriddenBases: () => overriddenBases(builds()),
    unverifiedDownloads: () => unverifiedDownloads(documents, commands()),
    unpinnedInstalls: () => unpinnedInstalls(commands(), npmDependencies(documents.tree)),
    commands,
  };
}

/** Credentials, permissions and secrets. */
function credentials({ lanes, builds, published, permissions, commands, secrets }: Links) {
  return {
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
  };
}

/** What is verified and deployed, and who and what can get in its way. */
function deployed({ documents, lanes, found, published, proofs, graph }: Links) {
  const reached = () => ({ lanes: lanes(), found: found(), published: published(), deployments: graph().deployments });
  return {
    deployments: () => findDeployments(documents, found(), published().publications, proofs().found),
    verifications: () => proofs().verifications,
    subjectUses: () => subjectUses(proofs(), published().publications),
    scans: () => proofs().scans,
    swallowedFailures: () => {
      const { verifications, scans } = graph();
      return swallowedFailures({ ...reached(), verifications, scans });
    },
    pullRequestReleases: () => pullRequestReleases(reached()),
    cancelledPublications: () => cancelledPublications(reached()),
    strangers: () => findStrangers(lanes(), graph()),
  };
}
