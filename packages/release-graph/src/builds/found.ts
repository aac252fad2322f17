import type { ContextSource } from '@plimsoll/build-context';
import type { Command, Dockerfile, Range } from '@plimsoll/documents';
import type { ScriptEntry } from '../commands/script-files.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import type { Build, BuildArg, Link, Origin, Related, Value } from '../model.ts';
import type { ToolCall } from '../tools/index.ts';
import type { Exporter } from './exporters.ts';
import type { SbomSetting } from './sbom-setting.ts';

/** One build as it is found: of one call and one leg of a matrix. Several of them may be one `Build`. */
export interface FoundBuild {
  readonly how: Build['how'];
  readonly range: Range;
  readonly origin: Origin;
  readonly place: Place;
  readonly dockerfile: Link<Dockerfile>;
  readonly context: Link<ContextSource>;
  readonly contextRange?: Range;
  /** Undefined: the last stage. */
  readonly target?: Value;
  readonly buildArgs: readonly BuildArg[];
  readonly namedContexts: readonly NamedContext[];
  /** Each may hold several names, one a line. */
  readonly tags: readonly Value[];
  /** Names given by an exporter: `type=image,name=…`. */
  readonly outputNames: readonly Value[];
  readonly labels: readonly Value[];
  readonly pushes: boolean | 'unknown';
  /** What decides that it pushes. */
  readonly pushRange?: Range;
  /** It is pushed under no tag, to be named when the platforms are put together. */
  readonly byDigest: boolean;
  readonly provenance: ProvenanceSetting;
  readonly sbom: SbomSetting;
  /** `NAME=value`, one a line, for the manifest or the index. */
  readonly annotations?: readonly Value[];
  /** Where the result goes to the daemon or to files, and loses its attestations. */
  readonly exporter?: Exporter;
  /** The bake files that define it; some of them may not be there. */
  readonly bakeFiles?: readonly string[];
  /** The name of its target there. */
  readonly bakeTarget?: string;
}

/** Where a build or a push runs. */
export interface Place {
  readonly job?: JobInstance;
  readonly step?: StepInstance;
  readonly entry?: ScriptEntry;
  readonly call?: ToolCall;
  /** The command of the step that leads to a script file. */
  readonly via?: Command;
}

export interface NamedContext {
  readonly name: string;
  readonly source: ContextSource;
  /** The whole entry. */
  readonly range: Range;
}

/** What a build is told of BuildKit's provenance. `never`: the tool makes none. */
export interface ProvenanceSetting {
  readonly state: 'asked' | 'default' | 'off' | 'never';
  /** The switch; undefined where nothing is said. */
  readonly at?: Related;
}

/** The same for one step or command, whatever the leg; another for each call that leads to it. */
export function placeKey(origin: Origin, range: Range): string {
  const calls = origin.callers.map(({ at }) => `${at.file.path}:${at.start}`);
  return [...calls, `${range.file.path}:${range.start}`].join(' > ');
}

/** The same for one step or command; of a script file another for each step that calls it. */
export function callKey(origin: Origin, range: Range): string {
  const { step } = origin;
  const place = placeKey(origin, range);
  return step && step.range.file !== range.file ? `${step.range.file.path}:${step.range.start} > ${place}` : place;
}
