import type { YamlEntry, YamlNode } from '../yaml/model.ts';
import { entriesOf, itemsOf, scalarOf, stringOf, stringsOf, valueAt } from '../yaml/access.ts';
import type { Input, NamedValue, Trigger } from './model.ts';
import { givenValue, isTrue, namedFields } from './values.ts';

/** Reads `on:` in its three forms: an event, a list of events, a map of events with filters. */
export function readTriggers(on: YamlNode | undefined): readonly Trigger[] {
  const listed = on?.type === 'sequence' ? itemsOf(on) : on ? [on] : [];
  const named = listed.flatMap((item) => (scalarOf(item) ? [{ event: stringOf(item) ?? '', range: item.range }] : []));
  return [...named, ...entriesOf(on).map(readTrigger)];
}

function readTrigger({ key, keyRange, value }: YamlEntry): Trigger {
  const filter = (name: string) => {
    const node = valueAt(value, name);
    return node && stringsOf(node);
  };
  const [branches, tags, types] = [filter('branches'), filter('tags'), filter('types')];
  const [branchesIgnore, tagsIgnore] = [filter('branches-ignore'), filter('tags-ignore')];
  return {
    event: key,
    range: keyRange,
    ...(branches && { branches }),
    ...(tags && { tags }),
    ...(branchesIgnore && { branchesIgnore }),
    ...(tagsIgnore && { tagsIgnore }),
    ...(types && { types }),
  };
}

/** What a caller of the workflow, or who dispatches it, hands over and gets. */
export interface Interface {
  readonly callInputs: readonly Input[];
  readonly dispatchInputs: readonly Input[];
  readonly callOutputs: readonly NamedValue[];
  readonly callSecrets: readonly string[];
}

export function readInterface(on: YamlNode | undefined): Interface {
  const call = valueAt(on, 'workflow_call');
  return {
    callInputs: readInputs(valueAt(call, 'inputs')),
    dispatchInputs: readInputs(valueAt(on, 'workflow_dispatch', 'inputs')),
    callOutputs: namedFields(valueAt(call, 'outputs'), 'value'),
    callSecrets: entriesOf(valueAt(call, 'secrets')).map(({ key }) => key),
  };
}

/** The inputs of a workflow or an action. */
export function readInputs(node: YamlNode | undefined): readonly Input[] {
  return entriesOf(node).map(({ key, keyRange, value }) => {
    const type = stringOf(valueAt(value, 'type'));
    const byDefault = givenValue(valueAt(value, 'default'));
    const options = valueAt(value, 'options');
    return {
      name: key,
      nameRange: keyRange,
      required: isTrue(valueAt(value, 'required')),
      ...(type !== undefined && { type }),
      ...(byDefault && { default: byDefault }),
      ...(options && { options: stringsOf(options) }),
    };
  });
}
