import type * as Bash from 'unbash';
import { readCommand, visitSubstitutions } from './commands.ts';
import { maximumDepth } from './limits.ts';
import type { Command } from './model.ts';
import { readRedirections } from './redirections.ts';
import type { ShellSource } from './source.ts';
import { enterSource, trouble } from './walk.ts';
import type { Failure, Trouble, Walk, Where } from './walk.ts';

/** The simple commands of a script in reading order, and what could not be read. `budget` bounds what is parsed again. */
export function flatten(source: ShellSource, budget: number): { commands: Command[]; troubles: readonly Trouble[] } {
  const walk: Walk = { drafts: [], troubles: [], budget, enter: (script, where) => visitScript(walk, script, where) };
  const where: Where = { source, depth: 0, scripts: 0, conditional: false, tested: false, inherited: [] };
  try {
    enterSource(walk, where);
  } catch (error) {
    const nested = error instanceof RangeError;
    trouble(walk, where, 0, nested ? 'nested too deeply' : `not readable as a shell script: ${String(error)}`);
  }
  const commands = walk.drafts.map(({ failure, ...command }) => ({
    ...command,
    ...(failure?.index !== undefined && { onFailure: failure.index }),
  }));
  return { commands, troubles: walk.troubles };
}

function visitScript(walk: Walk, script: Bash.ParsedScript, where: Where): void {
  visitList(walk, script.commands, where);
  for (const { message, pos } of script.errors ?? []) trouble(walk, where, pos, message);
}

function visitList(walk: Walk, statements: readonly Bash.Statement[], where: Where): void {
  for (const { command, background } of statements) {
    const from = walk.drafts.length;
    visit(walk, command, where);
    if (background) follow(walk, where, from, '&');
  }
}

type Node = Bash.Statement['command'] | Bash.CompoundList;

function visit(walk: Walk, node: Node, outer: Where): void {
  if (outer.depth >= maximumDepth) return trouble(walk, outer, node.pos, 'nested too deeply');
  const where = { ...outer, depth: outer.depth + 1 };
  switch (node.type) {
    case 'Command':
      return readCommand(walk, node, where);
    case 'AndOr':
      return visitAndOr(walk, node, where);
    case 'Pipeline':
      return visitPipeline(walk, node, where);
    case 'CompoundList':
      return visitList(walk, node.commands, where);
    case 'Redirected':
      return visitRedirected(walk, node, where);
    case 'If':
      return visitIf(walk, node, where);
    case 'While':
      visit(walk, node.clause, { ...where, tested: true });
      return visit(walk, node.body, body(where));
    case 'Case':
      return visitCase(walk, node, where);
    case 'Subshell':
    case 'BraceGroup':
      return visit(walk, node.body, where);
    case 'Coproc':
      return visit(walk, node.body, where);
    case 'Function':
      return visit(walk, node.body, { ...body(where), tested: false });
    case 'For':
    case 'Select':
      for (const word of node.wordlist ?? []) visitSubstitutions(walk, word, where);
      return visit(walk, node.body, body(where));
    case 'ArithmeticFor':
      for (const part of [node.initialize, node.test, node.update]) if (part) visitSubstitutions(walk, part, where);
      return visit(walk, node.body, body(where));
    case 'TestCommand':
    case 'ArithmeticCommand':
      return visitSubstitutions(walk, node, where);
  }
}

const body = (where: Where): Where => ({ ...where, conditional: true });

function visitIf(walk: Walk, node: Bash.If, where: Where): void {
  visit(walk, node.clause, { ...where, tested: true });
  visit(walk, node.then, body(where));
  for (const branch of node.elif) {
    visit(walk, branch.clause, { ...body(where), tested: true });
    visit(walk, branch.then, body(where));
  }
  if (node.else) visit(walk, node.else, body(where));
}

function visitCase(walk: Walk, node: Bash.Case, where: Where): void {
  visitSubstitutions(walk, node.word, where);
  for (const item of node.items) {
    for (const pattern of item.pattern) visitSubstitutions(walk, pattern, body(where));
    visit(walk, item.body, body(where));
  }
}

function visitRedirected(walk: Walk, node: Bash.Redirected, where: Where): void {
  const own = readRedirections(where.source, node.redirects).map((each) => ({ ...each, inherited: true as const }));
  visit(walk, node.command, { ...where, inherited: [...own, ...where.inherited] });
  for (const redirect of node.redirects) visitSubstitutions(walk, redirect, where);
}

function visitAndOr(walk: Walk, node: Bash.AndOr, where: Where): void {
  const failures = failuresOf(node, where);
  let conditional = where.conditional;
  node.commands.forEach((command, i) => {
    const before = node.operators[i - 1];
    if (before === '||') conditional = true;
    if (before === '&&' && isTest(node.commands[i - 1])) conditional = true;
    const opens = before === '||' ? failures[i - 1] : undefined;
    const from = walk.drafts.length;
    const { failure: _, ...rest } = where;
    const failure = failures[i];
    visit(walk, command, { ...rest, conditional, ...(failure && { failure }) });
    if (opens && walk.drafts.length > from) opens.index = from;
    const operator = node.operators[i];
    if (operator) follow(walk, where, from, operator);
  });
}

/** For each command of the list the next `||` behind it, or what the list as a whole has. */
function failuresOf(node: Bash.AndOr, where: Where): (Failure | undefined)[] {
  const failures: (Failure | undefined)[] = [];
  let next = where.failure;
  for (let i = node.commands.length - 1; i >= 0; i--) {
    if (node.operators[i] === '||') next = {};
    failures[i] = next;
  }
  return failures;
}

function isTest(node: Bash.PipelineNode | undefined): boolean {
  if (node?.type === 'TestCommand' || node?.type === 'ArithmeticCommand') return true;
  if (node?.type === 'Pipeline') return node.commands.length === 1 && isTest(node.commands[0]);
  return node?.type === 'Command' && (node.name?.value === '[' || node.name?.value === 'test');
}

function visitPipeline(walk: Walk, node: Bash.Pipeline, where: Where): void {
  const negated = node.prefixes.some((prefix) => prefix.type === 'Negation');
  const inner = negated ? { ...where, tested: true } : where;
  const first = walk.drafts.length;
  node.commands.forEach((command, i) => {
    const from = walk.drafts.length;
    visit(walk, command, inner);
    if (i < node.commands.length - 1) follow(walk, where, from, '|');
  });
  if (node.commands.length < 2) return;
  const commands: number[] = [];
  for (let i = first; i < walk.drafts.length; i++) {
    const draft = walk.drafts[i];
    if (draft && !draft.pipeline && draft.within === where.within) commands.push(i);
  }
  commands.forEach((index, position) => {
    const draft = walk.drafts[index];
    if (draft) draft.pipeline = { commands, position };
  });
}

/** Tells the last command since `from` what follows it. */
function follow(walk: Walk, where: Where, from: number, operator: NonNullable<Command['followedBy']>): void {
  for (let i = walk.drafts.length - 1; i >= from; i--) {
    const draft = walk.drafts[i];
    if (!draft || draft.within !== where.within) continue;
    draft.followedBy ??= operator;
    return;
  }
}
