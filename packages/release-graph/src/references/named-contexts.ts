import { parseImageName } from '@plimsoll/documents';
import type { Build } from '../model.ts';

/** Whether a named context of the build takes the place of a stage or an image. */
export function isReplaced(build: Build, name: string | undefined): boolean {
  if (name === undefined || build.namedContexts.size === 0) return false;
  const replaced = known.get(build) ?? new Set([...build.namedContexts.keys()].map(canonicalName));
  known.set(build, replaced);
  return replaced.has(canonicalName(name));
}

const known = new WeakMap<Build, ReadonlySet<string>>();

/** An image's name in its full form, in which `node` and `node:latest` are one and a digest is a part. A stage's name may read as one. */
export function canonicalName(name: string): string {
  const image = parseImageName(name);
  return image ? `${image.registry}/${image.repository}:${image.tag ?? 'latest'}@${image.digest ?? ''}` : name;
}
