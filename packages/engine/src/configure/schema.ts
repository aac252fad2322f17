import { entryOf, firstLine } from '@plimsoll/documents';
import type { YamlNode } from '@plimsoll/documents';
import type { ConfigProblem } from '../model.ts';
import { oneOf, suggestion } from './nearest.ts';
import { validate as compiled } from './validate.generated.ts';
import { locate, toValue } from './yaml-value.ts';

/** More of them help nobody, and each is looked up in the document. */
export const MAX_PROBLEMS = 50;

/** What in the document is not as `schema/plimsoll.schema.json` has it, each at the key or value to change. */
export function schemaProblems(root: YamlNode): readonly ConfigProblem[] {
  const value = toValue(root);
  if (value === undefined)
    return [{ message: 'this is larger than a configuration can be', at: firstLine(root.range) }];
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, MAX_PROBLEMS).flatMap((error) => problemOf(error, root) ?? []);
}

/** An error of ajv, as far as it is used here. */
interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema: { readonly properties?: object; readonly enum?: readonly string[]; readonly type?: unknown };
  readonly data: unknown;
}

const validate = compiled as { (value: unknown): boolean; errors?: readonly SchemaError[] | null };

function problemOf(error: SchemaError, root: YamlNode): ConfigProblem | undefined {
  const { node, keyRange } = locate(root, error.instancePath);
  const name = nameOf(error.instancePath);
  const atKey = firstLine(keyRange);
  const atValue = firstLine(node.range);
  switch (error.keyword) {
    case 'if':
      return undefined;
    case 'additionalProperties':
      return unknownKey(error, node);
    case 'required':
      return missingKey(error, name, atKey);
    case 'enum':
      return wrongName(error, name, atValue);
    case 'type':
      return { message: `${name} must be ${typeWords(error.parentSchema.type)}`, at: atValue };
    case 'minItems':
      return { message: `${name} is empty`, at: atKey };
    case 'pattern':
      return { message: patternMessage(name), at: atValue };
    default:
      return { message: `${name} is not valid`, at: atKey };
  }
}

function unknownKey(error: SchemaError, node: YamlNode): ConfigProblem {
  const key = String(error.params['additionalProperty']);
  const allowed = Object.keys(error.parentSchema.properties ?? {});
  const near = suggestion(key, allowed);
  return {
    message: `"${key}" is no key of ${nameOf(error.instancePath)}${near ? `; ${near}` : ''}`,
    help: `Known here: ${allowed.join(', ')}`,
    at: firstLine(entryOf(node, key)?.keyRange ?? node.range),
  };
}

function missingKey(error: SchemaError, name: string, at: ConfigProblem['at'] & {}): ConfigProblem {
  const key = String(error.params['missingProperty']);
  if (key !== 'because') return { message: `${name} lacks "${key}"`, at };
  return { message: `${name} needs a reason`, help: 'Add `because:` with it', at };
}

function wrongName(error: SchemaError, name: string, at: ConfigProblem['at'] & {}): ConfigProblem {
  const allowed = error.parentSchema.enum ?? [];
  if (error.data === 'off')
    return {
      message: `${name} is switched off and needs a reason`,
      help: 'Write `{ level: off, because: <the reason> }`',
      at,
    };
  const written = typeof error.data === 'string' ? `"${error.data}"` : String(JSON.stringify(error.data));
  return { message: `${name} must be ${oneOf(allowed)}, not ${written}`, at };
}

function typeWords(type: unknown): string {
  const words: Readonly<Record<string, string>> = {
    object: 'a map',
    array: 'a list',
    string: 'a text',
    boolean: 'true or false',
  };
  return oneOf([type].flat().map((each) => words[String(each)] ?? String(each)));
}

function patternMessage(name: string): string {
  return name === 'lane.repository' ? 'lane.repository must be owner/name' : `${name} has no text`;
}

/** A JSON pointer as people write it: `overrides[0].rules`. */
function nameOf(pointer: string): string {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (parts.length === 0) return 'the configuration';
  return parts.map((part, i) => (/^\d+$/.test(part) ? `[${part}]` : i > 0 ? `.${part}` : part)).join('');
}
