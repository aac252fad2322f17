import type { Variable } from '@plimsoll/documents';
import type { Build, BuildArg, BuildVariable, Related, SecretFlow, SecretSource, Value } from '../model.ts';
import { uniqueRelated } from '../values/resolved.ts';
import type { Lanes } from '../lanes/model.ts';
import { keepingOf } from './kept.ts';
import type { Keeping } from './kept.ts';
import { isPublicName } from './names.ts';
import { readBuildVariables } from './build-variables.ts';

export interface Secrets {
  readonly secretFlows: readonly SecretFlow[];
  readonly buildVariables: readonly BuildVariable[];
}

/** A flow while it is made: its variable is known when all variables are. */
type OpenFlow = { -readonly [K in keyof SecretFlow]: SecretFlow[K] };

interface FlowIntoBuild {
  readonly flow: OpenFlow;
  readonly build: Build;
  readonly variable?: Variable;
}

/**
 * The secrets that builds are given as build-args, and the ARGs and ENVs of all Dockerfiles with the flows that reach them.
 * There is one flow for each entry that hands a secret over, also where it goes to several Dockerfiles. An ARG whose name says
 * that its value is public (`NEXT_PUBLIC_…`) takes no secret.
 */
export function linkSecrets(lanes: Lanes, builds: readonly Build[]): Secrets {
  const { documents } = lanes;
  const known = new Map<string, OpenFlow>();
  const reaching = builds.flatMap((build) => build.buildArgs.flatMap((arg) => flowOf(known, build, arg) ?? []));
  const buildVariables = [...documents.dockerfiles.values()].flatMap((dockerfile) => {
    const flowsByVariable = Map.groupBy(
      reaching.filter(({ build }) => build.dockerfile.status !== 'opaque' && build.dockerfile.target === dockerfile),
      ({ flow }) => flow.name,
    );
    return readBuildVariables(dockerfile, (name) => [
      ...new Set((flowsByVariable.get(name) ?? []).map(({ flow }) => flow)),
    ]);
  });
  const byVariable = new Map(buildVariables.map((one) => [one.variable, one]));
  for (const { flow, variable } of reaching) {
    const found = variable && byVariable.get(variable);
    if (found && !flow.variable) flow.variable = found;
  }
  return { secretFlows: [...known.values()].sort(byPlace), buildVariables };
}

function flowOf(known: Map<string, OpenFlow>, build: Build, arg: BuildArg): FlowIntoBuild | undefined {
  const value = arg.value ?? arg.inherited;
  const [source] = value?.secrets ?? [];
  if (!value || !source || isPublicName(arg.name)) return undefined;
  const keeping = keepingOf(build, arg.name);
  const key = keyOf(arg);
  const flow = known.get(key) ?? open(build, arg, value, source, keeping);
  known.set(key, flow);
  flow.keptIn = [...new Set([...flow.keptIn, ...keeping.keptIn])];
  flow.path = uniqueRelated([...flow.path, ...keeping.places]);
  return { flow, build, ...(keeping.declaration && { variable: keeping.declaration.variable }) };
}

function open(build: Build, arg: BuildArg, value: Value, source: SecretSource, { keptIn }: Keeping): OpenFlow {
  return {
    sink: 'build-arg',
    source,
    range: arg.range,
    name: arg.name,
    origin: build.origin,
    build,
    path: pathTo(arg, value, source),
    keptIn,
  };
}

function keyOf({ range }: BuildArg): string {
  return `${range.file.path}:${range.start}`;
}

/** From where the secret is read to the build-arg, without the build-arg itself. The nearest definition of a value comes first in it. */
function pathTo({ range }: BuildArg, value: Value, source: SecretSource): readonly Related[] {
  const line = ({ file, start }: Related['at']): string => `${file.path}:${file.positionAt(start).line}`;
  const definitions = value.definitions.filter(({ at }) => line(at) !== line(range)).toReversed();
  const told = [range, ...definitions.map(({ at }) => at)].some((at) => line(at) === line(source.range));
  return told ? definitions : [{ at: source.range, label: `${source.text} is read here` }, ...definitions];
}

function byPlace(a: SecretFlow, b: SecretFlow): number {
  const [left, right] = [a.range.file.path, b.range.file.path];
  return left === right ? a.range.start - b.range.start : left < right ? -1 : 1;
}
