import type { Command, CopyInstruction, Dockerfile, Range } from '@plimsoll/documents';
import type { Origin, Related } from '../model.ts';

/** Something that is fetched into an image or a job and used, though nothing checks what came. */
export interface UnverifiedDownload {
  /** The source of the ADD; the first line of the command that fetches. */
  readonly range: Range;
  readonly site: 'RUN' | 'step' | 'ADD';
  readonly origin: Origin;
  /** As written. Undefined where it is not known. */
  readonly url?: string;
  /** `curl`, `wget`, `ADD`. */
  readonly tool: string;
  readonly use: DownloadUse;
  /** Where it is used, if that is another command. */
  readonly usedAt?: Related;
  readonly command?: Command;
  readonly added?: { readonly dockerfile: Dockerfile; readonly instruction: CopyInstruction };
  /** Its file is for tests, examples or development. */
  readonly aside: boolean;
}

/** What becomes of it. `by`: the tool that takes it. */
export type DownloadUse =
  | { readonly kind: 'run' | 'unpacked' | 'installed'; readonly by: string }
  /** Made executable. */
  | { readonly kind: 'executable'; readonly by: string }
  /** ADD of a URL, or of a Git reference that is no full commit: `ref`, and `short` where it is part of one. */
  | { readonly kind: 'added' }
  | { readonly kind: 'cloned'; readonly ref?: string; readonly short: boolean };
