import type { ContextCopy, StageFile } from '@plimsoll/build-context';
import type { ShipsList, ShipsSection } from '@plimsoll/documents';
import type { Build, Documents } from '../model.ts';
import type { ShippedSet } from '../ships/shipped-sets.ts';
import { shippedSets } from '../ships/shipped-sets.ts';

/** A difference between what ships and what is recorded. */
export type Drift =
  | {
      readonly kind: 'changed';
      readonly list: ShipsList;
      readonly section: ShipsSection;
      readonly set: ShippedSet;
      readonly added: readonly StageFile[];
      readonly gone: ShipsSection['paths'];
      /** The copies that bring what is new, in the order of the text. */
      readonly copies: readonly ContextCopy[];
    }
  /** Sets that the list has no section for. */
  | { readonly kind: 'unrecorded'; readonly list: ShipsList; readonly sets: readonly [ShippedSet, ...ShippedSet[]] }
  /** A section for what nothing builds. */
  | { readonly kind: 'stale'; readonly list: ShipsList; readonly section: ShipsSection };

/** Where the recorded lists of a repository differ from what its builds carry, list by list. */
export function drifts(documents: Documents, builds: readonly Build[]): readonly Drift[] {
  return [...(documents.shipsLists ?? [])].flatMap(([path, list]) => driftsOf(documents, builds, path, list));
}

function driftsOf(documents: Documents, builds: readonly Build[], path: string, list: ShipsList): readonly Drift[] {
  const { sets, complete } = shippedSets(documents, builds, path, list);
  const sectionOf = (set: ShippedSet): ShipsSection | undefined =>
    list.sections.find(({ target, context }) => target === set.target && context === set.context);
  const found: Drift[] = [];
  for (const set of sets) {
    const section = sectionOf(set);
    const drift = section && compare(list, section, set);
    if (drift) found.push(drift);
  }
  const [first, ...others] = sets.filter((set) => !sectionOf(set));
  if (first) found.push({ kind: 'unrecorded', list, sets: [first, ...others] });
  const isBuilt = new Set(sets.map(sectionOf));
  const stale = complete ? list.sections.filter((section) => !isBuilt.has(section)) : [];
  return [...found, ...stale.map((section): Drift => ({ kind: 'stale', list, section }))];
}

function compare(list: ShipsList, section: ShipsSection, set: ShippedSet): Drift | undefined {
  const recorded = new Set(section.paths.map(({ path }) => path));
  const added = [...set.files.values()].filter(({ path }) => !recorded.has(path));
  const gone = section.paths.filter(({ path }) => !set.files.has(path));
  if (added.length === 0 && gone.length === 0) return undefined;
  const copies = [...new Set(added.map(({ copy }) => copy))].sort(
    (a, b) => a.source.range.start - b.source.range.start,
  );
  return { kind: 'changed', list, section, set, added, gone, copies };
}
