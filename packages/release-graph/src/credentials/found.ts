import type { Range } from '@plimsoll/documents';
import type { Origin, Related, SecretSource } from '../model.ts';
import type { Alternative, ProviderRow } from './model.ts';
import { longLived } from './step-view.ts';
import type { GivenValue, StepView } from './step-view.ts';

/** A use before it is put into words. */
export interface FoundUse {
  readonly row: ProviderRow;
  readonly alternative: Alternative;
  readonly form: 'static' | 'keyless';
  readonly view: StepView;
  readonly origin: Origin;
  readonly range: Range;
  /** The input, variable or option. */
  readonly name: string;
  /** All inputs, variables and options that go, where the keyless form comes. */
  readonly parts: readonly string[];
  readonly secrets: readonly SecretSource[];
  readonly related: readonly Related[];
  /** The registry, where it is a login to one. */
  readonly registry?: string;
}

/** A static use through inputs or variables: marked at the first of them in the text, where any holds a secret that outlives the run. */
export function staticUse(
  row: ProviderRow,
  view: StepView,
  given: readonly GivenValue[],
  alternative?: Partial<Alternative>,
): FoundUse | undefined {
  const secrets = given.flatMap(({ value }) => longLived(value));
  return secrets.length === 0 ? undefined : useOf(row, view, given, alternative);
}

/** A use that is static by its nature, whether or not the secret is in sight: a key file that an earlier step wrote. */
export function givenUse(
  row: ProviderRow,
  view: StepView,
  given: GivenValue,
  alternative?: Partial<Alternative>,
): FoundUse | undefined {
  return useOf(row, view, [given], alternative);
}

function useOf(
  row: ProviderRow,
  view: StepView,
  given: readonly GivenValue[],
  alternative?: Partial<Alternative>,
): FoundUse | undefined {
  const [first] = [...given].sort((a, b) => a.range.start - b.range.start);
  if (!first) return undefined;
  return {
    row,
    alternative: { ...row.alternative, ...alternative },
    form: 'static',
    view,
    origin: view.step.origin,
    range: first.range,
    name: first.name,
    parts: given.map(({ name }) => name),
    secrets: given.flatMap(({ value }) => longLived(value)),
    related: given.flatMap(({ value }) => value.definitions),
  };
}

export function keylessUse(row: ProviderRow, view: StepView, at: Range, name: string): FoundUse {
  const { alternative } = row;
  return {
    row,
    alternative,
    form: 'keyless',
    view,
    origin: view.step.origin,
    range: at,
    name,
    parts: [],
    secrets: [],
    related: [],
  };
}
