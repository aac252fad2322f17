import type { ContextSource } from '@plimsoll/build-context';
import type { Range } from '@plimsoll/documents';
import type { Attestation, Build, Digest, Publication } from '../model.ts';

/** What a repository releases, as nodes and links to be shown. Both are in the order of lanes, then of places. */
export interface Overview {
  readonly nodes: readonly OverviewNode[];
  readonly links: readonly OverviewLink[];
  /** Dockerfiles that nothing in the repository is known to build, by path. */
  readonly unbuilt: readonly string[];
}

export type OverviewNode =
  | LaneNode
  | BuildNode
  | ContextNode
  | PublicationNode
  | DigestNode
  | ProofNode
  | VerificationNode
  | ScanNode
  | DeploymentNode;

interface NodeOf<K extends string> {
  readonly kind: K;
  /** The same in each run, and after a change elsewhere. */
  readonly id: string;
  /** One line. What is not known before the run stands in it as written. */
  readonly label: string;
  /** Where it is declared. */
  readonly at?: Range;
}

/** Where a release starts: a workflow that an event starts; or a file outside of CI: a script, a Makefile, a compose file. */
export interface LaneNode extends NodeOf<'lane'> {
  readonly path: string;
  /** False for what is run by hand, or by what is not known. */
  readonly inCi: boolean;
  /** The `name:` of the workflow. */
  readonly name?: string;
  readonly events: readonly LaneEvent[];
  /** Whether a job that releases can ask for an OIDC token. */
  readonly oidc: 'yes' | 'no' | 'unknown';
  /** The scopes of GITHUB_TOKEN that jobs which release may write, `id-token` apart; `write-all` and `undeclared` are words of their own. */
  readonly writes: readonly string[];
  readonly logins: readonly LaneLogin[];
  /** The environments of jobs that release, as far as they are known. */
  readonly environments: readonly string[];
}

export interface LaneEvent {
  readonly event: string;
  readonly branches?: readonly string[];
  readonly tags?: readonly string[];
  readonly types?: readonly string[];
}

export interface LaneLogin {
  readonly provider: string;
  /** `static`: by a stored credential. */
  readonly form: 'static' | 'keyless';
  /** `secrets.NPM_TOKEN`. */
  readonly secrets: readonly string[];
  readonly at: Range;
}

export interface BuildNode extends NodeOf<'build'> {
  readonly how: Build['how'];
  readonly dockerfile?: string;
  readonly target?: string;
  /** The job that runs it. */
  readonly job?: string;
  readonly pushes: boolean | 'unknown';
}

/** A build context. Several builds may share it. */
export interface ContextNode extends NodeOf<'context'> {
  readonly contextKind: ContextSource['kind'];
  readonly ignoreFile?: string;
  /** What passes the ignore file, where it is a folder of the repository. */
  readonly files?: number;
}

/** One artifact, under all the names that one push or publish gives it. */
export interface PublicationNode extends NodeOf<'publication'> {
  readonly artifact: Publication['kind'];
  readonly names: readonly string[];
  /** Of images, as far as they are known. What is not known before the run stands in them as written. */
  readonly tags: readonly string[];
  /** Where a package goes, unless that is the public index of its kind. */
  readonly registry?: string;
  readonly job?: string;
  /** The events of its lanes on which it is published, in words; undefined where that is all of them, or is not known. */
  readonly events?: readonly string[];
  /** Another name for what is published already: nothing is built. */
  readonly copied?: true;
  /** The same for all nodes that come from one step or command. */
  readonly group: string;
}

export interface DigestNode extends NodeOf<'digest'> {
  readonly of: Digest['of'];
  /** Where it can be read: `steps.push.outputs.digest`. */
  readonly places: readonly string[];
  readonly fate: Digest['fate']['status'];
  /** What keeps it. */
  readonly keptBy?: { readonly at: Range; readonly label: string };
  /** What reads it, in the order of the text. */
  readonly reads: readonly { readonly at: Range; readonly label: string }[];
}

/** What proves where an artifact comes from. */
export interface ProofNode extends NodeOf<'attestation' | 'signature'> {
  readonly how: Attestation['kind'];
  readonly signed: boolean;
}

export interface VerificationNode extends NodeOf<'verification'> {
  /** What makes it prove little, in words. */
  readonly lax: readonly string[];
}

export type ScanNode = NodeOf<'scan'>;

export interface DeploymentNode extends NodeOf<'deployment'> {
  readonly platform: string;
  readonly environment?: string;
  readonly by: 'digest' | 'tag' | 'none' | 'unknown';
}

/**
 * - `in`: a node runs in a lane
 * - `calls`: a lane calls what is not in the repository, or a job of which not all legs are looked at
 * - `builds-from`: a build takes its files from a context
 * - `publishes`: a build makes what is published
 * - `has-digest`: a publication, or a build, gives a digest
 * - `attests`, `signs`, `verifies`, `scans`, `deploys`: of a publication
 * - `gates`: a verification stands before a deployment
 */
export type OverviewLinkKind =
  | 'in'
  | 'calls'
  | 'builds-from'
  | 'publishes'
  | 'has-digest'
  | 'attests'
  | 'signs'
  | 'verifies'
  | 'scans'
  | 'deploys'
  | 'gates';

export interface OverviewLink {
  readonly kind: OverviewLinkKind;
  /** The id of a node. One of both ends is undefined where it is not known which. */
  readonly from?: string;
  readonly to?: string;
  readonly status: 'resolved' | 'partial' | 'opaque';
  /** What it leads to, where that is no node: `acme/ci/.github/workflows/image.yml@v1`. */
  readonly name?: string;
  /** Why it is not resolved. */
  readonly reason?: string;
  readonly at?: Range;
}
