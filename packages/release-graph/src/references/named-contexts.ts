import { parseImageName } from '@plimsoll/documents';
import type { Build } from '../model.ts';

/** Whether a named context of the build takes the place of a stage or an image; `node` and `node:latest` are one. */
export function isReplaced({ namedContexts }: Build, name: string | undefined): boolean {
  if (name === undefined || namedContexts.size === 0) return false;
  return [...namedContexts.keys()].some((context) => isNameOf(context, name));
}

/** Whether the name of a named context means a stage or an image. A digest is part of an image's name. */
export function isNameOf(context: string, name: string): boolean {
  return context === name || canonical(context) === canonical(name);
}

function canonical(name: string): string {
  const image = parseImageName(name);
  return image ? `${image.registry}/${image.repository}:${image.tag ?? 'latest'}@${image.digest ?? ''}` : name;
}
