import type { ArgumentSpec } from '@plimsoll/documents';
import type { CallBase, DigestFormat, ToolCall } from './model.ts';

/** One tool in one use: how it is called, what it does, where its digest appears. */
export interface ToolRow<C extends ToolCall = ToolCall> {
  /** The names and subcommands it is called by; the first names the row. */
  readonly calls: readonly [string, ...string[]];
  readonly does: C['does'];
  readonly options: ArgumentSpec;
  readonly digests?: DigestTable;
  /** The rest of the call; undefined where it is another use of the tool after all. */
  readonly read: (call: CallBase) => Omit<C, keyof CallBase | 'does'> | undefined;
  /** Each is a test: the row recognises what `is` says, and none of `isNot`. */
  readonly examples: { readonly is: readonly [string, ...string[]]; readonly isNot: readonly [string, ...string[]] };
}

/** Where the digest of what is pushed appears. */
export interface DigestTable {
  /** Options that name a file which gets it. */
  readonly options?: Readonly<Record<string, DigestFormat>>;
  readonly stdout?: DigestFormat | 'log';
  /** A file that is always written. */
  readonly file?: { readonly path: string; readonly holds: DigestFormat };
}

/** A row with the kind of its call checked. */
export function row<D extends ToolCall['does']>(
  entry: ToolRow<Extract<ToolCall, { does: D }>> & { readonly does: D },
): ToolRow {
  return entry;
}
