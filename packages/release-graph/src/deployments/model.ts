import type { Range } from '@plimsoll/documents';
import type { Origin, Publication } from '../model.ts';
import type { DeployPlatform } from '../tools/model.ts';
import type { Link, Related, Value } from '../value-model.ts';
import type { Verification } from '../verifications/model.ts';

/** An image, or a set of manifests, that a step or a command makes run somewhere. One for each place, with all legs and calls. */
export interface Deployment {
  /** How it is called: `kubectl set image`, `aws-actions/amazon-ecs-deploy-task-definition`. */
  readonly how: string;
  readonly platform: DeployPlatform;
  /** The step's `uses:` value, or the first line of the command. */
  readonly range: Range;
  readonly origin: Origin;
  /** `code`: a site, a function or infrastructure, or an image that the platform builds itself. */
  readonly of: 'images' | 'code';
  /** `files`: it only writes what a controller makes run. */
  readonly effect: 'runs' | 'files';
  /** The images that it names, itself or in an earlier step that it reads. Empty where they stand in files, or are not known. */
  readonly images: readonly DeployedImage[];
  /** Only pull requests make it run. */
  readonly preview?: true;
  /** The `environment:` of its job. */
  readonly environment?: Value;
  /** The verifications of its images that come before it: earlier in its own job, or in a job that this one needs. Partial where some of its images are not verified, opaque where a step that is not understood may verify. */
  readonly gates: Link<readonly Verification[]>;
}

export interface DeployedImage {
  /** The place to change: the tag where it stands alone, else the reference. */
  readonly range: Range;
  /** The reference, or the tag, as far as it is known. */
  readonly value: Value;
  /** Without tag and digest, with what is unknown as written; undefined where only a tag is given, or nothing is known. */
  readonly name?: string;
  readonly by: ImageIdentity;
  /** The value is a tag or a digest alone. */
  readonly written?: 'tag' | 'digest';
  /** The tag, or the digest, as it is written or read from. */
  readonly identity?: string;
  /** The publication of the same run that made it. */
  readonly publication?: Publication;
  /** How the digest of that publication can be read at this place: `${{ needs.build.outputs.digest }}`. */
  readonly digest?: string;
  /** Names that it goes through (variables, outputs), in reading order. */
  readonly through: readonly Related[];
}

/** By what an image is named: `none`: neither tag nor digest, so `latest`. */
export type ImageIdentity = 'digest' | 'tag' | 'none' | 'unknown';
