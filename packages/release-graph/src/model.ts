import type { BuildContents, BuildRequest, ContextSource, FileCount, Tree } from '@plimsoll/build-context';
import type {
  Action,
  Command,
  ComposeService,
  Contract,
  Dockerfile,
  IgnoreFile,
  ImageName,
  Job,
  Manifest,
  Range,
  Script,
  ShipsList,
  Step,
  Uses,
  Workflow,
} from '@plimsoll/documents';
import type { Deployment } from './deployments/model.ts';
import type { AttestationSubject, Digest, DigestUse, MovingImage } from './digests/model.ts';
import type { Overview } from './overview/model.ts';
import type { JobPermissions, PermissionNeed, ScopeGrant } from './permissions/job-permissions.ts';
import type { KeptToken, PersonalTokenUse, SecretArgument, SecretExposure } from './exposures/model.ts';
import type { UnverifiedDownload } from './downloads/model.ts';
import type { SwallowedFailure } from './failures/model.ts';
import type { SecretLeak } from './leaks/model.ts';
import type { OverriddenBase } from './references/model.ts';
import type { UnpinnedInstall } from './toolchain/model.ts';
import type { Attestation, Publication, Rebuild, ShadowBuild } from './publications/model.ts';
import type { CancelledPublication, PullRequestRelease } from './reach/model.ts';
import type { BuildVariable, SecretFlow } from './secrets/model.ts';
import type { Strangers } from './taint/model.ts';
import type { UnrecordedLane } from './records/model.ts';
import type { Link, Related, SecretSource, Value } from './value-model.ts';
import type { Scan, SubjectUse, Verification } from './verifications/model.ts';
import type { NxGraphFile } from './workspaces/graph-file.ts';
import type { ProjectWorkspace } from './workspaces/model.ts';

/** The documents of a repository, by path, and its tree. */
export interface Documents {
  readonly tree: Tree;
  readonly dockerfiles: ReadonlyMap<string, Dockerfile>;
  readonly ignoreFiles: ReadonlyMap<string, IgnoreFile>;
  readonly workflows: ReadonlyMap<string, Workflow>;
  readonly actions: ReadonlyMap<string, Action>;
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** The packaging contracts and the recorded lists that stand beside Dockerfiles. */
  readonly contracts?: ReadonlyMap<string, Contract>;
  readonly shipsLists?: ReadonlyMap<string, ShipsList>;
}

/** What the configuration says of the repository; nothing of it has to be known. */
export interface ReleaseSettings {
  /** `owner/name`: a `uses:` of it is our own code. */
  readonly repository?: string;
  /** Owners whose actions need no commit. */
  readonly trustedOwners?: readonly string[];
  /** The workflows that publish, by path; without it each workflow that pushes. */
  readonly laneWorkflows?: readonly string[];
  /** What `nx graph --file` wrote; without it the projects and their dependencies are read. */
  readonly nxGraph?: NxGraphFile;
}

/** What the repository releases, through which builds, with which credentials and proof. */
export interface ReleaseGraph {
  readonly builds: readonly Build[];
  readonly publications: readonly Publication[];
  readonly attestations: readonly Attestation[];
  readonly shadowBuilds: readonly ShadowBuild[];
  readonly rebuilds: readonly Rebuild[];
  readonly unrecordedLanes: readonly UnrecordedLane[];
  readonly digests: readonly Digest[];
  readonly digestUses: readonly DigestUse[];
  readonly attestationSubjects: readonly AttestationSubject[];
  readonly movingImages: readonly MovingImage[];
  readonly imageReferences: readonly ImageReference[];
  readonly overriddenBases: readonly OverriddenBase[];
  readonly unverifiedDownloads: readonly UnverifiedDownload[];
  readonly unpinnedInstalls: readonly UnpinnedInstall[];
  readonly actionReferences: readonly ActionReference[];
  readonly credentialUses: readonly CredentialUse[];
  readonly permissionNeeds: readonly PermissionNeed[];
  readonly scopeGrants: readonly ScopeGrant[];
  readonly jobPermissions: readonly JobPermissions[];
  readonly keptTokens: readonly KeptToken[];
  readonly secretExposures: readonly SecretExposure[];
  readonly secretArguments: readonly SecretArgument[];
  readonly personalTokens: readonly PersonalTokenUse[];
  readonly secretFlows: readonly SecretFlow[];
  readonly buildVariables: readonly BuildVariable[];
  readonly secretLeaks: readonly SecretLeak[];
  readonly deployments: readonly Deployment[];
  readonly verifications: readonly Verification[];
  /** What is signed, attested and verified, each by its subjects. */
  readonly subjectUses: readonly SubjectUse[];
  readonly scans: readonly Scan[];
  readonly swallowedFailures: readonly SwallowedFailure[];
  readonly pullRequestReleases: readonly PullRequestRelease[];
  readonly cancelledPublications: readonly CancelledPublication[];
  /** What people without rights reach. */
  readonly strangers: Strangers;
  readonly commands: readonly PlacedCommand[];
  /** All of it as nodes and links, to be shown. */
  readonly overview: Overview;
  /** The workspaces of npm, pnpm, yarn, bun and Nx, by their roots. */
  readonly workspaces: readonly ProjectWorkspace[];
}

/** Where something runs: in which job and step, or in which other file. */
export interface Origin {
  readonly workflow?: Workflow;
  readonly action?: Action;
  readonly job?: Job;
  readonly step?: Step;
  readonly command?: Command;
  readonly manifest?: Manifest;
  readonly service?: ComposeService;
  /** The calls that led here from another workflow or action, outermost first. */
  readonly callers: readonly {
    readonly workflow: Workflow;
    readonly job: Job;
    readonly step?: Step;
    readonly at: Range;
  }[];
}

/** A shell command where it stands. */
export interface PlacedCommand {
  readonly command: Command;
  readonly script: Script;
  readonly origin: Origin;
  /** `RUN`: in a Dockerfile; `step`: in a workflow or an action; `script`: package.json, Makefile, shell script. */
  readonly site: 'RUN' | 'step' | 'script';
}

/** One build of an image: a workflow step, a command, a compose service, a target of a bake file that nothing calls, or one assumed for a Dockerfile that nothing builds. */
export interface Build {
  readonly how: 'build-push-action' | 'bake-action' | 'command' | 'compose' | 'bake' | 'assumed';
  /** The step's `uses:` value, the command's first line, compose's `build:`, the Dockerfile's last FROM. */
  readonly range: Range;
  readonly origin: Origin;
  readonly dockerfile: Link<Dockerfile>;
  readonly context: Link<ContextSource>;
  /** Where the context is given. */
  readonly contextRange?: Range;
  /** Undefined in a resolved link: no ignore file applies. */
  readonly ignoreFile: Link<IgnoreFile | undefined>;
  readonly target?: string;
  readonly buildArgs: readonly BuildArg[];
  readonly namedContexts: ReadonlyMap<string, ContextSource>;
  /** Where those are given, by the same names. */
  readonly namedContextRanges: ReadonlyMap<string, Range>;
  /** Each may hold several, one a line or separated by commas: see `imageNames`. */
  readonly tags: readonly Value[];
  /** `NAME=value`, one a line. */
  readonly labels: readonly Value[];
  /** True where it pushes on some events. */
  readonly pushes: boolean | 'unknown';
  /** What decides that: `push:`, `--push`. */
  readonly pushRange?: Range;
  /** What its contents follow from. The Git context of the checked repository stands as its folder, with no ignore file. */
  readonly request?: BuildRequest;
  /** What it carries: computed when first read. Undefined where Dockerfile or context are opaque, or hold no files of the repository. */
  readonly contents: BuildContents | undefined;
}

export interface BuildArg {
  readonly name: string;
  readonly nameRange: Range;
  /** Undefined for `--build-arg NAME`, which takes the variable of that name. */
  readonly value?: Value;
  /** That variable's value, for a bare `NAME`. */
  readonly inherited?: Value;
  /** The whole entry, on its line. */
  readonly range: Range;
}

/** Where an image is named in order to be pulled, run or deployed. What is built here is not among them. */
export interface ImageReference {
  /** The place to change: the reference, or the tag where it stands alone. */
  readonly range: Range;
  readonly site: ImageSite;
  readonly written: string;
  /** With its variables replaced. */
  readonly image: ImageName;
  /** Without tag and digest, or with an alias tag that is moved with each release. */
  readonly moving: boolean;
  /** A Dockerfile frontend by its release channel (`docker/dockerfile:1`), which moves by design. */
  readonly channel?: true;
  /** Names it goes through (ARG, env, matrix), in reading order. */
  readonly through: readonly Related[];
  /** Why its identity matters to a release: a stage of a published image, a job with secrets … Undefined where it does not. */
  readonly releases?: string;
  /** Where `releases` is undefined: its file is for tests, examples or development, by its name or folder. */
  readonly aside?: 'test' | 'example' | 'development';
}

export type ImageSite =
  | 'FROM'
  | 'COPY --from'
  | 'RUN --mount'
  | 'syntax'
  | 'container'
  | 'service'
  | 'docker action'
  | 'compose'
  | 'kubernetes'
  | 'kustomize'
  | 'helm values'
  | 'bake'
  /** `build-contexts`, `--build-context`. */
  | 'build context'
  | 'devcontainer'
  | 'devcontainer feature'
  | 'skaffold'
  /** Of Amazon ECS. */
  | 'task definition';

/** A `uses:` that names code of another repository. */
export interface ActionReference {
  readonly uses: Uses;
  readonly range: Range;
  readonly origin: Origin;
  readonly ownRepository: boolean;
  /** The image of a `docker://` action. */
  readonly image?: ImageReference;
  /** Its owner is one of `ReleaseSettings.trustedOwners`. */
  readonly trusted: boolean;
  readonly releases?: string;
}

/** A step or command that authenticates to a provider. One a step. */
export interface CredentialUse {
  readonly provider: string;
  readonly origin: Origin;
  readonly form: 'static' | 'keyless';
  /** The input, variable or option that takes the static credential. */
  readonly range: Range;
  readonly name: string;
  readonly secrets: readonly SecretSource[];
  readonly alternative: CredentialAlternative;
  readonly related: readonly Related[];
}

/** What the provider offers in place of a static credential. */
export type CredentialAlternative =
  | { readonly kind: 'oidc'; readonly help: string; readonly permission: boolean }
  | { readonly kind: 'limited'; readonly help: string }
  | { readonly kind: 'none'; readonly help: string };

export type { FileCount };
export type * from './deployments/model.ts';
export type * from './digests/model.ts';
export type * from './downloads/model.ts';
export type * from './exposures/model.ts';
export type * from './failures/model.ts';
export type * from './permissions/job-permissions.ts';
export type * from './publications/model.ts';
export type * from './records/model.ts';
export type * from './value-model.ts';
export type * from './verifications/model.ts';
export type * from './reach/model.ts';
export type * from './references/model.ts';
export type * from './secrets/model.ts';
export type * from './taint/model.ts';
export type * from './toolchain/model.ts';
export type * from './triggers/model.ts';
export type * from './leaks/model.ts';
export type * from './overview/model.ts';
