import type { Publication } from '@plimsoll/release-graph';
import { formatList } from './words.ts';

/**
 * What is published, with its verb, as the start of a sentence: `ghcr.io/acme/api is`, `The npm packages a and b are`, `The
 * image is`. A name that is only known at run time reads worse than none.
 */
export function publishedSubject({ kind, names }: Pick<Publication, 'kind' | 'names'>): string {
  const known = names.filter((name) => !name.includes('$'));
  const verb = known.length > 1 ? 'are' : 'is';
  if (kind === 'image') return known.length === 0 ? 'The image is' : `${formatList(known, 3)} ${verb}`;
  const packages = known.length > 1 ? 'packages' : 'package';
  return `The ${kind} ${packages}${known.length > 0 ? ` ${formatList(known, 3)}` : ''} ${verb}`;
}
