import type { CallSite } from '../../builds/index.ts';
import type { StepInstance } from '../../lanes/model.ts';
import type { Documents } from '../../model.ts';
import { ofAction } from './actions.ts';
import { ofCommand } from './commands.ts';
import type { FoundPackage } from './found-package.ts';

export type { FoundPackage } from './found-package.ts';

/** The packages and charts that steps publish, by a command, also in a script that they call, or by an action. */
export function packagePublications(
  documents: Documents,
  steps: readonly StepInstance[],
  sites: readonly CallSite[],
): readonly FoundPackage[] {
  return [
    ...sites.flatMap((site) => ofCommand(documents, site)),
    ...steps.flatMap((step) => ofAction(documents, step)),
  ];
}
