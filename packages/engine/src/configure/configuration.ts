import type { OptionValue, Preset, Severity } from '@plimsoll/core';
import type { Range } from '@plimsoll/documents';
import type { NxGraphFile } from '@plimsoll/release-graph';
import type { ConfigProblem } from '../model.ts';

/** All that is configured for a repository, validated. What was wrong in it is left out, and is in `problems`. */
export interface Configuration {
  /** What the files say, in order: of those that hold for a path, the later one wins. */
  readonly layers: readonly Layer[];
  /** Where images are built and published, and what else holds for all of the repository. */
  readonly lane: Lane;
  readonly trustedOwners?: readonly string[];
  readonly nxGraph?: NxGraphFile;
  readonly problems: readonly ConfigProblem[];
}

/** What one file says for the folder that it holds for: the one it stands in, or that of the file which extends it. */
export interface Layer {
  /** From the root; '' is the root. */
  readonly folder: string;
  /** `root: true`: what stands above its folder does not hold in it, but for `ignore`. */
  readonly root: boolean;
  readonly preset?: { readonly name: Preset; readonly at: Range };
  readonly rules: RuleSettings;
  /** In order: the last one that holds for a file wins. */
  readonly overrides: readonly Override[];
  readonly ignores: readonly Ignore[];
}

export type Level = Severity | 'off';

/** By rule id. */
export type RuleSettings = ReadonlyMap<string, RuleSetting>;

export interface RuleSetting {
  /** Undefined: that of the preset. */
  readonly level?: Level;
  readonly because?: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Its key in the configuration. */
  readonly at: Range;
}

/** Paths are those from the root. */
export interface Override {
  readonly matches: (path: string) => boolean;
  readonly rules: RuleSettings;
}

export interface Ignore {
  readonly matches: (path: string) => boolean;
  readonly because: string;
  readonly at: Range;
}

/** Where images are built and published. */
export interface Lane {
  readonly workflows?: readonly string[];
  readonly repository?: string;
}

export const emptyConfiguration: Configuration = { layers: [], lane: {}, problems: [] };

/** The layers that hold for a path, the outermost first. */
export function layersAt({ layers }: Configuration, path: string): readonly Layer[] {
  const holding = layers.filter(({ folder }) => isIn(folder, path));
  const start = holding.findLast(({ root }) => root)?.folder ?? '';
  return holding.filter(({ folder }) => isIn(start, folder));
}

/** The preset that holds for a path. */
export function presetAt(configuration: Configuration, path: string): Layer['preset'] {
  return layersAt(configuration, path).findLast(({ preset }) => preset)?.preset;
}

/** Why the findings of a file are not wanted; undefined where they are. What is checked from above can be ignored from there. */
export function ignoredAt({ layers }: Configuration, path: string): Ignore | undefined {
  for (const { folder, ignores } of layers) {
    const found = isIn(folder, path) ? ignores.find(({ matches }) => matches(path)) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Without what switches findings off: ignored paths, and rules that are off. */
export function withoutSwitches(configuration: Configuration): Configuration {
  const kept = (rules: RuleSettings): RuleSettings => new Map([...rules].filter(([, { level }]) => level !== 'off'));
  const layers = configuration.layers.map((layer) => ({
    ...layer,
    ignores: [],
    rules: kept(layer.rules),
    overrides: layer.overrides.map(({ matches, rules }) => ({ matches, rules: kept(rules) })),
  }));
  return { ...configuration, layers };
}

export function isIn(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
