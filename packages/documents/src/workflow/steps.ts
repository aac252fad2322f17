import type { YamlComment, YamlNode } from '../yaml/model.ts';
import { entryOf, itemsOf, stringOf, stringsOf, valueAt } from '../yaml/access.ts';
import type { ProblemList } from '../yaml/problems.ts';
import type { Step } from './model.ts';
import { readUses } from './uses.ts';
import { givenValue, isTrue, namedValues, stringValue } from './values.ts';

/** Reads `steps:` as a flat list; the steps of a `parallel:` list stand among the others. */
export function readSteps(
  node: YamlNode | undefined,
  comments: readonly YamlComment[],
  problems: ProblemList,
): readonly Step[] {
  if (!node) return [];
  if (node.type !== 'sequence')
    problems.add(node.range.start, node.range.end, 'steps is no list; each step is an item that starts with "- "');
  const steps: Step[] = [];
  let groups = 0;
  for (const item of itemsOf(node)) {
    const parallel = valueAt(item, 'parallel');
    if (parallel) {
      for (const one of itemsOf(parallel))
        steps.push({ ...readStep(one, steps.length, comments, problems), background: true, parallelGroup: groups });
      groups += 1;
    } else steps.push(readStep(item, steps.length, comments, problems));
  }
  return steps;
}

function readStep(node: YamlNode, index: number, comments: readonly YamlComment[], problems: ProblemList): Step {
  checkStep(node, problems);
  const field = (name: string) => givenValue(valueAt(node, name));
  const id = stringOf(valueAt(node, 'id'));
  const [name, condition, run, shell] = [field('name'), conditionOf(node), field('run'), field('shell')];
  const [workingDirectory, continueOnError] = [field('working-directory'), field('continue-on-error')];
  const uses = readUses(valueAt(node, 'uses'), comments);
  return {
    index,
    range: node.range,
    ...(id !== undefined && { id }),
    ...(name && { name }),
    ...(condition && { if: condition }),
    ...(uses && { uses }),
    with: namedValues(valueAt(node, 'with')),
    ...(run && { run }),
    ...(shell && { shell }),
    ...(workingDirectory && { workingDirectory }),
    env: namedValues(valueAt(node, 'env')),
    ...(continueOnError && { continueOnError }),
    background: isTrue(valueAt(node, 'background')),
    ...control(node),
  };
}

/** An empty `if:` is none. */
export function conditionOf(node: YamlNode): Step['if'] {
  const value = valueAt(node, 'if');
  return value?.type === 'scalar' && (value.value !== null || value.tag) ? stringValue(value) : undefined;
}

/** Items that only wait for background steps, or end them. */
function control(node: YamlNode): Pick<Step, 'waitsFor' | 'cancels'> {
  const wait = valueAt(node, 'wait');
  const cancels = stringOf(valueAt(node, 'cancel'));
  return {
    ...(wait && { waitsFor: stringsOf(wait) }),
    ...(entryOf(node, 'wait-all') && { waitsFor: 'all' }),
    ...(cancels !== undefined && { cancels }),
  };
}

function checkStep(node: YamlNode, problems: ProblemList): void {
  if (node.type !== 'map') {
    problems.add(node.range.start, node.range.end, 'A step is no map of keys such as uses: or run:');
    return;
  }
  const uses = entryOf(node, 'uses');
  const run = entryOf(node, 'run');
  if (!uses || !run) return;
  const second = uses.keyRange.start > run.keyRange.start ? uses : run;
  problems.add(second.keyRange.start, second.keyRange.end, 'A step has both uses and run', 'Make two steps of it');
}
