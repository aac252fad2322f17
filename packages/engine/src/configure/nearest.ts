import { closest, distance } from 'fastest-levenshtein';

/** `did you mean "x"?` for the candidate that a typing error could have come from; undefined where none is near. */
export function suggestion(written: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || written.length > 100) return undefined;
  const nearest = closest(written, [...candidates]);
  const allowed = Math.max(2, Math.floor(nearest.length / 3));
  return distance(written, nearest) <= allowed ? `did you mean "${nearest}"?` : undefined;
}

/** Names as a sentence lists them: `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
