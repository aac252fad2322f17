import type { Value } from '../model.ts';

/**
 * The image names in a value, each once, without tag and digest. A value may hold several, one a line or separated by commas.
 * A name that is not known before the run is kept as written: `ghcr.io/${{ github.repository }}`.
 */
export function imageNames(value: Pick<Value, 'forms'>): readonly string[] {
  return [];
}
