import { span } from '../text/source-file.ts';
import type { YamlComment, YamlEntry, YamlNode } from '../yaml/model.ts';
import { entriesOf, entryOf, itemsOf, stringOf, valueAt } from '../yaml/access.ts';
import type { ProblemList } from '../yaml/problems.ts';
import { readMatrix } from './matrix.ts';
import type { ContainerImage, Job, StringValue } from './model.ts';
import { readPermissions } from './permissions.ts';
import { conditionOf, readSteps } from './steps.ts';
import { readUses } from './uses.ts';
import { givenValue, namedValues, readConcurrency, stringValue } from './values.ts';

/** Reads `jobs:`. A job that is no map is a problem, and left out. */
export function readJobs(
  node: YamlNode | undefined,
  comments: readonly YamlComment[],
  problems: ProblemList,
): readonly Job[] {
  return entriesOf(node).flatMap((entry) => {
    if (entry.value.type === 'map') return [readJob(entry, comments, problems)];
    problems.add(
      entry.keyRange.start,
      entry.keyRange.end,
      `The job ${entry.key} is no map of keys such as runs-on: and steps:`,
    );
    return [];
  });
}

function readJob(
  { key, keyRange, value: node }: YamlEntry,
  comments: readonly YamlComment[],
  problems: ProblemList,
): Job {
  const value = (name: string) => valueAt(node, name);
  const uses = readUses(value('uses'), comments);
  const name = givenValue(value('name'));
  const condition = conditionOf(node);
  const permissions = readPermissions(entryOf(node, 'permissions'), problems);
  const matrix = readMatrix(valueAt(node, 'strategy', 'matrix'));
  const runsOn = value('runs-on');
  const environment = givenValue(valueAt(node, 'environment', 'name')) ?? givenValue(value('environment'));
  const continueOnError = givenValue(value('continue-on-error'));
  const concurrency = readConcurrency(value('concurrency'));
  const container = value('container') && readContainer(value('container'));
  return {
    id: key,
    idRange: keyRange,
    range: span(keyRange, node.range),
    ...(name && { name }),
    needs: strings(value('needs')),
    ...(condition && { if: condition }),
    ...(permissions && { permissions }),
    env: namedValues(value('env')),
    outputs: namedValues(value('outputs')),
    ...(matrix && { matrix }),
    ...(runsOn && { runsOn }),
    ...(environment && { environment }),
    ...(continueOnError && { continueOnError }),
    ...(concurrency && { concurrency }),
    ...readDefaults(node),
    ...(container && { container }),
    services: readServices(value('services')),
    steps: readSteps(value('steps'), comments, problems),
    ...(uses && { uses }),
    with: namedValues(value('with')),
    ...readSecrets(entryOf(node, 'secrets')),
  };
}

/** `defaults.run` of a workflow or a job. */
export function readDefaults(node: YamlNode | undefined): {
  readonly defaultShell?: string;
  readonly defaultWorkingDirectory?: string;
} {
  const run = valueAt(node, 'defaults', 'run');
  const shell = stringOf(valueAt(run, 'shell'));
  const directory = stringOf(valueAt(run, 'working-directory'));
  return {
    ...(shell !== undefined && { defaultShell: shell }),
    ...(directory !== undefined && { defaultWorkingDirectory: directory }),
  };
}

function strings(node: YamlNode | undefined): readonly StringValue[] {
  const items = node?.type === 'scalar' ? [node] : itemsOf(node);
  return items.flatMap((item) => givenValue(item) ?? []);
}

/** `container:` or one service: the image as a string, or a map. */
function readContainer(node: YamlNode | undefined): ContainerImage | undefined {
  const image = stringValue(node?.type === 'map' ? valueAt(node, 'image') : node);
  return (
    image && { image, env: namedValues(valueAt(node, 'env')), credentials: namedValues(valueAt(node, 'credentials')) }
  );
}

function readServices(node: YamlNode | undefined): readonly ContainerImage[] {
  return entriesOf(node).flatMap(({ key, value }) => {
    const container = readContainer(value);
    return container ? [{ name: key, ...container }] : [];
  });
}

function readSecrets(entry: YamlEntry | undefined): Pick<Job, 'secrets' | 'secretsRange'> {
  if (!entry) return { secrets: [] };
  const { keyRange, value } = entry;
  const secrets = stringOf(value) === 'inherit' ? 'inherit' : namedValues(value);
  return { secrets, secretsRange: span(keyRange, value.range) };
}
