import { shipsListPath, shipsListText } from '@plimsoll/documents';
import { mergedSets, setOf, shippedSets } from '@plimsoll/release-graph';
import type { ShippedSet } from '@plimsoll/release-graph';
import type { ShippedBuild, ShipsOptions } from './model.ts';
import type { OpenedShips } from './ships.ts';

/** A `plimsoll.ships.txt` as it should be. */
export interface ShipsListFile {
  /** In the tree. */
  readonly path: string;
  readonly text: string;
  readonly sections: number;
  readonly files: number;
}

export interface ShipsLists {
  readonly lists: readonly ShipsListFile[];
  /** Why nothing can be recorded as it is asked for; `lists` is then empty. */
  readonly problems: readonly string[];
}

/**
 * The recorded lists that belong to what was opened: of the Dockerfile that was named, else of each one that the repository
 * builds or that has a list. They are what `packaging/drift` compares with.
 */
export function shipsLists(opened: OpenedShips, options: ShipsOptions): ShipsLists {
  const [asked] = opened.builds;
  if (options.dockerfile !== undefined && asked) return ofDockerfile(opened, asked, options);
  const { documents, builds } = opened.repository();
  const ofBuilds = opened.builds.map(({ subject }) => shipsListPath(subject.dockerfile.file.path));
  const paths = [...new Set([...ofBuilds, ...(documents.shipsLists?.keys() ?? [])])].sort();
  const lists = paths.map((path) =>
    listOf(path, shippedSets(documents, builds, path, documents.shipsLists?.get(path)).sets),
  );
  return { lists: lists.filter(({ sections }) => sections > 0), problems: [] };
}

function ofDockerfile(opened: OpenedShips, asked: ShippedBuild, { context, target }: ShipsOptions): ShipsLists {
  const { documents, builds } = opened.repository();
  const path = shipsListPath(asked.subject.dockerfile.file.path);
  const list = documents.shipsLists?.get(path);
  const { sets, declared } = shippedSets(documents, builds, path, list);
  const [wanted] = setOf(asked.subject);
  const isAsked = context !== undefined || target !== undefined;
  if (!declared) {
    const recorded = isAsked && !list ? [] : sets;
    const added = wanted && (isAsked || sets.length === 0) ? [wanted] : [];
    return { lists: [listOf(path, mergedSets([...recorded, ...added]))], problems: [] };
  }
  const isBuilt = sets.some((set) => set.target === wanted?.target && set.context === wanted.context);
  if (!isAsked || isBuilt) return { lists: [listOf(path, sets)], problems: [] };
  const names = sets.map((set) => `${set.target} from ${set.context}`).join(', ');
  return refused(
    `nothing in the repository builds ${wanted?.target ?? 'this'} from ${wanted?.context ?? 'there'}, so no check would compare it: what is built is ${names}`,
  );
}

function refused(problem: string): ShipsLists {
  return { lists: [], problems: [problem] };
}

function listOf(path: string, sets: readonly ShippedSet[]): ShipsListFile {
  const sections = sets.map(({ target, context, files }) => ({ target, context, paths: files.keys() }));
  const files = sets.reduce((sum, set) => sum + set.files.size, 0);
  return { path, text: shipsListText(sections), sections: sets.length, files };
}
