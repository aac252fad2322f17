import { entryOf, firstLine, itemsOf, readYaml, stringOf, stringsOf } from '@plimsoll/documents';
import type { Range, SourceFile, YamlNode } from '@plimsoll/documents';
import type { ConfigProblem } from '../model.ts';
import type { Ignore, Lane, Layer, Override } from './configuration.ts';
import { globProblem, globs } from './globs.ts';
import { readRuleSettings } from './rule-settings.ts';
import type { KnownRules } from './rule-settings.ts';
import { schemaProblems } from './schema.ts';

/** What one `plimsoll.yaml` says. */
export interface ConfigFile extends Omit<Layer, 'folder'> {
  /** What it takes over, in order, as it is written. */
  readonly extends: readonly { readonly written: string; readonly at: Range }[];
  readonly lane: Lane;
  readonly trustedOwners?: readonly string[];
  readonly nxGraph?: YamlNode;
  /** The keys that are about all of the repository. */
  readonly repositoryKeys: readonly { readonly key: string; readonly at: Range }[];
}

/**
 * Reads a `plimsoll.yaml`. `folder` is the one that it holds for: its patterns start there. Never throws: what is wrong goes
 * to `problems`, at its place, and whatever else could be understood holds.
 */
export function readConfigFile(
  file: SourceFile,
  folder: string,
  known: KnownRules,
  problems: ConfigProblem[],
): ConfigFile {
  const { document, problems: faults } = readYaml(file, 'syntax/config');
  const [root, second] = document.documents;
  const own: ConfigProblem[] = [];
  if (second) own.push({ message: 'this is a second document; a configuration is one', at: firstLine(second.range) });
  if (root && !isEmpty(root)) own.push(...schemaProblems(root));
  const settings = root ? readSettings(root, { folder, known, problems: own }) : emptyFile;
  // What follows from text that is no YAML is not the author's mistake: only the text is told.
  const told = faults.map(({ message, help, range }) => ({
    message,
    ...(help !== undefined && { help }),
    at: firstLine(range),
  }));
  problems.push(...(faults.length === 0 ? own : told));
  return settings;
}

const emptyFile: ConfigFile = {
  root: false,
  rules: new Map(),
  overrides: [],
  ignores: [],
  extends: [],
  lane: {},
  repositoryKeys: [],
};

interface Reading {
  readonly folder: string;
  readonly known: KnownRules;
  readonly problems: ConfigProblem[];
}

function readSettings(root: YamlNode, reading: Reading): ConfigFile {
  const { known, problems } = reading;
  const read = (key: string) => entryOf(root, key)?.value;
  const presetNode = read('preset');
  const preset = stringOf(presetNode);
  const trustedOwners = read('trustedOwners');
  const nxGraph = read('nxGraph');
  return {
    root: isTrue(read('root')),
    ...(presetNode &&
      (preset === 'recommended' || preset === 'strict') && {
        preset: { name: preset, at: firstLine(entryOf(root, 'preset')?.keyRange ?? presetNode.range) },
      }),
    rules: readRuleSettings(read('rules'), known, problems),
    overrides: itemsOf(read('overrides')).flatMap((item) => readOverride(item, reading)),
    ignores: itemsOf(read('ignore')).flatMap((item) => readIgnore(item, reading)),
    extends: readExtends(read('extends')),
    lane: readLane(read('lane')),
    ...(trustedOwners && { trustedOwners: stringsOf(trustedOwners) }),
    ...(nxGraph && { nxGraph }),
    repositoryKeys: ['lane', 'trustedOwners', 'nxGraph'].flatMap((key) => {
      const at = entryOf(root, key)?.keyRange;
      return at ? [{ key, at: firstLine(at) }] : [];
    }),
  };
}

/** Whether a `plimsoll.yaml` says `root: true`. */
export function saysRoot(file: SourceFile): boolean {
  if (!/\broot\b/.test(file.text)) return false;
  return isTrue(entryOf(readYaml(file, 'syntax/config').document.documents[0], 'root')?.value);
}

function isTrue(node: YamlNode | undefined): boolean {
  return node?.type === 'scalar' && node.value === true;
}

function isEmpty(root: YamlNode): boolean {
  return root.type === 'scalar' && root.value === null;
}

function readExtends(node: YamlNode | undefined): ConfigFile['extends'] {
  const items = node?.type === 'sequence' ? node.items : node ? [node] : [];
  return items.flatMap((item) => {
    const written = item.type === 'scalar' && typeof item.value === 'string' ? item.value.trim() : '';
    return written ? [{ written, at: firstLine(item.range) }] : [];
  });
}

function readOverride(node: YamlNode, reading: Reading): readonly Override[] {
  const rules = readRuleSettings(entryOf(node, 'rules')?.value, reading.known, reading.problems);
  const patterns = readGlobs(entryOf(node, 'files')?.value, reading.problems);
  return patterns.length > 0 ? [{ matches: below(reading.folder, globs(patterns)), rules }] : [];
}

function readIgnore(node: YamlNode, { folder, problems }: Reading): readonly Ignore[] {
  const because = stringOf(entryOf(node, 'because')?.value)?.trim();
  const patterns = readGlobs(entryOf(node, 'paths')?.value, problems);
  return because && patterns.length > 0
    ? [{ matches: below(folder, globs(patterns)), because, at: firstLine(node.range) }]
    : [];
}

/** Patterns of a folder, asked with paths from the root. */
function below(folder: string, matches: (path: string) => boolean): (path: string) => boolean {
  return folder === '' ? matches : (path) => path.startsWith(`${folder}/`) && matches(path.slice(folder.length + 1));
}

function readGlobs(node: YamlNode | undefined, problems: ConfigProblem[]): readonly string[] {
  return itemsOf(node).flatMap((item) => {
    const pattern = stringOf(item);
    if (!pattern?.trim()) return [];
    const fault = globProblem(pattern);
    if (fault) problems.push({ message: `"${pattern}": ${fault}`, at: firstLine(item.range) });
    return fault ? [] : [pattern];
  });
}

function readLane(node: YamlNode | undefined): Lane {
  const workflows = entryOf(node, 'workflows')?.value;
  const repository = stringOf(entryOf(node, 'repository')?.value);
  return { ...(workflows && { workflows: stringsOf(workflows) }), ...(repository && { repository }) };
}
