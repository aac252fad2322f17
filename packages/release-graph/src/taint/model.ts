import type { Range, Workflow, Trigger } from '@plimsoll/documents';
import type { Origin } from '../model.ts';
import type { Related } from '../value-model.ts';

/** A text in a value that someone else than the author of the workflow chooses. */
export interface UntrustedText {
  /** `github.event.issue.title`; of an action's output `steps.changed.outputs.all_changed_files`. */
  readonly path: string;
  /** What it is: `the title of an issue`. */
  readonly what: string;
  /**
   * `anyone`: whoever opens an issue or a pull request, comments, or forks. `merged`: the same, once somebody has merged it.
   * `writers`: people who may push to the repository.
   */
  readonly by: 'anyone' | 'merged' | 'writers';
  /** The events whose payload holds it; undefined: not bound to an event. */
  readonly events?: readonly string[];
  /** Where it is read. */
  readonly range: Range;
}

/** An expression whose text becomes a part of a script. */
export interface ScriptInjection {
  /** The `${{ … }}`. */
  readonly range: Range;
  /** As written, without the braces. */
  readonly expression: string;
  readonly text: UntrustedText;
  /** `run`, or the input of an action that takes a script. */
  readonly sink: { readonly name: string; readonly language: 'shell' | 'JavaScript' | 'other' };
  readonly origin: Origin;
  /** The trigger by which somebody gets there; undefined where the callers are not in the repository. */
  readonly trigger?: { readonly workflow: Workflow; readonly trigger: Trigger };
  /** Whether a stranger's run there holds secrets or a token that may write. */
  readonly privileged: boolean;
  /** The names it comes through, in reading order. */
  readonly through: readonly Related[];
}
