import { isMovingTag, parseImageName } from '@plimsoll/documents';
import type { ImageName, Range } from '@plimsoll/documents';
import type { ImageReference, ImageSite, Related } from '../model.ts';
import { asideOf } from './aside.ts';

export interface ReferencePlace {
  readonly range: Range;
  readonly site: ImageSite;
  readonly written: string;
  readonly through?: readonly Related[];
  readonly releases?: string | undefined;
  /** What the text names, where it is no name as it stands. */
  readonly image?: ImageName;
}

/** A reference to the image of that name; undefined where the text is no image name, or names one of this machine. */
export function imageReference(
  text: string,
  { range, site, written, through = [], releases, image = parseImageName(text.trim()) }: ReferencePlace,
): ImageReference | undefined {
  if (!image || isLocal(image)) return undefined;
  const aside = releases === undefined ? asideOf(site, range.file.path) : undefined;
  const channel = site === 'syntax' && isChannel(image);
  return {
    range,
    site,
    written,
    image,
    moving: !channel && image.digest === undefined && isMovingTag(image.tag),
    ...(channel && { channel: true }),
    through,
    ...(releases !== undefined && { releases }),
    ...(aside && { aside }),
  };
}

/** In a registry of the machine itself, which holds only what was built there: it has no digest that others could name. */
function isLocal({ registry }: ImageName): boolean {
  return /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal|kind-registry)(?::\d+)?$/.test(registry);
}

/** `docker/dockerfile:1`, `:1.7` and their `-labs` forms: BuildKit's documentation recommends them. */
function isChannel({ repository, tag, digest }: ImageName): boolean {
  return (
    /^docker\/dockerfile(?:-upstream)?$/.test(repository) &&
    digest === undefined &&
    /^\d+(?:\.\d+)?(?:-labs)?$|^labs$/.test(tag ?? '')
  );
}

/** Without those that say the same at the same place. */
export function distinctReferences(references: readonly ImageReference[]): readonly ImageReference[] {
  const seen = new Map<string, ImageReference>();
  for (const reference of references) {
    const key = `${reference.range.file.path}\0${reference.range.start}\0${reference.image.text}`;
    const known = seen.get(key);
    if (!known || (known.releases === undefined && reference.releases !== undefined)) seen.set(key, reference);
  }
  return [...seen.values()];
}
