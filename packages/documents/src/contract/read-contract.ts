import { readIgnoreFile } from '../dockerignore/read.ts';
import type { IgnorePattern } from '../dockerignore/model.ts';
import { SourceFile, firstLine } from '../text/source-file.ts';
import type { Problem, Range, Reading } from '../text/source-file.ts';
import { entriesOf } from '../yaml/access.ts';
import type { YamlEntry, YamlNode } from '../yaml/model.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { Contract, ContractLimit, ContractPatterns, ContractTerms } from './model.ts';

/** Keys of the terms, as `schema/contract.schema.json` has them. */
const termKeys = ['allow', 'require', 'forbid', 'maxFiles', 'maxBytes'];
const maxProblems = 50;

/**
 * Reads a `plimsoll.contract.yaml`. What is wrong is told under `syntax/manifest`, at the key or value to change; what else
 * is in the file holds.
 */
export function readContract(file: SourceFile): Reading<Contract> {
  const { document, problems: faults } = readYaml(file, 'syntax/manifest');
  const [root, second] = document.documents;
  const problems: Problem[] = [];
  const tell: Tell = (range, message, help) =>
    problems.push({ rule: 'syntax/manifest', range: firstLine(range), message, ...(help !== undefined && { help }) });
  if (second) tell(second.range, 'This is a second document; a contract is one');
  if (root && root.type !== 'map' && !isEmpty(root))
    tell(root.range, 'A contract is a map', `Its keys are ${[...termKeys, 'targets'].join(', ')}`);
  const terms = readTerms(root, { range: file.range(0, 0), name: 'a contract', more: ['targets'] }, tell);
  const targets = readTargets(entriesOf(root).find(({ key }) => key === 'targets')?.value, tell);
  const contract: Contract = { kind: 'contract', file, terms, targets };
  // What follows from text that is no YAML is not the author's mistake: only the text is told.
  return { document: contract, problems: faults.length > 0 ? faults : problems.slice(0, maxProblems) };
}

type Tell = (range: Range, message: string, help?: string) => void;

function readTargets(node: YamlNode | undefined, tell: Tell): ReadonlyMap<string, ContractTerms> {
  const targets = new Map<string, ContractTerms>();
  if (node && node.type !== 'map') tell(node.range, '"targets" is a map from the name of a stage to its terms');
  for (const { key, keyRange, value } of entriesOf(node)) {
    if (value.type !== 'map') tell(value.range, `"targets.${key}" is a map`, `Its keys are ${termKeys.join(', ')}`);
    targets.set(key.toLowerCase(), readTerms(value, { range: keyRange, name: `"targets.${key}"`, more: [] }, tell));
  }
  return targets;
}

interface Place {
  readonly range: Range;
  readonly name: string;
  readonly more: readonly string[];
}

function readTerms(node: YamlNode | undefined, { range, name, more }: Place, tell: Tell): ContractTerms {
  const known = [...termKeys, ...more];
  const entries = entriesOf(node);
  for (const { key, keyRange } of entries) {
    if (!known.includes(key)) tell(keyRange, `"${key}" is no key of ${name}`, `Known here: ${known.join(', ')}`);
  }
  const entry = (key: string): YamlEntry | undefined => entries.find((one) => one.key === key);
  const allow = readPatterns(entry('allow'), tell);
  const forbid = readPatterns(entry('forbid'), tell);
  const maxFiles = readLimit(entry('maxFiles'), tell);
  const maxBytes = readLimit(entry('maxBytes'), tell);
  return {
    range: more.length > 0 ? (entries[0]?.keyRange ?? range) : range,
    ...(allow && { allow }),
    require: readRequired(entry('require'), tell),
    ...(forbid && { forbid }),
    ...(maxFiles && { maxFiles }),
    ...(maxBytes && { maxBytes }),
  };
}

function readRequired(entry: YamlEntry | undefined, tell: Tell): readonly IgnorePattern[] {
  return (readPatterns(entry, tell)?.patterns ?? []).filter(({ negated, range }) => {
    if (negated)
      tell(
        range,
        '"require" takes no "!": what must not be there is forbidden',
        'Move it to "forbid", without the "!"',
      );
    return !negated;
  });
}

function readPatterns(entry: YamlEntry | undefined, tell: Tell): ContractPatterns | undefined {
  if (!entry) return undefined;
  const { key, keyRange, value } = entry;
  const items = value.type === 'sequence' ? value.items : [];
  if (value.type !== 'sequence') tell(value.range, `"${key}" is a list of patterns`, `Write ${key}: [app/**]`);
  return { range: keyRange, patterns: items.flatMap((item) => readPattern(item, key, tell) ?? []) };
}

function readPattern(item: YamlNode, key: string, tell: Tell): IgnorePattern | undefined {
  if (item.type === 'scalar' && item.tag) {
    tell(
      item.tag.range,
      `YAML takes ${item.tag.text} for a tag, not for a pattern`,
      `Put it in quotes: '${item.tag.text}'`,
    );
    return undefined;
  }
  const text = item.type === 'scalar' && typeof item.value === 'string' ? item.value : undefined;
  if (text === undefined || text.trim() === '' || text.includes('\n')) {
    tell(item.range, `An item of "${key}" is a pattern of paths in the image, on one line`);
    return undefined;
  }
  const { document, problems } = readIgnoreFile(new SourceFile(item.range.file.path, text));
  const [pattern] = document.patterns;
  if (pattern) return { ...pattern, range: item.range };
  const fault = problems[0]?.message.replace(/[;:] the builder refuses the whole ignore file$/, '');
  tell(
    item.range,
    fault ?? `"${text}" would be a comment in an ignore file`,
    ...(fault === undefined ? [`Write "\\${text.trim()}"`] : []),
  );
  return undefined;
}

function readLimit(entry: YamlEntry | undefined, tell: Tell): ContractLimit | undefined {
  if (!entry) return undefined;
  const { key, value } = entry;
  const limit = value.type === 'scalar' ? value.value : undefined;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 0) return { value: limit, range: value.range };
  tell(value.range, `"${key}" is a whole number${key === 'maxBytes' ? ' of bytes' : ''}`);
  return undefined;
}

function isEmpty(root: YamlNode): boolean {
  return root.type === 'scalar' && root.value === null;
}
