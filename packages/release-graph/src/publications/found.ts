import type { Range } from '@plimsoll/documents';
import type { FoundBuild, Place } from '../builds/index.ts';
import type { Origin, PublicationKind, PublicationSite, PublishedTag } from '../model.ts';
import type { WrittenImage } from '../values/image-names.ts';

/** One push or publish as it is found, of one leg and call; several of them may be one `Publication`. */
export interface FoundPublication {
  readonly kind: PublicationKind;
  readonly range: Range;
  readonly origin: Origin;
  readonly place: Place;
  readonly names: readonly string[];
  readonly tags?: readonly PublishedTag[];
  /** The builds whose result it is; several for an index of several platforms. */
  readonly builds: readonly FoundBuild[];
  /** `build`: the build itself pushes. `push`: a command of its own does. `merge`: an index is made of what is pushed. */
  readonly by: 'build' | 'push' | 'merge' | 'tool' | 'package';
  /** What decides that it is pushed, where that is not its build's. */
  readonly pushRange?: Range;
  /** Where a package goes, unless that is the public index. */
  readonly registry?: string;
  /** Why it cannot be known whether it is attested. */
  readonly opaque?: string;
}

/** Who publishes: the job of a workflow, the step of an action, else the file that holds the command. */
export function siteOf({ job, step, entry }: Place): PublicationSite {
  if (job) return 'workflow';
  return step ? 'action' : (entry?.kind ?? 'nx');
}

/** The tags among images; one without is `latest`. */
export function tagsOf(images: readonly WrittenImage[]): readonly PublishedTag[] {
  return images.flatMap(({ name, tag, digest }) =>
    tag === undefined && digest !== undefined ? [] : [{ name, tag: tag ?? 'latest' }],
  );
}

/** What stands in a registry of images under a digest: an image, or a chart that is pushed there. */
export function hasDigest({ kind, registry }: FoundPublication): boolean {
  return kind === 'image' || (kind === 'helm' && registry?.startsWith('oci://') === true);
}

/** A registry that is only there for the run, or keeps nothing. */
export function isPassing(name: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal|kind-registry|registry|ttl\.sh|[\w.-]*\.local(?:domain|host)?)(?::(?:\d+|\$\{\{[^}]*\}\}))?\//.test(
    name,
  );
}

/** A name in one way of writing: Docker Hub has several. */
export function canonicalName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(?:index\.docker\.io|docker\.io|registry-1\.docker\.io)\//, '')
    .replace(/^library\//, '');
}

export function sharesName(some: readonly string[], others: readonly string[]): boolean {
  const names = new Set(some.map(canonicalName));
  return others.some((name) => names.has(canonicalName(name)));
}
