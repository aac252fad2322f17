import type { Range } from '../text/source-file.ts';

/** What a name stands for at one place of a Dockerfile. */
export interface ScopeValue {
  /** The value; undefined where the name is declared but its value is not known before the build. */
  readonly value?: string;
  /** An ARG without a default, which no build argument fills. Only where `value` is undefined. */
  readonly unset?: true;
  /** `default`: from the Dockerfile; `build-arg`: from the build; `builtin`: TARGETARCH and the like. */
  readonly origin: 'default' | 'build-arg' | 'builtin';
  /** The declaration, where there is one in the file. */
  readonly definedAt?: Range;
}

/** The variables in scope at one place, by name. */
export type Scope = ReadonlyMap<string, ScopeValue>;

/** A word with its variables replaced. */
export interface Expansion {
  /** Undefined where a variable's value cannot be known, or the expansion is an error; `reason` says which. */
  readonly value?: string;
  readonly reason?: string;
  /** The builder refuses the word, whatever its variables hold or with what they hold. */
  readonly refused?: true;
  /** The names read, in order, each once. */
  readonly names: readonly string[];
  /** Where the names that were read are declared. */
  readonly definitions: readonly Range[];
}
