import type { Command, Range } from '@plimsoll/documents';
import type { Origin } from '../model.ts';

/** A command of an image or of the lane that installs or runs packages at no version. */
export interface UnpinnedInstall {
  readonly command: Command;
  readonly site: 'RUN' | 'step';
  readonly origin: Origin;
  /** As it is called: `npm`, `pip`, `go install`. */
  readonly tool: string;
  /** It is fetched to be run once: `uvx`, `pnpm dlx`. */
  readonly runs: boolean;
  readonly packages: readonly [UnpinnedPackage, ...UnpinnedPackage[]];
}

/** A package that is named without a version, or by a name that moves. */
export interface UnpinnedPackage {
  readonly name: string;
  readonly range: Range;
  /** `latest`, `main`; undefined where nothing is said. */
  readonly channel?: string;
  /** How the tool is told a version: `pnpm@<version>`. */
  readonly pinned: string;
}
