import type { ContextCopy, StageFile } from '@plimsoll/build-context';
import type {
  Action,
  Dockerfile,
  IgnoreFile,
  IgnorePattern,
  Instruction,
  Job,
  Manifest,
  Stage,
  Step,
  Workflow,
} from '@plimsoll/documents';
import type {
  ActionReference,
  Build,
  BuildVariable,
  CredentialUse,
  Documents,
  ImageReference,
  PermissionNeed,
  PlacedCommand,
  Publication,
  ReleaseGraph,
  SecretFlow,
  Sensitivity,
} from '@plimsoll/release-graph';

/** What a rule can visit, by the name in `visits`. */
export interface Units {
  dockerfile: Dockerfile;
  stage: { readonly dockerfile: Dockerfile; readonly stage: Stage };
  instruction: { readonly dockerfile: Dockerfile; readonly instruction: Instruction };
  ignoreFile: IgnoreFile;
  ignorePattern: { readonly ignoreFile: IgnoreFile; readonly pattern: IgnorePattern };
  workflow: Workflow;
  job: { readonly workflow: Workflow; readonly job: Job };
  step: { readonly owner: Workflow | Action; readonly job?: Job; readonly step: Step };
  manifest: Manifest;
  command: PlacedCommand;
  imageReference: ImageReference;
  actionReference: ActionReference;
  buildVariable: BuildVariable;
  build: Build;
  /** A build with a local context whose Dockerfile is known. */
  context: ContextUnit;
  /** One source of a COPY or ADD that reads a local context. */
  contextCopy: { readonly copy: ContextCopy; readonly workspaceRoot: boolean } & ContextUnit;
  /** A file of the context that is in the image which ships. */
  shippedFile: { readonly file: StageFile; readonly sensitivity: () => Sensitivity | undefined } & ContextUnit;
  publication: Publication;
  credentialUse: CredentialUse;
  /** All that one step needs of GITHUB_TOKEN. */
  stepPermissions: { readonly needs: readonly [PermissionNeed, ...PermissionNeed[]] };
  secretFlow: SecretFlow;
}

export type UnitName = keyof Units;

/** A build that is known well enough to say what it carries. */
export interface ContextUnit {
  readonly build: Build;
  readonly dockerfile: Dockerfile;
  /** The context's folder; '' is the root. */
  readonly folder: string;
  /** Undefined where none applies. */
  readonly ignoreFile: IgnoreFile | undefined;
  /** The ignore file leaves everything out and then lets in what it names. */
  readonly allowList: boolean;
  readonly contents: NonNullable<Build['contents']>;
}

/** What the engine gives the units from. */
export interface Workspace {
  readonly documents: Documents;
  /** Made when first asked for. */
  readonly graph: () => ReleaseGraph;
}
