import type { ContextSource } from '@plimsoll/build-context';
import type { Dockerfile, ImageName, Range } from '@plimsoll/documents';
import type { Build } from '../model.ts';

/** A base image or a frontend that a Dockerfile names by digest, and that a build puts something else in the place of. */
export interface OverriddenBase {
  readonly kind: 'base' | 'frontend';
  readonly build: Build;
  readonly dockerfile: Dockerfile;
  /** As the Dockerfile names it, and where. */
  readonly pinned: ImageName;
  readonly pinnedAt: Range;
  /** The entry that replaces it: of `build-contexts`, `contexts`, `--build-context`; the build-arg. */
  readonly range: Range;
  /** The name of the context: a stage or an image; `BUILDKIT_SYNTAX`. */
  readonly name: string;
  readonly source: ContextSource;
}
