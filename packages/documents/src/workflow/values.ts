import { MappedText } from '../text/mapped-text.ts';
import { firstLine } from '../text/source-file.ts';
import type { YamlEntry, YamlNode, YamlScalar } from '../yaml/model.ts';
import { entriesOf, scalarOf, valueAt } from '../yaml/access.ts';
import type { Concurrency, NamedValue, StringValue } from './model.ts';

/** A scalar as a string with its place; undefined for lists and maps. A null is an empty string. */
export function stringValue(node: YamlNode | undefined): StringValue | undefined {
  if (node?.type !== 'scalar') return undefined;
  const { value, style, tag } = node;
  const block = style === 'literal' || style === 'folded';
  return {
    value: value === null ? '' : String(value),
    text: textOfScalar(node),
    range: block ? node.text.range() : node.range,
    ...(block && { header: firstLine(node.range) }),
    ...(tag && { tag }),
  };
}

/** `null` and `~` are read as nothing. */
function textOfScalar(node: YamlScalar): MappedText {
  return node.value === null ? node.text.slice(0, 0) : node.text;
}

/** The same for a value that is given: a missing one is undefined. */
export function givenValue(node: YamlNode | undefined): StringValue | undefined {
  return node?.type === 'scalar' && (node.value !== null || node.tag) ? stringValue(node) : undefined;
}

/** The scalar entries of a map, such as `env:` and `with:`. */
/** One entry as a name with a value; undefined where the value is no scalar. */
export function namedValues(node: YamlNode | undefined): readonly NamedValue[] {
  return entriesOf(node).flatMap((entry) => namedValue(entry, entry.value) ?? []);
}

/** The field `key` of each entry: `outputs.NAME.value`. An entry without it has an empty value behind its name. */
export function namedFields(node: YamlNode | undefined, key: string): readonly NamedValue[] {
  return entriesOf(node).map((entry) => namedValue(entry, valueAt(entry.value, key)) ?? emptyValue(entry));
}

/** One entry as a name with a value; undefined where the value is no scalar. */
export function namedValue({ key, keyRange }: YamlEntry, node: YamlNode | undefined): NamedValue | undefined {
  const value = stringValue(node);
  return value && { ...value, name: key, nameRange: keyRange };
}

function emptyValue({ key, keyRange }: YamlEntry): NamedValue {
  const range = { ...keyRange, start: keyRange.end };
  return { name: key, nameRange: keyRange, value: '', text: MappedText.of(range), range };
}

/** `true`, written as a boolean or a string; an expression is not. */
export function isTrue(node: YamlNode | undefined): boolean {
  return String(scalarOf(node)?.value) === 'true';
}

/** `concurrency:`, a group alone or with its settings. */
export function readConcurrency(node: YamlNode | undefined): Concurrency | undefined {
  const group = givenValue(node?.type === 'map' ? valueAt(node, 'group') : node);
  const cancelInProgress = givenValue(valueAt(node, 'cancel-in-progress'));
  return group && { group, ...(cancelInProgress && { cancelInProgress }) };
}
