/** What is known of one provider: how its static credentials are handed over, and what stands in their place. */
export interface ProviderRow {
  readonly provider: string;
  readonly alternative: Alternative;
  readonly actions: readonly ActionRow[];
  /** Variables that the provider's own tools document. */
  readonly variables: readonly VariableRow[];
  readonly commands: readonly CommandRow[];
  /** Container registries of the provider. */
  readonly registries: readonly RegistryRow[];
  /** Where the facts of this row come from. */
  readonly source: string;
}

export interface Alternative {
  /** `oidc`: a token of the run does. `limited`: only for some accounts, or by a way round. `none`: only a static credential. */
  readonly kind: 'oidc' | 'limited' | 'none';
  /** Whether the job needs `id-token: write` for it. */
  readonly permission: boolean;
  /** What has to be set up, or done instead; one or two sentences. */
  readonly text: string;
  /** The step that logs in without a static credential. Undefined: the step itself does, with the static input left out. */
  readonly login?: LoginStep;
}

/** A step to write. Values in `<…>` are for the user to fill in. */
export interface LoginStep {
  /** Without a ref. */
  readonly uses: string;
  readonly with: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Where a value of the user's own may stand today: inputs of the step, then variables, by the name in `with`. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  /** What follows it. */
  readonly then?: string;
}

export interface ActionRow {
  /** `owner/name` or `owner/name/path`, in lower case. */
  readonly action: string;
  /** Inputs that take the static credential or a part of it. */
  readonly inputs: readonly string[];
  /** Variables that it reads the credential from. */
  readonly variables?: readonly string[];
  /** Inputs which make it keyless. */
  readonly keyless?: readonly string[];
  /** It is so only where another input has one of these values. */
  readonly keylessOnly?: { readonly input: string; readonly values: readonly string[] };
  /** It is keyless when it is given no static credential. */
  readonly keylessByDefault?: true;
  /** It only publishes where this input is set. */
  readonly publishesWith?: string;
  /** What to write instead, where it differs from the provider's. */
  readonly alternative?: Partial<Alternative>;
}

export interface VariableRow {
  readonly names: readonly string[];
  /** It proves an authentication only where the step or its job publishes to this ecosystem, or calls one of these tools. */
  readonly usedBy?: PackageIndex | readonly string[];
}

export type PackageIndex = 'npm' | 'pypi' | 'crates' | 'rubygems' | 'nuget' | 'maven' | 'pub';

export interface CommandRow {
  /** The tool and the subcommands, as words that follow each other. */
  readonly words: readonly string[];
  /** Options that take the credential. */
  readonly options: readonly string[];
  /** The position of a positional that does, behind `words`. */
  readonly positional?: number;
  /** The command is given a long-lived key, from a file or standard input; the secret may be written elsewhere. */
  readonly anySecret?: true;
  /** An option that has to be there. */
  readonly only?: string;
}

export interface RegistryRow {
  /** Matches the registry's host. */
  readonly host: RegExp;
  readonly example: string;
  /** Named in a variable or secret that holds the host: `ACR_LOGIN_SERVER`. */
  readonly name?: RegExp;
  /** User names whose password is a token that was made for the run. */
  readonly temporaryUsers?: readonly string[];
  /** User names whose password is a stored key, wherever it comes from. */
  readonly keyUsers?: readonly string[];
  /** What to write instead, where it differs from the provider's. */
  readonly alternative?: Partial<Alternative>;
}

/** An action that logs in to the container registry which an input names. */
export interface RegistryLoginRow {
  readonly action: string;
  readonly registry: string;
  readonly username: string;
  readonly password: string;
  /** The host where the input is not given or not known. */
  readonly defaultHost: string;
  readonly source: string;
}
