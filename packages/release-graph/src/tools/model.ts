import type { Command, Option, Range, ShellWord } from '@plimsoll/documents';

/**
 * What one shell command does for a release. The words are those of the command, or parts of them (the value of
 * `--tag=x`), so their ranges are exact. A word may be dynamic: look at its `parts`.
 */
export type ToolCall =
  | BuildCall
  | ComposeCall
  | BakeCall
  | PushCall
  | CopyCall
  | TagCall
  | MergeCall
  | InspectCall
  | LoginCall
  | SignCall
  | AttestCall
  | VerifyCall
  | ScanCall
  | DeployCall
  | RemoteCall
  | EditCall
  | PublishCall;

export interface CallBase {
  /** The row that recognised it, named as the tool is called: `docker build`, `cosign verify`. */
  readonly tool: string;
  readonly command: Command;
  /** All options in order. `name` is the long name without dashes, also where the short one is written. */
  readonly options: readonly Option[];
  /** What is left after the subcommands and the options. */
  readonly positionals: readonly ShellWord[];
  /** Where the registry's digest of what it pushes can be read; empty: nowhere. */
  readonly digests: readonly DigestPlace[];
}

/** Where a digest appears. */
export type DigestPlace =
  /** In a file that an option names. */
  | { readonly kind: 'file'; readonly path: ShellWord; readonly holds: DigestFormat }
  /** In a file of a fixed name, which the tool always writes. */
  | { readonly kind: 'fixed-file'; readonly path: string; readonly holds: DigestFormat }
  /** On standard output. `log`: among other lines. */
  | { readonly kind: 'stdout'; readonly holds: DigestFormat | 'log' };

/** `digest`: `sha256:…`; `reference`: `name@sha256:…`; `json`, `toml`: a report with both. */
export type DigestFormat = 'digest' | 'reference' | 'json' | 'toml';

/** `NAME=value` or a bare `NAME`, given to an option. */
export interface NamedOption {
  readonly name: string;
  readonly nameRange: Range;
  /** Undefined for a bare `NAME`. */
  readonly value?: ShellWord;
  /** The whole of `NAME=value`, without the option's name. */
  readonly range: Range;
}

/** One image built by a command. */
export interface BuildCall extends CallBase {
  readonly does: 'build';
  readonly engine: 'docker' | 'podman' | 'buildah' | 'kaniko' | 'ko' | 'jib' | 'pack' | 'apko' | 'acr' | 'gcloud';
  /** `.`, a path, a URL, `-`; undefined where none is given. */
  readonly context?: ShellWord;
  /** `-f`; undefined: the engine's default. */
  readonly file?: ShellWord;
  readonly target?: ShellWord;
  readonly tags: readonly ShellWord[];
  readonly buildArgs: readonly NamedOption[];
  readonly buildContexts: readonly NamedOption[];
  readonly labels: readonly NamedOption[];
  readonly platforms: readonly ShellWord[];
  /** `--secret` values, as written: `id=npm,src=.npmrc`. */
  readonly secrets: readonly ShellWord[];
  /** `--output` values, as written: `type=registry`. */
  readonly outputs: readonly ShellWord[];
  /** Whether the result goes to a registry; `unknown` where an option that decides is dynamic. */
  readonly pushes: boolean | 'unknown';
  /** What decides `pushes`: `--push`, `--output …`, `--no-push`. */
  readonly pushOption?: Option;
  /** `--provenance`, `--sbom` and `--attest`, in order. */
  readonly attestations: readonly Option[];
  readonly metadataFile?: ShellWord;
  readonly iidFile?: ShellWord;
}

/** `docker compose build`, `push` and `up --build`. */
export interface ComposeCall extends CallBase {
  readonly does: 'compose';
  readonly action: 'build' | 'push' | 'up';
  /** `-f` values; none: the compose file of the working directory. */
  readonly files: readonly ShellWord[];
  /** None: all services. */
  readonly services: readonly ShellWord[];
  readonly buildArgs: readonly NamedOption[];
  readonly pushes: boolean | 'unknown';
  readonly pushOption?: Option;
  readonly attestations: readonly Option[];
}

/** `docker buildx bake`. */
export interface BakeCall extends CallBase {
  readonly does: 'bake';
  readonly files: readonly ShellWord[];
  /** None: the target or group `default`. */
  readonly targets: readonly ShellWord[];
  /** `--set target.key=value`. */
  readonly overrides: readonly NamedOption[];
  readonly pushes: boolean | 'unknown';
  readonly pushOption?: Option;
  readonly attestations: readonly Option[];
  readonly metadataFile?: ShellWord;
}

/** An image that exists already goes to its registry. */
export interface PushCall extends CallBase {
  readonly does: 'push';
  /** Image names in the registry. */
  readonly references: readonly ShellWord[];
  /** `-a`: all tags of the name. */
  readonly allTags: boolean;
}

/** An image goes from one registry or store to another. */
export interface CopyCall extends CallBase {
  readonly does: 'copy';
  readonly source?: ShellWord;
  readonly destinations: readonly ShellWord[];
}

/** Another name for an image: `registry` where it is set in the registry itself, and so published. */
export interface TagCall extends CallBase {
  readonly does: 'tag';
  readonly source?: ShellWord;
  readonly names: readonly ShellWord[];
  readonly where: 'local' | 'registry';
}

/** Images of single platforms become one index: `docker buildx imagetools create`. */
export interface MergeCall extends CallBase {
  readonly does: 'merge';
  readonly tags: readonly ShellWord[];
  readonly sources: readonly ShellWord[];
  /** `false` for `--dry-run`, and where it only makes a local list. */
  readonly pushes: boolean;
  readonly metadataFile?: ShellWord;
}

/** Asks a registry or store for an image's digest or manifest. */
export interface InspectCall extends CallBase {
  readonly does: 'inspect';
  readonly references: readonly ShellWord[];
}

export interface LoginCall extends CallBase {
  readonly does: 'login';
  /** Undefined: Docker Hub. */
  readonly registry?: ShellWord;
  readonly username?: ShellWord;
  /** `-p value`. */
  readonly password?: Option;
  readonly passwordStdin: boolean;
}

export interface SignCall extends CallBase {
  readonly does: 'sign';
  readonly subjects: readonly ShellWord[];
  /** Images in a registry, or files. */
  readonly of: 'image' | 'file';
  /** Undefined: keyless. */
  readonly key?: Option;
}

export interface AttestCall extends CallBase {
  readonly does: 'attest';
  readonly subjects: readonly ShellWord[];
  readonly of: 'image' | 'file';
  readonly key?: Option;
  readonly predicate?: ShellWord;
  readonly predicateType?: ShellWord;
}

export interface VerifyCall extends CallBase {
  readonly does: 'verify';
  readonly verifies: 'signature' | 'attestation';
  readonly subjects: readonly ShellWord[];
  readonly of: 'image' | 'file';
  readonly key?: Option;
}

/** A search for vulnerabilities, secrets or broken policies. */
export interface ScanCall extends CallBase {
  readonly does: 'scan';
  readonly of: 'image' | 'files' | 'unknown';
  readonly subjects: readonly ShellWord[];
  /** Whether what it finds makes the command fail; `unknown` where an option that decides is dynamic. */
  readonly fails: boolean | 'unknown';
}

/** Something is made to run, or the files that say what runs are changed. */
export interface DeployCall extends CallBase {
  readonly does: 'deploy';
  readonly platform: DeployPlatform;
  /** `files`: it only writes what another call or a controller makes run. */
  readonly effect: 'runs' | 'files';
  /** `code`: a site, a function or infrastructure that is no image, or an image that the platform builds itself. */
  readonly of: 'images' | 'code';
  readonly images: readonly ImageArgument[];
  /** Manifests, charts, folders and addresses that say more; `-` is standard input. */
  readonly sources: readonly ShellWord[];
  /** `--dry-run`: nothing changes. */
  readonly dryRun: boolean;
}

/** A part of an image's name, or all of it, given to a deployment. */
export interface ImageArgument {
  readonly part: 'reference' | 'name' | 'tag' | 'digest';
  readonly value: ShellWord;
  /** Parts of one image have the same: `api.image` of `api.image.tag` and `api.image.repository`. */
  readonly group?: string;
}

/** A script that runs on another machine. Here-documents stand in the command's redirections. */
export interface RemoteCall extends CallBase {
  readonly does: 'remote';
  /** The words of the script, behind the machine's name. */
  readonly script: readonly ShellWord[];
}

/** Values in files are replaced: `sed -i`, `yq -i`, `jq`, `envsubst`. */
export interface EditCall extends CallBase {
  readonly does: 'edit';
  readonly language: 'sed' | 'yq' | 'jq' | 'envsubst';
  readonly expressions: readonly ShellWord[];
  readonly files: readonly ShellWord[];
  /** It writes to standard output. */
  readonly prints: boolean;
}

export type DeployPlatform =
  | 'Kubernetes'
  | 'Argo CD'
  | 'Flux'
  | 'Amazon ECS'
  | 'AWS Lambda'
  | 'AWS App Runner'
  | 'Google Cloud Run'
  | 'Google Compute Engine'
  | 'Google Cloud Deploy'
  | 'Azure App Service'
  | 'Azure Container Apps'
  | 'Azure Container Instances'
  | 'DigitalOcean'
  | 'Fly.io'
  | 'Heroku'
  | 'Nomad'
  | 'Docker'
  | 'a site or function'
  | 'a Git repository'
  | 'infrastructure';

/** A package, chart or set of release files goes to its index. */
export interface PublishCall extends CallBase {
  readonly does: 'publish';
  readonly ecosystem: Ecosystem;
  /** Files, folders or packages that are named. */
  readonly packages: readonly ShellWord[];
  readonly registry?: ShellWord;
  /** `--provenance`, `--attestations` and the like. */
  readonly provenance?: Option;
  /** A credential on the command line. */
  readonly password?: Option;
  /** `--dry-run`: nothing is published. */
  readonly dryRun: boolean;
}

export type Ecosystem = 'npm' | 'pypi' | 'crates' | 'rubygems' | 'nuget' | 'maven' | 'helm' | 'goreleaser';
