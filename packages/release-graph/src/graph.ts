import { mergeBuilds } from './builds/index.ts';
import { findBuilds } from './builds/index.ts';
import { placedCommands } from './commands/placed-commands.ts';
import { scriptEntries } from './commands/script-files.ts';
import { credentialUses } from './credentials/index.ts';
import { buildLanes } from './lanes/index.ts';
import { lazy } from './lazy.ts';
import type { Documents, ReleaseGraph, ReleaseSettings } from './model.ts';
import { permissionNeeds } from './permissions/index.ts';
import { linkSecrets } from './secrets/index.ts';

/** Links the documents of a repository. Each part is computed when it is first read. Never throws. */
export function buildGraph(documents: Documents, _settings: ReleaseSettings = {}): ReleaseGraph {
  const lanes = lazy(() => buildLanes(documents));
  const entries = lazy(() => scriptEntries(documents));
  const found = lazy(() => findBuilds(lanes(), entries()));
  const builds = lazy(() => mergeBuilds(documents, found().builds));
  const commands = lazy(() => placedCommands(documents, entries()));
  const credentials = lazy(() => credentialUses(lanes()));
  const permissions = lazy(() => permissionNeeds(lanes(), graph.publications));
  const secrets = lazy(() => linkSecrets(documents, graph.builds));
  const graph: ReleaseGraph = {
    get builds() {
      return builds().map((one) => one.build);
    },
    publications: [],
    attestations: [],
    imageReferences: [],
    actionReferences: [],
    get credentialUses() {
      return credentials();
    },
    get permissionNeeds() {
      return permissions();
    },
    get secretFlows() {
      return secrets().secretFlows;
    },
    get buildVariables() {
      return secrets().buildVariables;
    },
    get commands() {
      return commands();
    },
  };
  return graph;
}
