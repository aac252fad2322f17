import type { Range } from '@plimsoll/documents';
import type { Origin } from '../model.ts';
import type { Reach } from '../triggers/model.ts';
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
  /** It is read from a file: somebody's only where the job has files of a stranger's run. */
  readonly fromFile?: true;
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
  /** The way in which somebody gets there, of several the most open one; undefined for an action that nothing here calls. */
  readonly reach?: Reach;
  /** The names it comes through, in reading order. */
  readonly through: readonly Related[];
}

/** Code of a stranger that a privileged run gets and runs. */
export interface UntrustedCheckout {
  /** What brings it: the input `ref:`, the command, the step that downloads an artifact. */
  readonly range: Range;
  readonly brings: 'checkout' | 'command' | 'artifact';
  /** As written there: `github.event.pull_request.head.sha`, `gh pr checkout 1`. */
  readonly written: string;
  readonly origin: Origin;
  readonly reach: Reach;
  /** What runs it, in order. */
  readonly runs: readonly CodeRun[];
  /** The action's tag moves, and points at a release that refuses forks at this time. */
  readonly perhapsRefused: boolean;
}

/** What people without rights in the repository reach; each part is computed when it is first read. */
export interface Strangers {
  readonly scriptInjections: readonly ScriptInjection[];
  /** Code of strangers that comes into a run with rights; `runs` is empty where nothing runs it. */
  readonly untrustedCode: readonly UntrustedCheckout[];
  readonly poisonedCaches: readonly PoisonedCache[];
  readonly untrustedRunners: readonly UntrustedRunner[];
}

/** A cache that a publishing job restores, and that runs of strangers can write. */
export interface PoisonedCache {
  /** The step's `uses:` value; of a builder's cache what names it. */
  readonly range: Range;
  readonly origin: Origin;
  /** `actions/cache`, `the cache of actions/setup-node`. */
  readonly what: string;
  readonly publishes: Related;
  /** Another job publishes what this one makes: its id. */
  readonly publishedBy?: string;
  /** Where strangers write it. */
  readonly writer: {
    readonly at: Range;
    readonly job: string;
    readonly event: string;
    /** Their code is run, their Dockerfile is built with its layers cached, or their text is put into a script. */
    readonly brings: 'code' | 'layers' | 'text';
  };
}

/** A publishing job on a machine that strangers reach. */
export interface UntrustedRunner {
  /** The value of `runs-on`. */
  readonly range: Range;
  readonly origin: Origin;
  readonly runner: string;
  readonly publishes?: Related;
  /** A pull request starts it, or another job on such a machine; or its name comes from outside. */
  readonly by:
    { readonly kind: 'pull request'; readonly at: Related } | { readonly kind: 'input'; readonly text: UntrustedText };
}

export interface CodeRun extends Related {
  /** `image`: only in the containers of an image build, which reach neither the runner's files nor its tokens. */
  readonly where: 'runner' | 'image';
  /** Where the build keeps its layers: `gha`, or references of a registry. */
  readonly savesLayers?: readonly string[];
}
