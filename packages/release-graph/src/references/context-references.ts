import type { Range } from '@plimsoll/documents';
import type { Build, Documents, ImageReference, ImageSite, Related } from '../model.ts';
import { imageReference } from './image-reference.ts';
import { frontendArgs } from './overridden-bases.ts';

export const imageScheme = 'docker-image://';

/** An image that is a context of a build, at its entry. */
export function contextReference(
  image: string,
  entry: Range,
  place: { readonly site: ImageSite; readonly through?: readonly Related[]; readonly releases?: string | undefined },
): ImageReference | undefined {
  return imageReference(image, { range: written(entry), written: image, ...place });
}

/** The context as it stands in its entry, without quotes; the entry where it is given through a variable. */
function written(entry: Range): Range {
  const text = entry.file.text.slice(entry.start, entry.end);
  const at = text.indexOf(imageScheme);
  if (at < 0) return entry;
  const length = /^[^"'\s]*/.exec(text.slice(at))?.[0].length ?? 0;
  return { ...entry, start: entry.start + at, end: entry.start + at + length };
}

interface BuildFacts {
  /** Why what goes into it matters to a release. */
  readonly releasesOf: (build: Build) => string | undefined;
  /** The names that the same lane builds. */
  readonly besideOf: (build: Build) => ReadonlySet<string>;
}

/**
 * The images that builds of workflows and commands take as contexts (`build-contexts`, `--build-context`), and the frontends
 * that they name by BUILDKIT_SYNTAX. Those of compose and bake files stand in their own files.
 */
export function contextReferences(
  { manifests }: Documents,
  builds: readonly Build[],
  { releasesOf, besideOf }: BuildFacts,
): readonly ImageReference[] {
  return builds.flatMap((build) => {
    const releases = releasesOf(build);
    const contexts = [...build.namedContexts].flatMap(([name, source]) => {
      const entry = build.namedContextRanges.get(name);
      if (!entry || source.kind !== 'image' || manifests.has(entry.file.path) || isBakePath(entry.file.path)) return [];
      const reference = contextReference(source.image, entry, { site: 'build context', releases });
      return reference && !besideOf(build).has(reference.image.name) ? [reference] : [];
    });
    const frontends = frontendArgs(build).flatMap(({ image, range }) =>
      image.startsWith('dockerfile.v0')
        ? []
        : (imageReference(image, { range, site: 'syntax', written: image, releases }) ?? []),
    );
    return [...contexts, ...frontends];
  });
}

function isBakePath(path: string): boolean {
  return path.endsWith('.hcl') || path.endsWith('.json');
}
