import type { Range } from '@plimsoll/documents';
import type { Origin, Related, SecretSource } from '../model.ts';

/** A step that checks out a repository and keeps its token for the steps behind it. */
export interface KeptToken {
  /** The step's `uses:` value. */
  readonly range: Range;
  readonly origin: Origin;
  /** `github.token`, `secrets.PAT`. */
  readonly token: string;
  /** Where the action keeps it: before version 6 in the checked out folder, then in the runner's own. */
  readonly keptIn: 'folder' | 'runner' | 'unknown';
  /** The job pushes with git, which needs the token. */
  readonly pushes: boolean;
  /** The ways out of the job. */
  readonly leaks: readonly TokenLeak[];
}

/** What brings the folder that holds a kept token to others. */
export interface TokenLeak {
  readonly into: 'image' | 'artifact' | 'cache';
  /** False where it depends on something that is not known: the version, whether the image is pushed. */
  readonly certain: boolean;
  /** The step or the copy that takes the folder along, then what follows. */
  readonly places: readonly [Related, ...Related[]];
}

/** A secret that more can read than need it. */
export interface SecretExposure {
  /** `env`: a variable of a job or workflow that one step uses; `inherit`: `secrets: inherit`; `all`: `toJSON(secrets)`. */
  readonly kind: 'env' | 'inherit' | 'all';
  /** The entry; of `all` the expression. */
  readonly range: Range;
  readonly origin: Origin;
  /** The variable; of `inherit` the workflow that is called. */
  readonly name: string;
  readonly secrets: readonly SecretSource[];
  /** The step that uses the variable. */
  readonly user?: Related;
  /** Which steps get it. */
  readonly reach?: 'job' | 'workflow';
  /** The secrets that the called workflow declares, where it is known. */
  readonly declared?: readonly string[];
}

/** A password or token among the arguments of a command. */
export interface SecretArgument {
  /** The option with its value, or the URL. */
  readonly range: Range;
  readonly origin: Origin;
  readonly kind: 'password' | 'url';
  /** `docker login`, `git clone`. */
  readonly tool: string;
  /** The option as written. */
  readonly option?: string;
  /** It reads a password from its standard input instead. */
  readonly takesStdin: boolean;
  readonly secrets: readonly SecretSource[];
}

/** A stored token of a person or bot, given to what GITHUB_TOKEN or an App token would do for. */
export interface PersonalTokenUse {
  /** The input, variable or option. */
  readonly range: Range;
  readonly origin: Origin;
  readonly name: string;
  readonly secret: SecretSource;
  /** What is done with it: `logs in to ghcr.io`, `gh issue create`. */
  readonly does: string;
  /** The scopes that GITHUB_TOKEN needs for it: `packages: write`. */
  readonly needs: readonly string[];
}
