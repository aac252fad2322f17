import type { Range } from '@plimsoll/documents';
import type { UnitName, Units } from './units.ts';

/** `error` leaks or breaks a promise now, `warning` may, `info` advises. */
export type Severity = 'error' | 'warning' | 'info';

export type Preset = 'recommended' | 'strict';

/** A place with a word on what stands there. */
export interface RelatedPlace {
  readonly at: Range;
  readonly label: string;
}

/** What a rule says of one place. */
export interface Report {
  /** Where someone would change the file. */
  readonly at: Range;
  /** What is wrong here and what follows, with the project's own names. */
  readonly message: string;
  /** What to write instead. */
  readonly help?: string;
  /** The other places of the chain, in reading order. */
  readonly related?: readonly RelatedPlace[];
  /** The way of something through these places, `at` among them, from its source to where it ends up. */
  readonly flow?: readonly RelatedPlace[];
  /** Lowers or raises the rule's own. */
  readonly severity?: Severity;
  /** Findings of one rule and file with the same `same` become one; the later places (of one place: what they relate to) are related to the first. */
  readonly same?: string;
  /** `same` holds for all files: one finding where many files lack one thing. */
  readonly acrossFiles?: boolean;
}

/** A file, or several by path; `«»` marks where the finding stands. */
export type Example = Readonly<Record<string, string>>;

/** An option of a rule: a boolean, a number or a list of strings. */
export interface OptionDefinition<T extends OptionValue = OptionValue> {
  readonly description: string;
  readonly default: T;
  /** The default under the strict preset, where it differs. */
  readonly strict?: T;
}

export type OptionValue = boolean | number | readonly string[];
export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>;
export type OptionsOf<O extends OptionDefinitions> = { readonly [K in keyof O]: Widened<O[K]['default']> };
type Widened<T> = T extends boolean ? boolean : T extends number ? number : T;

export interface RuleDefinition<U extends UnitName = UnitName, O extends OptionDefinitions = OptionDefinitions> {
  /** `package/defect`. */
  readonly id: string;
  /** The defect in one sentence. */
  readonly summary: string;
  /** Why it matters. */
  readonly why: string;
  /** What it does not see; stands on its page. */
  readonly limits?: string;
  readonly since: string;
  readonly severity: Severity;
  readonly presets: readonly Preset[];
  readonly references: readonly string[];
  readonly visits: U;
  readonly options?: O;
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
  check(this: void, unit: Units[U], report: (report: Report) => void, options: OptionsOf<O>): void;
}

/** A rule of any unit, as the engine holds it. */
export interface Rule extends Omit<RuleDefinition, 'check' | 'options'> {
  readonly options: OptionDefinitions;
  check(
    this: void,
    unit: unknown,
    report: (report: Report) => void,
    options: Readonly<Record<string, OptionValue>>,
  ): void;
}

/**
 * Defines a rule.
 * @throws {TypeError} where the definition is incomplete: an id that is not `package/defect`, no example, no preset.
 */
export function defineRule<const U extends UnitName, const O extends OptionDefinitions = Record<never, never>>(
  definition: RuleDefinition<U, O>,
): Rule {
  const { id, examples, presets, options, check } = definition;
  if (!/^[a-z]+\/[a-z]+(?:-[a-z]+)*$/.test(id)) throw new TypeError(`rule id "${id}" is not "package/defect"`);
  if (examples.bad.length === 0 || examples.good.length === 0)
    throw new TypeError(`${id} needs a bad and a good example`);
  if (examples.bad.length > 3 || examples.good.length > 3)
    throw new TypeError(`${id} has more than three examples of a kind`);
  if (presets.length === 0) throw new TypeError(`${id} is in no preset`);
  return Object.freeze({ ...definition, options: options ?? {}, check });
}
