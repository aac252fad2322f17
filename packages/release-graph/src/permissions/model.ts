import type { StepView } from '../credentials/step-view.ts';

export type Scope =
  | 'actions'
  | 'artifact-metadata'
  | 'attestations'
  | 'checks'
  | 'contents'
  | 'deployments'
  | 'discussions'
  | 'id-token'
  | 'issues'
  | 'models'
  | 'packages'
  | 'pages'
  | 'pull-requests'
  | 'security-events'
  | 'statuses';

/** A scope that something needs. */
export interface ScopeRow {
  readonly scope: Scope;
  readonly level: 'read' | 'write';
  /** Scopes of which any does as well. */
  readonly or?: readonly Scope[];
  /** It also works without, or only needs it at times: never missing, but never too much either. */
  readonly optional?: true;
  /** A read that GitHub refuses without the scope, also in a public repository. */
  readonly refused?: true;
  /** Whether this step needs it, where it depends on the step. */
  readonly when?: (view: StepView) => boolean | 'unknown';
}

/** What an action of another repository does with GITHUB_TOKEN. */
export interface ActionScopes {
  /** `owner/name` or `owner/name/path`, in lower case. */
  readonly action: string;
  readonly needs: readonly ScopeRow[];
  /** Inputs and variables that may name another token. */
  readonly token: readonly string[];
  /** It takes `github.token` by itself where none is named. */
  readonly byDefault: boolean;
  readonly source: string;
  /** Inputs with which it needs all of them. */
  readonly example: Readonly<Record<string, string>>;
}

/** What a command does with GITHUB_TOKEN. */
export interface CommandScopes {
  /** The tool and its subcommands. */
  readonly words: readonly string[];
  readonly needs: readonly ScopeRow[];
  /** Variables that hold the token. */
  readonly token: readonly string[];
  readonly source: string;
}

/** What a reusable workflow of another repository needs of the job that calls it. */
export interface WorkflowScopes {
  /** `owner/name/path`, in lower case. */
  readonly workflow: string;
  readonly needs: readonly ScopeRow[];
  readonly source: string;
}
