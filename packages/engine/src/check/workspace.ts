import { memoryTree, readTree, stagedTree } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import type { Preset, Workspace } from '@plimsoll/core';
import { buildGraph } from '@plimsoll/release-graph';
import type { ReleaseSettings } from '@plimsoll/release-graph';
import { presetAt, withoutSwitches } from '../configure/configuration.ts';
import type { Configuration } from '../configure/configuration.ts';
import { loadConfiguration } from '../configure/load.ts';
import type { KnownRules } from '../configure/rule-settings.ts';
import { discover } from '../discover/discover.ts';
import type { Discovery } from '../discover/discover.ts';
import { scopeOf } from '../discover/scope.ts';
import type { Scope } from '../discover/scope.ts';
import { engineRules } from '../engine-rules.ts';
import type { CheckOptions } from '../model.ts';
import { once, parse } from '../parse/documents.ts';
import type { Parsed } from '../parse/documents.ts';
import { suspects } from '../search/search.ts';

/** A repository with its configuration, read as far as was asked for. */
export interface OpenedWorkspace extends Workspace, Discovery {
  readonly tree: Tree;
  readonly scope: Scope;
  readonly preset: Preset;
  readonly configuration: Configuration;
  readonly known: KnownRules;
  readonly parsed: Parsed;
  /** What was told of the check, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Finds the root, reads the configuration, and finds the files; they are parsed, and linked, when that is asked for.
 * `given` takes the place of what is configured in the tree.
 */
export function openWorkspace(options: CheckOptions, given?: Configuration): OpenedWorkspace {
  const { scope, tree } = placeOf(options);
  const settable = engineRules.filter(({ id }) => id !== 'syntax/config');
  const known: KnownRules = new Map(
    options.rules.length === 0 ? [] : [...options.rules, ...settable].map((rule) => [rule.id, rule]),
  );
  const read = given ?? loadConfiguration(tree, options, known);
  const configuration = options.suppressions === false ? withoutSwitches(read) : read;
  const preset = options.preset ?? presetAt(configuration, '')?.name ?? 'recommended';
  const presetOf = (path: string): Preset => options.preset ?? presetAt(configuration, path)?.name ?? 'recommended';
  const discovery = discover(tree, scope, presetOf);
  const parsed = parse(tree, discovery.candidates);
  const { documents } = parsed;
  const graph = once(() => buildGraph(documents, releaseSettings(configuration)));
  const remarks: string[] = [];
  const remark = (text: string): void => void remarks.push(text);
  const searched = (paths: readonly string[]): Promise<readonly string[]> => suspects(tree, paths, options.cleanBlobs);
  return {
    remarks,
    remark,
    suspects: searched,
    ...discovery,
    tree,
    scope,
    preset,
    configuration,
    known,
    parsed,
    documents,
    graph,
  };
}

function placeOf(options: CheckOptions): { readonly scope: Scope; readonly tree: Tree } {
  const scope = scopeOf(options);
  if (options.tree || !options.staged) return { scope, tree: options.tree ?? readTree(scope.root) };
  const staged = stagedTree(scope.root);
  if ('tree' in staged) return { scope, tree: staged.tree };
  const problems = [...scope.problems, { message: `--staged: ${staged.reason}` }];
  return { scope: { ...scope, problems }, tree: memoryTree({}) };
}

function releaseSettings({ lane: { workflows, repository }, trustedOwners, nxGraph }: Configuration): ReleaseSettings {
  return {
    ...(repository !== undefined && { repository }),
    ...(trustedOwners && { trustedOwners }),
    ...(nxGraph && { nxGraph }),
    ...(workflows && { laneWorkflows: workflows.map((path) => path.replace(/^\.?\//, '')) }),
  };
}
