import type { Range } from '@plimsoll/documents';

/** How well a link is known. `opaque` says why it is not. */
export type Link<T> =
  | { readonly status: 'resolved'; readonly target: T }
  | { readonly status: 'partial'; readonly target: T; readonly reason: string }
  | { readonly status: 'opaque'; readonly reason: string };

/** A place with a word on what stands there. */
export interface Related {
  readonly at: Range;
  readonly label: string;
}

/** A string put together of literals, variables and expressions. */
export interface Value {
  /** As written. */
  readonly written: string;
  readonly range: Range;
  /** What it can look like, each once, with the parts that are not known before the run by their names. */
  readonly forms: readonly ValueForm[];
  /** The static values that it can have (the forms with nothing unknown in them), each once; empty where none is known. */
  readonly values: readonly string[];
  /** Whether `values` are all. */
  readonly complete: boolean;
  /** Why not. */
  readonly reason?: string;
  /** The secrets in it, through env, inputs and outputs. */
  readonly secrets: readonly SecretSource[];
  /** Where the names it is made of are defined, in reading order. */
  readonly definitions: readonly Related[];
}

/** A text, of which some parts may be unknown. */
export type ValueForm = readonly ValuePart[];

/** What is literal; or what is not known, by its name: `${{ github.sha }}`, `$VERSION`, `$(git rev-parse HEAD)`. */
export type ValuePart = string | { readonly unknown: string };

export interface SecretSource {
  /** `secrets.NPM_TOKEN`, `github.token`, `steps.app.outputs.token`; in a Dockerfile `the secret mount npm`, `the value of ARG NPM_TOKEN`, `.npmrc`. */
  readonly text: string;
  readonly kind: 'secret' | 'github-token' | 'app-token' | 'oidc-token' | 'mount' | 'variable' | 'file';
  readonly range: Range;
}
