import type { Reading, SourceFile } from '../text/source-file.ts';
import { entryOf, stringOf, valueAt } from '../yaml/access.ts';
import type { YamlFile, YamlNode } from '../yaml/model.ts';
import { problemList } from '../yaml/problems.ts';
import type { ProblemList } from '../yaml/problems.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { checkExpressions } from './check-expressions.ts';
import { rootOf } from './check-root.ts';
import { checkNeeds } from './check-needs.ts';
import { readDefaults, readJobs } from './jobs.ts';
import type { Workflow } from './model.ts';
import { readPermissions } from './permissions.ts';
import { readInterface, readTriggers } from './triggers.ts';
import { namedValues, readConcurrency } from './values.ts';

/**
 * Reads a GitHub workflow. A problem is what GitHub refuses and what leaves a part unread; where the YAML itself is
 * broken nothing else is reported.
 */
export function readWorkflow(file: SourceFile): Reading<Workflow> {
  const yaml = readYaml(file, 'syntax/workflow');
  const problems = problemList(file, 'syntax/workflow');
  const document = workflowOf(yaml.document, problems);
  return { document, problems: yaml.problems.length > 0 ? yaml.problems : problems.problems() };
}

function workflowOf(yaml: YamlFile, problems: ProblemList): Workflow {
  const { file, comments } = yaml;
  const root = rootOf(yaml, problems);
  checkKeys(root, problems);
  const on = valueAt(root, 'on');
  const name = stringOf(valueAt(root, 'name'));
  const permissions = readPermissions(entryOf(root, 'permissions'), problems);
  const concurrency = readConcurrency(valueAt(root, 'concurrency'));
  const jobs = readJobs(valueAt(root, 'jobs'), comments, problems);
  checkNeeds(jobs, problems);
  checkExpressions(root, problems);
  return {
    kind: 'workflow',
    file,
    ...(name !== undefined && { name }),
    triggers: readTriggers(on),
    ...(permissions && { permissions }),
    env: namedValues(valueAt(root, 'env')),
    ...readDefaults(root),
    ...(concurrency && { concurrency }),
    jobs,
    ...readInterface(on),
    comments,
    root,
  };
}

function checkKeys(root: YamlNode | undefined, problems: ProblemList): void {
  if (root?.type !== 'map') return;
  const first = root.entries[0]?.keyRange ?? root.range;
  const on = entryOf(root, 'on');
  const jobs = entryOf(root, 'jobs');
  if (!on && !jobs) problems.add(first.start, first.end, 'This is no workflow: it has neither "on" nor "jobs"');
  else if (!on) problems.add(first.start, first.end, 'The workflow has no "on": nothing starts it');
  else if (!jobs) problems.add(first.start, first.end, 'The workflow has no "jobs"');
  if (!jobs) return;
  const { keyRange, value } = jobs;
  if (value.type !== 'map') problems.add(keyRange.start, keyRange.end, 'jobs is no map of jobs');
  else if (value.entries.length === 0)
    problems.add(keyRange.start, keyRange.end, 'jobs is empty; a workflow has at least one job');
}
