import type { IgnoreFile } from '@plimsoll/documents';
import type { ShipsSubject } from '../ships/subject.ts';

/** An ignore file and a contract that bound an image to what its Dockerfile and its app need. */
export interface Proposal {
  /** A file of the tree, to be written in place of the one that is there. */
  readonly ignoreFile: ProposedFile;
  readonly contract: ProposedFile;
  /** What the image carries with that ignore file. */
  readonly subject: ShipsSubject;
  /** What a reader should know, a sentence each. */
  readonly notes: readonly string[];
}

export interface ProposedFile {
  readonly path: string;
  readonly text: string;
}

/** Something that the build takes from its context. */
export interface Need {
  /** In the context, without slashes at its ends; '' is all of it. */
  readonly path: string;
  /** `pattern`: the path has wildcards of an ignore file. */
  readonly kind: 'path' | 'pattern';
}

export type { IgnoreFile };
