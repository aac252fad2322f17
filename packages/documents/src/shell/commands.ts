import { forEachChild } from 'unbash';
import type * as Bash from 'unbash';
import type { MappedText } from '../text/mapped-text.ts';
import { maximumDepth, maximumScripts } from './limits.ts';
import type { Assignment, ShellWord, WordPart } from './model.ts';
import { commandName, withoutPrefixes } from './prefixes.ts';
import { hereDocBody, readRedirections } from './redirections.ts';
import { inputIsScript, scriptArgument } from './shells.ts';
import { backtickSource, shellSource } from './source.ts';
import type { ShellSource } from './source.ts';
import { enterSource, trouble } from './walk.ts';
import type { Walk, Where } from './walk.ts';
import { readArrayWord, readAssignmentWord, readWord } from './words.ts';

/** A simple command; behind it what is run for its words, and the script that it is given. */
export function readCommand(walk: Walk, node: Bash.Command, where: Where): void {
  const index = walk.drafts.length;
  const words = addDraft(walk, node, where);
  const inner = innerPlace(where, index, words.length === 0);
  const given = { ...where, within: index };
  const piped = inputIsScript(words);
  for (const part of [...node.prefix, ...(node.name ? [node.name] : []), ...node.suffix]) {
    if (piped && part.type === 'HereDoc') enterText(walk, hereDocBody(where.source, part), given);
    else visitSubstitutions(walk, part, inner);
  }
  const script = scriptArgument(words);
  if (script) enterText(walk, script.mapped, given, script.parts);
}

function addDraft(walk: Walk, node: Bash.Command, where: Where): readonly ShellWord[] {
  const { source, inherited } = where;
  const written = [...(node.name ? [node.name] : []), ...node.args].map((word) => argument(source, word));
  const { words, assignments } = withoutPrefixes(written);
  const assigned = [...node.prefix, ...node.suffix].filter((each) => each.type === 'Assignment');
  const redirections = readRedirections(source, node.redirects);
  walk.drafts.push({
    name: words[0] ? commandName(words[0]) : '',
    words,
    assignments: [...assigned.map((each) => readAssignment(source, each)), ...assignments],
    redirections: redirections.length > 0 ? [...redirections, ...inherited] : inherited,
    range: source.text.range(node.pos, node.end),
    conditional: where.conditional,
    ...(where.tested && { tested: true }),
    ...(where.failure && { failure: where.failure }),
    ...(where.within !== undefined && { within: where.within }),
  });
  return words;
}

/** What stands in a command's words. Only of a bare assignment the failure is that of the substitution. */
function innerPlace(where: Where, within: number, bare: boolean): Where {
  const { failure, ...rest } = where;
  return { ...rest, within, inherited: [], tested: bare && where.tested, ...(bare && failure && { failure }) };
}

function argument(source: ShellSource, node: Bash.CommandArgument): ShellWord {
  return node.type === 'Word' ? readWord(source, node) : readAssignmentWord(source, node);
}

function readAssignment(source: ShellSource, node: Bash.Assignment): Assignment {
  const { name, value } = node;
  const range = source.text.range(node.pos, node.end);
  if (value.type === 'Word') return { name, value: readWord(source, value), range };
  const elements = value.elements.map((element) => readWord(source, element));
  return { name, value: readArrayWord(source, value), elements, range };
}

/** The commands of all substitutions in a node. */
export function visitSubstitutions(walk: Walk, node: Bash.SyntaxNode, where: Where, depth = 0): void {
  switch (node.type) {
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'ArithmeticCommandExpansion':
      return enterSubstitution(walk, node, where);
    default:
      if (depth >= maximumDepth) return trouble(walk, where, node.pos, 'nested too deeply');
      forEachChild(node, (child) => visitSubstitutions(walk, child, where, depth + 1));
  }
}

type Substitution = Bash.CommandExpansionPart | Bash.ProcessSubstitutionPart | Bash.ArithmeticCommandExpansion;

function enterSubstitution(walk: Walk, node: Substitution, where: Where): void {
  if (!mayReread(walk, where, node.pos, node.end - node.pos)) return;
  const { script } = node;
  if (!script) return;
  const source =
    script.source === undefined
      ? where.source
      : backtickSource(where.source, node.pos + 1, node.end - 1, script.source);
  if (source) walk.enter(script, { ...where, source, scripts: where.scripts + 1 });
  else trouble(walk, where, node.pos, 'unreadable command substitution in backticks');
}

/** A script that is handed to a shell; `parts` of it which are no literals, the outer shell has expanded before. */
function enterText(walk: Walk, text: MappedText, where: Where, parts: readonly WordPart[] = []): void {
  const source = shellSource(text, parts);
  const inner = { ...where, source, scripts: where.scripts + 1 };
  if (mayReread(walk, inner, 0, text.text.length)) enterSource(walk, inner);
}

function mayReread(walk: Walk, where: Where, at: number, length: number): boolean {
  walk.budget -= length;
  if (where.scripts < maximumScripts && walk.budget >= 0) return true;
  trouble(walk, where, at, 'scripts are nested too deeply');
  return false;
}
