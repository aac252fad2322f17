import { mergeBuilds } from './builds/index.ts';
import { findBuilds } from './builds/index.ts';
import { placedCommands } from './commands/placed-commands.ts';
import { scriptEntries } from './commands/script-files.ts';
import { buildLanes } from './lanes/index.ts';
import { lazy } from './lazy.ts';
import type { Documents, ReleaseGraph, ReleaseSettings } from './model.ts';

/** Links the documents of a repository. Each part is computed when it is first read. Never throws. */
export function buildGraph(documents: Documents, _settings: ReleaseSettings = {}): ReleaseGraph {
  const lanes = lazy(() => buildLanes(documents));
  const entries = lazy(() => scriptEntries(documents));
  const found = lazy(() => findBuilds(lanes(), entries()));
  const builds = lazy(() => mergeBuilds(documents, found().builds));
  const commands = lazy(() => placedCommands(documents, entries()));
  return {
    get builds() {
      return builds().map((one) => one.build);
    },
    publications: [],
    attestations: [],
    imageReferences: [],
    actionReferences: [],
    credentialUses: [],
    permissionNeeds: [],
    secretFlows: [],
    buildVariables: [],
    get commands() {
      return commands();
    },
  };
}
