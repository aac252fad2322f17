import type { OptionValue, Preset, Severity } from '@plimsoll/core';
import type { NxGraphFile } from '@plimsoll/release-graph';
import type { ConfigProblem } from '../model.ts';

/** What `plimsoll.yaml` says, validated. What was wrong in it is left out, and is in `problems`. */
export interface Configuration {
  readonly preset?: Preset;
  readonly rules: RuleSettings;
  /** In order: the last one that holds for a file wins. */
  readonly overrides: readonly Override[];
  readonly ignores: readonly Ignore[];
  readonly lane: Lane;
  readonly trustedOwners?: readonly string[];
  readonly nxGraph?: NxGraphFile;
  readonly problems: readonly ConfigProblem[];
}

export type Level = Severity | 'off';

/** By rule id. */
export type RuleSettings = ReadonlyMap<string, RuleSetting>;

export interface RuleSetting {
  /** Undefined: that of the preset. */
  readonly level?: Level;
  readonly because?: string;
  readonly options: Readonly<Record<string, OptionValue>>;
}

export interface Override {
  readonly matches: (path: string) => boolean;
  readonly rules: RuleSettings;
}

export interface Ignore {
  readonly matches: (path: string) => boolean;
  readonly because: string;
}

/** Where images are built and published. */
export interface Lane {
  readonly workflows?: readonly string[];
  readonly repository?: string;
}

export const emptyConfiguration: Configuration = {
  rules: new Map(),
  overrides: [],
  ignores: [],
  lane: {},
  problems: [],
};
