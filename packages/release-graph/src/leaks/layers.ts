import { firstLine } from '@plimsoll/documents';
import type {
  CopyInstruction,
  Dockerfile,
  Instruction,
  Range,
  RunInstruction,
  Stage,
  Variable,
} from '@plimsoll/documents';
import type { Build, BuildVariable } from '../model.ts';
import { secretInValue } from '../secrets/values.ts';
import { stageCommands } from '../stages/commands.ts';
import type { StageCommand } from '../stages/commands.ts';
import { deletionsOf } from './deletions.ts';
import type { Deletion } from './deletions.ts';
import { copiedBy, variablesBehind } from './docker-variables.ts';
import type { Variables } from './docker-variables.ts';
import type { SecretLeak } from './model.ts';
import { isKept, surroundingsOfRun } from './run-surroundings.ts';
import { followScript } from './script-flow.ts';
import type { Written } from './script-flow.ts';
import { shippingOf } from './shipped-paths.ts';
import type { Shipping } from './shipped-paths.ts';
import { pathBefore } from './tracked.ts';
import type { Tracked } from './tracked.ts';

/** What the instructions of a Dockerfile do with secrets that they are given. */
export function leaksOfDockerfile(
  dockerfile: Dockerfile,
  builds: readonly Build[],
  known: ReadonlyMap<Variable, BuildVariable>,
): readonly SecretLeak[] {
  const commands = Map.groupBy(stageCommands(dockerfile), ({ instruction }) => instruction);
  const deletion = deletionsOf(dockerfile);
  const reader: Reader = { dockerfile, commands, deletion, ships: shippingOf(dockerfile, builds, deletion) };
  const behind = new Map<Stage, Variables>();
  return dockerfile.stages.flatMap((stage) => {
    let variables: Variables = (stage.parent && behind.get(stage.parent)) ?? new Map<string, Tracked>();
    const leaks = stage.instructions.flatMap((instruction) => {
      const found = leaksOf(reader, stage, instruction, variables);
      variables = variablesBehind(variables, instruction, known);
      return found;
    });
    behind.set(stage, variables);
    return leaks;
  });
}

interface Reader {
  readonly dockerfile: Dockerfile;
  readonly commands: ReadonlyMap<RunInstruction, readonly StageCommand[]>;
  readonly deletion: Deletion;
  readonly ships: Shipping;
}

function leaksOf(reader: Reader, stage: Stage, instruction: Instruction, variables: Variables): readonly SecretLeak[] {
  switch (instruction.type) {
    case 'run':
      return leaksOfRun(reader, stage, instruction, variables);
    case 'copy':
      return leaksOfHeredocs(reader, stage, instruction, variables);
    case 'variables':
      return instruction.name === 'LABEL'
        ? instruction.variables.flatMap((label) => {
            const secret = copiedBy(variables, label) ?? literalIn(label);
            const shipping = secret && reader.ships(stage, '', instruction);
            return secret && shipping ? [labelLeak(reader, label, secret)] : [];
          })
        : [];
    default:
      return [];
  }
}

function literalIn({ value, range }: Variable): Tracked | undefined {
  const text = value && secretInValue(value.raw);
  return text === undefined ? undefined : { source: { text, kind: 'variable', range }, path: [] };
}

function labelLeak({ dockerfile }: Reader, { range, name }: Variable, secret: Tracked): SecretLeak {
  const at = firstLine(range);
  const keptIn = 'the configuration of the image';
  return {
    sink: 'label',
    source: secret.source,
    range: at,
    name,
    path: pathBefore(secret, at),
    onward: [],
    keptIn,
    dockerfile,
  };
}

function leaksOfRun(reader: Reader, stage: Stage, run: RunInstruction, variables: Variables): readonly SecretLeak[] {
  const commands = reader.commands.get(run) ?? [];
  const [first] = commands;
  if (!first) return [];
  const written = followScript(first.script, surroundingsOfRun(run, commands, variables));
  return written.flatMap((one) => {
    const at = firstLine(one.command.range);
    const common = {
      source: one.secret.source,
      range: at,
      path: pathBefore(one.secret, at),
      dockerfile: reader.dockerfile,
    };
    if (one.to.kind === 'stdout')
      return [{ ...common, sink: 'log', name: '', onward: [], keptIn: 'the log of the build' } as const];
    return isKept(run, one.to.path) ? fileLeak(reader, stage, run, one, common) : [];
  });
}

type Common = Pick<SecretLeak, 'source' | 'range' | 'path' | 'dockerfile'>;

function fileLeak(
  { ships, deletion }: Reader,
  stage: Stage,
  run: RunInstruction,
  { to }: Written,
  common: Common,
): readonly SecretLeak[] {
  if (to.kind !== 'file') return [];
  const way = ships(stage, to.path, run);
  return way ? [layerLeak(common, to.path, way, deletion(stage, to.path, run))] : [];
}

function layerLeak(common: Common, path: string, way: SecretLeak['path'], deletedAt: Range | undefined): SecretLeak {
  const deleted =
    deletedAt && way.length === 0
      ? [{ at: deletedAt, label: 'deleted here, which hides it and leaves it in its layer' }]
      : [];
  return {
    ...common,
    sink: 'layer',
    name: path,
    onward: [...way, ...deleted],
    keptIn: 'a layer of the image',
    ...(deleted.length > 0 && deletedAt && { deletedAt }),
  };
}

/** `COPY <<EOF /path`, whose body the builder expands. */
function leaksOfHeredocs(
  reader: Reader,
  stage: Stage,
  copy: CopyInstruction,
  variables: Variables,
): readonly SecretLeak[] {
  const way =
    copy.heredocs.length > 0 && variables.size > 0 ? reader.ships(stage, copy.destination.raw, copy) : undefined;
  if (!way) return [];
  return copy.heredocs.flatMap(({ body, expands }) => {
    if (!expands) return [];
    for (const match of body.text.matchAll(/\$\{?([A-Za-z_]\w*)/g)) {
      const secret = variables.get(match[1] ?? '');
      if (!secret) continue;
      const range = body.range(match.index, match.index + match[0].length);
      const common = { source: secret.source, range, path: pathBefore(secret, range), dockerfile: reader.dockerfile };
      return [layerLeak(common, copy.destination.raw, way, reader.deletion(stage, copy.destination.raw, copy))];
    }
    return [];
  });
}
