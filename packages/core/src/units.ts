import type { ContextCopy, StageFile } from '@plimsoll/build-context';
import type {
  Action,
  CopyInstruction,
  Dockerfile,
  IgnoreFile,
  IgnorePattern,
  Instruction,
  Job,
  Manifest,
  Range,
  Stage,
  Step,
  Workflow,
} from '@plimsoll/documents';
import type {
  AbsentContext,
  ActionReference,
  AttestationSubject,
  Build,
  BuildContext,
  BuildVariable,
  CarriedProjects,
  ContractBreach,
  CredentialUse,
  DeeperMatch,
  Deployment,
  Digest,
  DigestUse,
  Documents,
  Drift,
  IgnoreFileUse,
  ImageReference,
  Ineffective,
  Install,
  KeptToken,
  MissingNeed,
  MissingSource,
  OverriddenBase,
  MovingImage,
  PermissionNeed,
  PersonalTokenUse,
  PlacedCommand,
  Publication,
  ReleaseGraph,
  ScopeGrant,
  SecretArgument,
  SecretExposure,
  SecretFlow,
  SecretLeak,
  SecretMount,
  SecretText,
  Sensitivity,
  ShippedImage,
  UnpinnedInstall,
  UnverifiedDownload,
  SubjectUse,
  Verification,
} from '@plimsoll/release-graph';
import type { LaneUnits } from './units-lane.ts';

/** What a rule can visit, by the name in `visits`. */
export interface Units extends LaneUnits {
  dockerfile: Dockerfile;
  stage: { readonly dockerfile: Dockerfile; readonly stage: Stage };
  instruction: { readonly dockerfile: Dockerfile; readonly instruction: Instruction };
  ignoreFile: IgnoreFile;
  ignorePattern: IgnorePatternUnit;
  /** An ignore file with the builds that read it, and those that could be thought to. */
  ignoreFileUse: IgnoreFileUse;
  workflow: Workflow;
  job: { readonly workflow: Workflow; readonly job: Job };
  step: { readonly owner: Workflow | Action; readonly job?: Job; readonly step: Step };
  manifest: Manifest;
  command: PlacedCommand;
  imageReference: ImageReference;
  /** A base image or a frontend that a build replaces though the Dockerfile names it by digest. */
  overriddenBase: OverriddenBase;
  /** What an image or a step fetches and uses though nothing checks it. */
  unverifiedDownload: UnverifiedDownload;
  /** A command of an image or of the lane that installs or runs packages at no version. */
  unpinnedInstall: UnpinnedInstall;
  actionReference: ActionReference;
  buildVariable: BuildVariable;
  build: Build;
  /** A build whose context is a folder of the repository, or its Git context, and whose Dockerfile is known. */
  context: ContextUnit;
  /** A build whose context is no folder of the repository. */
  absentContext: AbsentContext;
  /** One source of a COPY or ADD that reads such a context; `missing` where the builder finds nothing. */
  contextCopy: {
    readonly copy: ContextCopy;
    readonly workspaceRoot: boolean;
    readonly missing: MissingSource | undefined;
  } & ContextUnit;
  /** A copy that brings projects of a workspace into the image which ships. */
  projectCopy: CarriedProjects & ContextUnit;
  /** What a stage needs of the workspace and does not get, by the copy that brings what needs it. */
  missingNeeds: { readonly copy: ContextCopy; readonly needs: readonly [MissingNeed, ...MissingNeed[]] } & ContextUnit;
  /** An ADD; `plain` where COPY does the same. */
  add: { readonly dockerfile: Dockerfile; readonly instruction: CopyInstruction; readonly plain: boolean };
  /** A command of a Dockerfile that installs what a manifest asks for. */
  install: Install;
  /** A stage that becomes an image. */
  shippedImage: ShippedImage;
  /** A file of the context that is in the image which ships. */
  shippedFile: {
    readonly file: StageFile;
    /** The file itself, as a place without its text: that may be what must not be shown. */
    readonly place: Range;
    readonly sensitivity: () => Sensitivity | undefined;
    /** Whether a later RUN deletes it: an earlier layer keeps it all the same. */
    readonly removedLater: () => boolean;
  } & ContextUnit;
  /** What a packaging contract asks for and an image does not keep. */
  contractBreach: ContractBreach;
  /** Where the recorded list of what ships differs from what does. */
  drift: Drift;
  publication: Publication;
  /** The digest of what is pushed. */
  digest: Digest;
  /** An expression that wants a digest. */
  digestUse: DigestUse;
  /** What an attestation says it is of. */
  attestationSubject: AttestationSubject;
  /** An image of which a lane publishes moving tags only. */
  movingImage: MovingImage;
  /** A step or command of a workflow that makes something run. */
  deployment: Deployment;
  /** A signature or an attestation that is checked. */
  verification: Verification;
  /** What is signed, attested or verified. */
  subjectUse: SubjectUse;
  credentialUse: CredentialUse;
  /** All that one step needs of GITHUB_TOKEN. */
  stepPermissions: { readonly needs: readonly [PermissionNeed, ...PermissionNeed[]] };
  /** A write scope that a workflow or job grants, with the jobs that get it. */
  scopeGrant: ScopeGrant;
  /** A checkout that keeps its token. */
  keptToken: KeptToken;
  /** A secret that more can read than need it. */
  secretExposure: SecretExposure;
  /** A password or token on a command line. */
  secretArgument: SecretArgument;
  /** A stored token where the run's own does. */
  personalToken: PersonalTokenUse;
  secretFlow: SecretFlow;
  secretLeak: SecretLeak;
  secretMount: SecretMount;
  /** A credential in the text of a checked file. */
  secretText: SecretText;
  /** One in another file that ships. */
  shippedText: SecretText & {
    readonly file: StageFile;
    readonly dockerfile: Dockerfile | undefined;
    /** It stands where made-up credentials do: in tests, examples and documentation. */
    readonly testData: boolean;
  };
}

export type UnitName = keyof Units;

/** A build that is known well enough to say what it carries. */
export interface ContextUnit extends BuildContext {
  /** The ignore file leaves everything out and then lets in what it names. */
  readonly allowList: boolean;
  /** The sources that the builder does not find. */
  readonly missingSources: () => readonly MissingSource[];
}

export interface IgnorePatternUnit {
  readonly ignoreFile: IgnoreFile;
  readonly pattern: IgnorePattern;
  /** Why it can have no effect; undefined where it may have one. */
  readonly ineffective: Ineffective | undefined;
  /** What it would match below the root of the contexts that it applies to, and that ships. */
  readonly deeper: () => readonly DeeperMatch[];
}

/** What the engine gives the units from. */
export interface Workspace {
  readonly documents: Documents;
  /** Made when first asked for. */
  readonly graph: () => ReleaseGraph;
  /** Told what a reader of the report should know: what was not looked at. */
  readonly remark?: (text: string) => void;
  /** Of files of the tree, those that may hold a credential. Without it all are searched. */
  readonly suspects?: (paths: readonly string[]) => Promise<readonly string[]>;
}
