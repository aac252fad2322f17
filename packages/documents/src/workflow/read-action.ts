import type { Reading, SourceFile } from '../text/source-file.ts';
import { entryOf, stringOf, valueAt } from '../yaml/access.ts';
import type { YamlFile, YamlNode } from '../yaml/model.ts';
import { problemList } from '../yaml/problems.ts';
import type { ProblemList } from '../yaml/problems.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { checkExpressions } from './check-expressions.ts';
import { rootOf } from './check-root.ts';
import type { Action } from './model.ts';
import { readSteps } from './steps.ts';
import { readInputs } from './triggers.ts';
import { givenValue, namedFields } from './values.ts';

/** Reads an `action.yml`. Its problems are reported as those of a workflow are. */
export function readAction(file: SourceFile): Reading<Action> {
  const yaml = readYaml(file, 'syntax/workflow');
  const problems = problemList(file, 'syntax/workflow');
  const document = actionOf(yaml.document, problems);
  return { document, problems: yaml.problems.length > 0 ? yaml.problems : problems.problems() };
}

function actionOf(yaml: YamlFile, problems: ProblemList): Action {
  const { file, comments } = yaml;
  const root = rootOf(yaml, problems);
  const runs = valueAt(root, 'runs');
  const using = stringOf(valueAt(runs, 'using')) ?? '';
  checkRuns(root, using, problems);
  checkExpressions(root, problems);
  const name = stringOf(valueAt(root, 'name'));
  const image = givenValue(valueAt(runs, 'image'));
  return {
    kind: 'action',
    file,
    ...(name !== undefined && { name }),
    inputs: readInputs(valueAt(root, 'inputs')),
    outputs: namedFields(valueAt(root, 'outputs'), 'value'),
    using,
    steps: using === 'composite' ? readSteps(valueAt(runs, 'steps'), comments, problems) : [],
    ...(image && { image }),
    comments,
    root,
  };
}

function checkRuns(root: YamlNode | undefined, using: string, problems: ProblemList): void {
  if (root?.type !== 'map') return;
  const runs = entryOf(root, 'runs');
  const at = runs?.keyRange ?? root.entries[0]?.keyRange ?? root.range;
  if (!runs) problems.add(at.start, at.end, 'The action has no "runs"');
  else if (using === '') problems.add(at.start, at.end, 'The action does not say what it is: "runs.using" is missing');
  else if (using === 'composite' && !entryOf(runs.value, 'steps'))
    problems.add(at.start, at.end, 'The composite action has no "steps"');
}
