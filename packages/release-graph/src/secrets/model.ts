import type { Dockerfile, Range, Variable, VariableInstruction } from '@plimsoll/documents';
import type { Build, Origin } from '../model.ts';
import type { Related, SecretSource } from '../value-model.ts';

/** A secret on its way into something that keeps it. */
export interface SecretFlow {
  readonly sink: 'build-arg';
  readonly source: SecretSource;
  /** The entry that hands it over. */
  readonly range: Range;
  readonly name: string;
  readonly origin: Origin;
  readonly build?: Build;
  /** The path, in reading order. */
  readonly path: readonly Related[];
  /** The ARG that takes it, where the Dockerfile is known. */
  readonly variable?: BuildVariable;
  /** What keeps the value: history, provenance, the log. */
  readonly keptIn: readonly string[];
}

/** An ARG or ENV of a Dockerfile, with what is known of its value. */
export interface BuildVariable {
  readonly dockerfile: Dockerfile;
  readonly instruction: VariableInstruction;
  readonly variable: Variable;
  readonly kind: 'ARG' | 'ENV';
  /** Expanded; undefined where it has none, or it is not known. */
  readonly value?: string;
  /** The ARG of the same stage that this ENV only copies. */
  readonly copies?: BuildVariable;
  /** Secrets that a build hands to it. */
  readonly flows: readonly SecretFlow[];
  /** Set where its name or its value says that it holds a credential; `what` in words: `a password in a URL`. */
  readonly credential?: { readonly by: 'name' | 'value'; readonly what: string };
}
