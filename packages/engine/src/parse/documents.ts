import type { Tree } from '@plimsoll/build-context';
import {
  readAction,
  readContract,
  readDockerfile,
  readIgnoreFile,
  readManifest,
  readShipsList,
  readWorkflow,
} from '@plimsoll/documents';
import type {
  Action,
  Contract,
  Dockerfile,
  IgnoreFile,
  Manifest,
  Problem,
  Reading,
  ShipsList,
  SourceFile,
  Workflow,
} from '@plimsoll/documents';
import type { Documents } from '@plimsoll/release-graph';
import type { Candidate } from '../discover/discover.ts';
import type { FileKind } from '../model.ts';

export interface Parsed {
  /** A kind of file is parsed when its map is first read, so what no rule asks for costs nothing. */
  readonly documents: Documents;
  /** What could not be read in one candidate; parses it. */
  readonly problemsOf: (candidate: Candidate) => readonly Problem[];
  /** The document of a candidate, parsed if it was not; undefined for one that has no text, or turns out to be none. */
  readonly documentOf: (candidate: Candidate) => AnyDocument | undefined;
}

export type AnyDocument = Dockerfile | IgnoreFile | Workflow | Action | Manifest | Contract | ShipsList;

const READERS = {
  dockerfile: readDockerfile,
  ignoreFile: readIgnoreFile,
  workflow: readWorkflow,
  action: readAction,
  manifest: readManifest,
  contract: readContract,
  shipsList: readShipsList,
} satisfies Readonly<Record<FileKind, (file: SourceFile) => Reading<AnyDocument> | undefined>>;

type DocumentOf<K extends FileKind> = NonNullable<ReturnType<(typeof READERS)[K]>>['document'];

/** Makes documents of candidates, each once and when it is first asked for. */
export function parse(tree: Tree, candidates: readonly Candidate[]): Parsed {
  const readings = new Map<Candidate, Reading<AnyDocument> | undefined>();
  const readingOf = (candidate: Candidate): Reading<AnyDocument> | undefined => {
    if (isUnread(candidate)) return undefined;
    if (readings.has(candidate)) return readings.get(candidate);
    const reading = READERS[candidate.kind](candidate.file);
    readings.set(candidate, reading);
    return reading;
  };
  const mapOf = <K extends FileKind>(kind: K): ReadonlyMap<string, DocumentOf<K>> => {
    const documents = new Map<string, DocumentOf<K>>();
    for (const candidate of candidates) {
      if (candidate.kind !== kind) continue;
      const document = readingOf(candidate)?.document;
      if (document) documents.set(candidate.path, document);
    }
    return documents;
  };
  return {
    documents: lazyDocuments(tree, mapOf),
    problemsOf: (candidate) => [...candidate.problems, ...(readingOf(candidate)?.problems ?? [])],
    documentOf: (candidate) => readingOf(candidate)?.document,
  };
}

function lazyDocuments(
  tree: Tree,
  mapOf: <K extends FileKind>(kind: K) => ReadonlyMap<string, DocumentOf<K>>,
): Documents {
  const dockerfiles = once(() => mapOf('dockerfile'));
  const ignoreFiles = once(() => mapOf('ignoreFile'));
  const workflows = once(() => mapOf('workflow'));
  const actions = once(() => mapOf('action'));
  const manifests = once(() => mapOf('manifest'));
  const contracts = once(() => mapOf('contract'));
  const shipsLists = once(() => mapOf('shipsList'));
  return {
    tree,
    get dockerfiles() {
      return dockerfiles();
    },
    get ignoreFiles() {
      return ignoreFiles();
    },
    get workflows() {
      return workflows();
    },
    get actions() {
      return actions();
    },
    get manifests() {
      return manifests();
    },
    get contracts() {
      return contracts();
    },
    get shipsLists() {
      return shipsLists();
    },
  };
}

/** Calls `make` when it is first asked, and gives the same again; an error is thrown each time. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | { readonly error: unknown } | undefined;
  return () => {
    if (!made) {
      try {
        made = { value: make() };
      } catch (error) {
        made = { error };
      }
    }
    if ('error' in made) throw made.error;
    return made.value;
  };
}

/** A file that was not read, or is no text, says nothing more than that. */
function isUnread({ file, problems }: Candidate): boolean {
  return file.text === '' && problems.length > 0;
}
