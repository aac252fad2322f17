import type { MappedText } from '../text/mapped-text.ts';
import type { Range, SourceFile } from '../text/source-file.ts';
import type { YamlComment, YamlNode } from '../yaml/model.ts';

/** A GitHub workflow (`.github/workflows/*.yml`). */
export interface Workflow {
  readonly kind: 'workflow';
  readonly file: SourceFile;
  readonly name?: string;
  readonly triggers: readonly Trigger[];
  /** Undefined where nothing is declared at the workflow. */
  readonly permissions?: Permissions;
  readonly env: readonly EnvVariable[];
  readonly defaultShell?: string;
  readonly defaultWorkingDirectory?: string;
  readonly concurrency?: Concurrency;
  readonly jobs: readonly Job[];
  /** The inputs of `workflow_call`, and those of `workflow_dispatch`. */
  readonly callInputs: readonly Input[];
  readonly dispatchInputs: readonly Input[];
  readonly callOutputs: readonly NamedValue[];
  /** `on.workflow_call.secrets`, by name. */
  readonly callSecrets: readonly string[];
  readonly comments: readonly YamlComment[];
  readonly root: YamlNode | undefined;
}

/** A local action's `action.yml`. */
export interface Action {
  readonly kind: 'action';
  readonly file: SourceFile;
  readonly name?: string;
  readonly inputs: readonly Input[];
  readonly outputs: readonly NamedValue[];
  /** `composite`, `docker`, `node24` … */
  readonly using: string;
  /** The steps of a composite action; others have none. */
  readonly steps: readonly Step[];
  /** `runs.image` of a Docker action. */
  readonly image?: StringValue;
  readonly comments: readonly YamlComment[];
  readonly root: YamlNode | undefined;
}

export interface Trigger {
  /** `push`, `pull_request`, `workflow_call` … */
  readonly event: string;
  readonly range: Range;
  readonly branches?: readonly string[];
  readonly tags?: readonly string[];
  readonly branchesIgnore?: readonly string[];
  readonly tagsIgnore?: readonly string[];
  readonly types?: readonly string[];
}

/** A string with its place; a number or boolean as GitHub writes it (`1.20` is `1.2`, and stays `1.20` in `text`). Expressions `${{ … }}` stay in `text.text`. */
export interface StringValue {
  readonly value: string;
  readonly text: MappedText;
  /** With quotes, without a block scalar's header. */
  readonly range: Range;
  /** The header of a block scalar: `|` or `>-`. */
  readonly header?: Range;
  /** A YAML tag in front of it: of `if: !cancelled()` all is a tag, and the value is empty. */
  readonly tag?: { readonly text: string; readonly range: Range };
}

export interface NamedValue extends StringValue {
  readonly name: string;
  readonly nameRange: Range;
  /** Set where a compose file names a variable without a value: it is taken from the environment of who runs compose. */
  readonly inherited?: true;
}

/** A variable of an `env:`. */
export type EnvVariable = NamedValue;

export interface Input {
  readonly name: string;
  readonly nameRange: Range;
  readonly type?: string;
  readonly default?: StringValue;
  readonly required: boolean;
  readonly options?: readonly string[];
}

/** `concurrency:` of a workflow or a job: only one run of a group goes on at a time. */
export interface Concurrency {
  readonly group: StringValue;
  /** Without it a run waits for the one before. */
  readonly cancelInProgress?: StringValue;
}

export interface Permissions {
  /** The key. */
  readonly range: Range;
  /** `permissions: read-all`, or `{}`, which is `none`. */
  readonly all?: 'read-all' | 'write-all' | 'none';
  readonly scopes: readonly PermissionScope[];
}

export interface PermissionScope {
  readonly name: string;
  readonly level: 'read' | 'write' | 'none';
  /** The entry, key and value. */
  readonly range: Range;
}

export interface Job {
  readonly id: string;
  /** The key of the job. */
  readonly idRange: Range;
  readonly range: Range;
  readonly name?: StringValue;
  readonly needs: readonly StringValue[];
  readonly if?: StringValue;
  readonly permissions?: Permissions;
  readonly env: readonly EnvVariable[];
  readonly outputs: readonly NamedValue[];
  readonly matrix?: Matrix;
  readonly runsOn?: YamlNode;
  readonly environment?: StringValue;
  readonly continueOnError?: StringValue;
  readonly concurrency?: Concurrency;
  readonly defaultShell?: string;
  readonly defaultWorkingDirectory?: string;
  readonly container?: ContainerImage;
  readonly services: readonly ContainerImage[];
  /** All steps in the order of the text, those of a `parallel:` list included. */
  readonly steps: readonly Step[];
  /** A job that calls a reusable workflow. */
  readonly uses?: Uses;
  readonly with: readonly NamedValue[];
  /** `secrets:` of such a job. */
  readonly secrets: 'inherit' | readonly NamedValue[];
  readonly secretsRange?: Range;
}

export interface ContainerImage {
  /** The service's key; undefined for `container`. */
  readonly name?: string;
  readonly image: StringValue;
  readonly env: readonly EnvVariable[];
  /** `credentials.username` and `.password`. */
  readonly credentials: readonly NamedValue[];
}

/** `strategy.matrix`. */
export interface Matrix {
  readonly range: Range;
  /** Undefined where the matrix, or a part of it, is an expression: `reason` says which. */
  readonly axes: readonly MatrixAxis[];
  readonly include: readonly MatrixValues[];
  readonly exclude: readonly MatrixValues[];
  /** Set where the whole matrix, an axis, `include` or `exclude` is an expression. */
  readonly dynamic?: string;
}

export interface MatrixAxis {
  readonly name: string;
  /** Each value is a node: a string, a number, or a map whose fields expressions read. Empty where it is an expression. */
  readonly values: readonly YamlNode[];
}

export type MatrixValues = ReadonlyMap<string, YamlNode>;

export interface Uses {
  readonly text: string;
  /** The value. */
  readonly range: Range;
  /** `action` and `workflow`: another repository's; `local`: `./…` or `$/…`; `docker`: `docker://…`; `invalid`: none of these. */
  readonly target: 'action' | 'workflow' | 'local' | 'docker' | 'invalid';
  readonly owner?: string;
  readonly repository?: string;
  /** The folder or file in that repository, or the local path without `./`. */
  readonly path?: string;
  readonly ref?: string;
  /** The comment behind it on its line, without `#`. */
  readonly comment?: string;
}

export interface Step {
  readonly index: number;
  readonly range: Range;
  readonly id?: string;
  readonly name?: StringValue;
  readonly if?: StringValue;
  readonly uses?: Uses;
  readonly with: readonly NamedValue[];
  readonly run?: StringValue;
  readonly shell?: StringValue;
  readonly workingDirectory?: StringValue;
  readonly env: readonly EnvVariable[];
  readonly continueOnError?: StringValue;
  readonly background: boolean;
  /** Set for the steps of one `parallel:` list. */
  readonly parallelGroup?: number;
  /** `wait:` and `wait-all:`: the ids of the background steps that end before the next step begins. */
  readonly waitsFor?: 'all' | readonly string[];
  /** `cancel:`: the id of the background step that it ends. */
  readonly cancels?: string;
}
