import type { Tree } from '@plimsoll/build-context';
import { entryOf, firstLine, itemsOf, readYaml, stringOf, stringsOf } from '@plimsoll/documents';
import type { SourceFile, YamlNode } from '@plimsoll/documents';
import type { ConfigProblem } from '../model.ts';
import { emptyConfiguration } from './configuration.ts';
import type { Configuration, Ignore, Lane, Override } from './configuration.ts';
import { globProblem, globs } from './globs.ts';
import { readNxGraphFile } from './nx-graph.ts';
import { readRuleSettings } from './rule-settings.ts';
import type { KnownRules } from './rule-settings.ts';
import { schemaProblems } from './schema.ts';

/**
 * Reads a `plimsoll.yaml`. Never throws: what is wrong is in `problems`, at its place, and whatever else could be
 * understood holds.
 */
export function readConfiguration(file: SourceFile, known: KnownRules, tree: Tree): Configuration {
  const { document, problems: faults } = readYaml(file, 'syntax/config');
  const [root, second] = document.documents;
  const problems: ConfigProblem[] = [];
  if (second)
    problems.push({ message: 'this is a second document; a configuration is one', at: firstLine(second.range) });
  if (root && !isEmpty(root)) problems.push(...schemaProblems(root));
  const settings = root ? readSettings(root, { known, tree, problems }) : emptyConfiguration;
  if (faults.length === 0) return { ...settings, problems };
  // What follows from text that is no YAML is not the author's mistake: only the text is told.
  const told = faults.map(({ message, help, range }) => ({
    message,
    ...(help !== undefined && { help }),
    at: firstLine(range),
  }));
  return { ...settings, problems: told };
}

interface Reading {
  readonly known: KnownRules;
  /** What the configuration is for. */
  readonly tree: Tree;
  readonly problems: ConfigProblem[];
}

function readSettings(root: YamlNode, { known, tree, problems }: Reading): Configuration {
  const read = (key: string) => entryOf(root, key)?.value;
  const preset = stringOf(read('preset'));
  const trustedOwners = read('trustedOwners');
  const nxGraph = readNxGraphFile(read('nxGraph'), tree, problems);
  return {
    ...((preset === 'recommended' || preset === 'strict') && { preset }),
    rules: readRuleSettings(read('rules'), known, problems),
    overrides: itemsOf(read('overrides')).flatMap((item) => readOverride(item, known, problems)),
    ignores: itemsOf(read('ignore')).flatMap((item) => readIgnore(item, problems)),
    lane: readLane(read('lane')),
    ...(trustedOwners && { trustedOwners: stringsOf(trustedOwners) }),
    ...(nxGraph && { nxGraph }),
    problems: [],
  };
}

/** Whether a `plimsoll.yaml` says `root: true`. */
export function saysRoot(file: SourceFile): boolean {
  if (!/\broot\b/.test(file.text)) return false;
  const value = entryOf(readYaml(file, 'syntax/config').document.documents[0], 'root')?.value;
  return value?.type === 'scalar' && value.value === true;
}

function isEmpty(root: YamlNode): boolean {
  return root.type === 'scalar' && root.value === null;
}

function readOverride(node: YamlNode, known: KnownRules, problems: ConfigProblem[]): readonly Override[] {
  const rules = readRuleSettings(entryOf(node, 'rules')?.value, known, problems);
  const patterns = readGlobs(entryOf(node, 'files')?.value, problems);
  return patterns.length > 0 ? [{ matches: globs(patterns), rules }] : [];
}

function readIgnore(node: YamlNode, problems: ConfigProblem[]): readonly Ignore[] {
  const because = stringOf(entryOf(node, 'because')?.value)?.trim();
  const patterns = readGlobs(entryOf(node, 'paths')?.value, problems);
  return because && patterns.length > 0 ? [{ matches: globs(patterns), because }] : [];
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
