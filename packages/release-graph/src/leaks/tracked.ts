import type { Range } from '@plimsoll/documents';
import type { Related, SecretSource } from '../value-model.ts';
import type { Resolved } from '../values/resolved.ts';
import { uniqueRelated } from '../values/resolved.ts';
import { isCredential } from './identifiers.ts';

/** A secret on its way, with the places that it came through. */
export interface Tracked {
  readonly source: SecretSource;
  /** In reading order, the source first. */
  readonly path: readonly Related[];
}

/** The first credential in a value. */
export function trackedIn(value: Resolved | undefined): Tracked | undefined {
  const source = value?.secrets.find(isCredential);
  if (!value || !source) return undefined;
  const definitions = value.definitions.toReversed();
  const told = definitions.some(({ at }) => isSameLine(at, source.range));
  return {
    source,
    path: uniqueRelated(
      told ? definitions : [{ at: source.range, label: `${source.text} is read here` }, ...definitions],
    ),
  };
}

export function through(tracked: Tracked | undefined, at: Range, label: string): Tracked | undefined {
  return tracked && { ...tracked, path: uniqueRelated([...tracked.path, { at, label }]) };
}

/** The places before the last one; what stands on its line needs no word of its own. */
export function pathBefore({ path }: Tracked, last: Range): readonly Related[] {
  return path.filter(({ at }) => !isSameLine(at, last));
}

export function isSameLine(a: Range, b: Range): boolean {
  return a.file === b.file && a.file.positionAt(a.start).line === b.file.positionAt(b.start).line;
}
