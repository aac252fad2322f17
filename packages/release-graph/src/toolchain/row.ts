import type { ArgumentSpec, Arguments, ShellWord } from '@plimsoll/documents';
import type { PackageReader } from './packages.ts';
import type { UnpinnedPackage } from './model.ts';

/** One way to install or run packages of an index. */
export interface InstallerRow {
  /** The words it is called by, without options; the first names the row. */
  readonly calls: readonly [string, ...string[]];
  readonly options: ArgumentSpec;
  /** It is fetched to be run once. */
  readonly runs?: true;
  /** It runs what the project has installed, where it has. */
  readonly local?: true;
  /** The packages that are named; none for a use that is not meant. */
  readonly packages: (call: Arguments) => readonly ShellWord[];
  readonly reads: PackageReader;
  /** Those without a version that stand in no word of their own. */
  readonly others?: (call: Arguments) => readonly UnpinnedPackage[];
  /** Each is a test: the row says that something has no version in `is`, and finds nothing in `isNot`. */
  readonly examples: { readonly is: readonly [string, ...string[]]; readonly isNot: readonly [string, ...string[]] };
}

/** Whether one of these options is given. */
export function given({ options }: Arguments, ...names: readonly string[]): boolean {
  return options.some(({ name }) => names.includes(name));
}
