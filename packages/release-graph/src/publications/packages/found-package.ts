import { firstLine } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { isPublicIndex, registryOf } from '../../credentials/publishing.ts';
import { viewOf } from '../../credentials/step-view.ts';
import type { StepInstance } from '../../lanes/model.ts';
import type { PublicationKind } from '../../model.ts';
import type { FoundPublication } from '../found.ts';

export type PackageKind = Exclude<PublicationKind, 'image'>;

/** What is known of the provenance of a package. `asked`: it is switched on. `index`: trusted publishing brings it. */
export interface PackageProvenance {
  readonly provenance: 'asked' | 'index' | 'none';
  readonly at?: Range;
}

/** A package publication, with what is said of its provenance. */
export interface FoundPackage extends FoundPublication, PackageProvenance {
  readonly kind: PackageKind;
}

/** A publication at the `uses:` of a step. */
export function ofStep(
  step: StepInstance,
  kind: PackageKind,
  names: readonly string[],
  provenance: PackageProvenance = { provenance: 'none' },
): readonly FoundPackage[] {
  const { uses } = step.step;
  if (!uses) return [];
  const written = kind === 'helm' ? undefined : registryOf(viewOf(step), kind);
  const range = firstLine(uses.range);
  return [{ ...base(step, kind, names), range, ...elsewhere(written, kind), ...provenance }];
}

function base(step: StepInstance, kind: PackageKind, names: readonly string[]) {
  const place = { step, ...(step.job && { job: step.job }) };
  return { kind, origin: step.origin, place, names, builds: [], by: 'package' as const };
}

/** The registry, where it is not the public index of its kind. */
export function elsewhere(registry: string | undefined, kind: PackageKind): { readonly registry?: string } {
  if (registry === undefined || registry === '') return {};
  if (kind !== 'helm' && isPublicIndex(registry, kind) && !/\btest\.?pypi\b/i.test(registry)) return {};
  return { registry };
}
