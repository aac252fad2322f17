import type { Range } from '@plimsoll/documents';
import type { Assumption } from '../conditions/model.ts';
import type { Build, Origin } from '../model.ts';
import type { Link, Related } from '../value-model.ts';

/** What is published: an image in a registry, or a package in the index of its language; `helm`: a chart. */
export type PublicationKind = 'image' | 'npm' | 'pypi' | 'crates' | 'rubygems' | 'nuget' | 'maven' | 'helm';

/** Who publishes: a workflow, also through scripts that it calls; an action that no workflow here calls; a script which none of them calls. */
export type PublicationSite = 'workflow' | 'action' | 'package.json' | 'make' | 'just' | 'nx' | 'shell';

/** An image that is pushed to a registry, or a package to its index. */
export interface Publication {
  readonly kind: PublicationKind;
  /** The step's `uses:` value, or the first line of the pushing command. */
  readonly range: Range;
  readonly origin: Origin;
  readonly site: PublicationSite;
  /** Image names without tags; the package's name. Empty where it is not known. */
  readonly names: readonly string[];
  /** The tags of an image, each once. */
  readonly tags: readonly PublishedTag[];
  /** What decides that it is published: `push:`, `outputs:`, `--push`. Undefined where the command does nothing else. */
  readonly pushRange?: Range;
  /** Where a package goes, unless that is the public index of its kind. */
  readonly registry?: string;
  /** A copy of an image that a registry holds already, or another name for it: nothing is built. */
  readonly copied?: true;
  readonly build?: Build;
  /** All builds whose result it is: those of several platforms, or of several legs of one step. `build` is the first. */
  readonly builds: readonly Build[];
  /** Proof of its digest. `partial`: what is there depends on something that is not known, and may be missing. Opaque where a step that is not understood may attest it. */
  readonly attestations: Link<readonly Attestation[]>;
  /** Where a switch turned BuildKit's attestation off, or an exporter drops it. */
  readonly disabledBy?: Related;
  /** All such switches, where several builds are one publication. */
  readonly switches: readonly Related[];
  /** Its images or the workflow are for tests, by their names. */
  readonly forTests?: true;
  /** Of an image: an SBOM, in the registry or made of it by another step. */
  readonly sbom: Presence;
  /** Of an image: a label or an annotation with its source or revision. */
  readonly sourceLabels: Presence;
}

/** Whether something is there; `unknown` where that depends on what is not understood, or does not matter. */
export type Presence = 'present' | 'absent' | 'unknown';

/** What is not known before the run stands by its name: `{{version}}`, `${{ github.sha }}`, `$TAG`. */
export interface PublishedTag {
  /** The image, without the tag. */
  readonly name: string;
  readonly tag: string;
}

export interface Attestation {
  readonly kind: 'buildkit' | 'actions-attest' | 'slsa-generator' | 'cosign-attest' | 'cosign-sign' | 'registry';
  readonly signed: boolean;
  readonly range: Range;
  readonly origin: Origin;
  /** What it covers, as far as it is known: names without tags. Empty: unknown. */
  readonly subjects: readonly string[];
}

/** An image that is published outside of the lane. */
export interface ShadowBuild {
  readonly publication: Publication;
  /** The place to change: the push; where the lane uses the same script or workflow, the call of it. */
  readonly range: Range;
  /** Who pushes it: `the script "push" of package.json`, `the workflow .github/workflows/hotfix.yml`. */
  readonly by: string;
  /** The workflows of the lane, by path; without a declared one those that publish images. */
  readonly lane: readonly string[];
  /** Its file is for tests, examples or development, by its name or folder. */
  readonly aside?: 'test' | 'example' | 'development';
}

/** An image that is built and pushed a second time. */
export interface Rebuild {
  readonly first: Publication;
  readonly second: Publication;
  /** The second place; of two calls of one workflow or action the second call. */
  readonly range: Range;
  /** The image, without tags. */
  readonly name: string;
  /** `together`: one event and ref reaches both. `later`: a release builds again what a push to the default branch published. */
  readonly when: 'together' | 'later';
  /** The event of the second. */
  readonly event: Assumption;
}
