import type { StageFile } from '@plimsoll/build-context';
import { shipsListPath } from '@plimsoll/documents';
import type { Dockerfile, ShipsList } from '@plimsoll/documents';
import { contextOf } from '../boundary/context.ts';
import type { Build, Documents } from '../model.ts';
import type { ShipsSubject } from './subject.ts';
import { subjectOf } from './subject.ts';
import { stageNamed, targetName } from './target-names.ts';

/** What one target of a Dockerfile carries when it is built from one context: a section of its recorded list. */
export interface ShippedSet {
  readonly dockerfile: Dockerfile;
  readonly target: string;
  /** The folder in the tree, `.` for its root; `git:.` where it is the Git context. */
  readonly context: string;
  /** The builds of it differ in their arguments at most; a path that one of them ships is here. */
  readonly files: ReadonlyMap<string, StageFile>;
}

/** All sets of a recorded list. */
export interface ShippedSets {
  readonly sets: readonly ShippedSet[];
  /** The repository declares a build of it. */
  readonly declared: boolean;
  /** Every build that it declares is known. */
  readonly complete: boolean;
}

/**
 * The sets that a recorded list is about: those of all builds which the repository declares. Where it declares none, those
 * that the list has sections for, else the one whose context is assumed.
 */
export function shippedSets(
  documents: Documents,
  builds: readonly Build[],
  listPath: string,
  list: ShipsList | undefined,
): ShippedSets {
  const own = builds.filter(
    ({ dockerfile }) => dockerfile.status !== 'opaque' && shipsListPath(dockerfile.target.file.path) === listPath,
  );
  const declared = own.filter(({ how }) => how !== 'assumed');
  const known = (some: readonly Build[]): readonly ShipsSubject[] =>
    some.flatMap((build) => contextOf(build, documents) ?? []);
  if (declared.length > 0) {
    const subjects = known(declared);
    return { sets: merged(subjects.flatMap(setOf)), declared: true, complete: subjects.length === declared.length };
  }
  const assumed = known(own);
  const recorded = dockerfilesOf(own).flatMap((dockerfile) => recordedSubjects(documents, dockerfile, list));
  const subjects = recorded.length > 0 ? recorded : assumed;
  return { sets: merged(subjects.flatMap(setOf)), declared: false, complete: true };
}

/** The set of one subject; none where the Dockerfile has no such target. */
export function setOf({ dockerfile, kind, folder, contents }: ShipsSubject): readonly ShippedSet[] {
  const { final } = contents;
  if (!final) return [];
  const files = new Map(final.files.map((file) => [file.path, file]));
  const context = `${kind === 'git' ? 'git:' : ''}${folder === '' ? '.' : folder}`;
  return [{ dockerfile, target: targetName(dockerfile, final.stage), context, files }];
}

/** Sets of one target and context become one. */
export function merged(sets: readonly ShippedSet[]): readonly ShippedSet[] {
  const groups = Map.groupBy(sets, ({ target, context }) => JSON.stringify([target, context]));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ?? [];
    return { ...first, files: new Map([...others.toReversed(), first].flatMap(({ files }) => [...files])) };
  });
}

function dockerfilesOf(builds: readonly Build[]): readonly Dockerfile[] {
  return [...new Set(builds.flatMap(({ dockerfile }) => (dockerfile.status === 'opaque' ? [] : [dockerfile.target])))];
}

/** What the sections of a list are about, for a Dockerfile that nothing builds: only the list knows the context. */
function recordedSubjects(
  documents: Documents,
  dockerfile: Dockerfile,
  list: ShipsList | undefined,
): readonly ShipsSubject[] {
  return (list?.sections ?? []).flatMap((section) => {
    const stage = stageNamed(dockerfile, section.target);
    const folder = section.context === '.' ? '' : section.context;
    if (!stage || documents.tree.entry(folder)?.type !== 'folder') return [];
    return subjectOf(documents, { dockerfile, folder, target: String(stage.index) });
  });
}
