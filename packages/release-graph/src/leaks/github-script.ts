import { parse } from 'acorn';
import type {
  AssignmentExpression,
  CallExpression,
  Expression,
  Identifier,
  Node,
  Property,
  SpreadElement,
  VariableDeclarator,
} from 'acorn';
import { full } from 'acorn-walk';
import type { MappedText } from '@plimsoll/documents';
import type { Surroundings } from './script-flow.ts';
import { through } from './tracked.ts';
import type { Tracked } from './tracked.ts';
import { argumentOf, calleeOf, isPassing, stringOf, topReturns } from './javascript.ts';
import type { Argument } from './javascript.ts';

/** A secret that a script of `actions/github-script` writes. */
export interface ScriptWrite {
  readonly at: MappedText;
  readonly secret: Tracked;
  readonly to: ScriptTarget;
}

export type ScriptTarget =
  | { readonly kind: 'log' }
  /** `file`: that of the runner, by the variable that names it. */
  | { readonly kind: 'output'; readonly file: string; readonly name: string }
  | { readonly kind: 'file'; readonly path: string };

/**
 * Follows the secrets of a script in JavaScript through its constants and variables, templates and the methods of strings. What
 * other functions do with one is not guessed. A script that is none gives nothing.
 */
export function followGithubScript(
  text: MappedText,
  around: Pick<Surroundings, 'variable' | 'expression'>,
): readonly ScriptWrite[] {
  const masked = text.text.replaceAll(/\$\{\{.*?\}\}/gs, (found) => found.replaceAll(/[^\n]/g, '_'));
  try {
    const program = parse(masked, {
      ecmaVersion: 'latest',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
    });
    const reader = new Reader(text, around);
    full(program, (node) => reader.read(node));
    for (const { argument } of topReturns(program)) if (argument) reader.give(argument, outputOf('result'));
    return reader.written;
  } catch {
    return [];
  }
}

class Reader {
  readonly written: ScriptWrite[] = [];
  readonly #text: MappedText;
  readonly #around: Pick<Surroundings, 'variable' | 'expression'>;
  readonly #variables = new Map<string, Tracked | undefined>();
  readonly #masked = new Set<string>();
  readonly #expressions: readonly { readonly start: number; readonly end: number }[];

  constructor(text: MappedText, around: Pick<Surroundings, 'variable' | 'expression'>) {
    this.#text = text;
    this.#around = around;
    this.#expressions = [...text.text.matchAll(/\$\{\{.*?\}\}/gs)].map(({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
    }));
  }

  /** Takes note of what one node does; those inside of it came before. */
  read(node: Node): void {
    if (isOf(node, 'VariableDeclarator') && node.init) {
      const { id, init } = node;
      if (id.type === 'Identifier') this.#set(id.name, init);
      if (id.type === 'ObjectPattern' && this.#source(init) === 'process.env') this.#setFromEnvironment(id.properties);
    }
    if (isOf(node, 'AssignmentExpression') && node.left.type === 'Identifier') this.#set(node.left.name, node.right);
    if (isOf(node, 'CallExpression')) this.#call(node);
  }

  /** Tells that a value goes somewhere, where it holds a secret. */
  give(value: Expression | SpreadElement, to: ScriptTarget, at: Node = value): void {
    const secret = this.#secret(value);
    if (!secret || (to.kind === 'log' && this.#masked.has(secret.source.text))) return;
    this.written.push({ at: this.#text.slice(at.start, at.end), secret, to });
  }

  #call(call: CallExpression): void {
    const callee = calleeOf(call);
    const [first, second] = call.arguments;
    if (callee === 'core.setSecret' && first) {
      const secret = this.#secret(first);
      if (secret) this.#masked.add(secret.source.text);
    }
    const file = FILES[callee];
    if (file !== undefined && second) this.give(second, outputOf((first && stringOf(first)) ?? '', file), call);
    if (LOGS.test(callee)) for (const each of call.arguments) this.give(each, { kind: 'log' }, call);
    if (/^core\.summary\b/.test(callee))
      for (const each of call.arguments) this.give(each, outputOf('', 'GITHUB_STEP_SUMMARY'), call);
    if (WRITES.test(callee) && first && second) this.give(second, this.#fileNamed(first), call);
  }

  #fileNamed(path: Argument): ScriptTarget {
    const [, variable] = /^process\.env\.(GITHUB_\w+)$/.exec(this.#source(path)) ?? [];
    return variable === undefined ? { kind: 'file', path: stringOf(path) ?? '' } : outputOf('', variable);
  }

  #set(name: string, value: Expression): void {
    const label = `${name} is set here`;
    this.#variables.set(name, through(this.#secret(value), this.#text.range(value.start, value.end), label));
  }

  #setFromEnvironment(properties: readonly Node[]): void {
    for (const property of properties) {
      if (!isOf(property, 'Property') || property.key.type !== 'Identifier') continue;
      const { key, value } = property as { key: { name: string }; value: Node };
      if (isOf(value, 'Identifier')) this.#variables.set(value.name, this.#around.variable(key.name));
    }
  }

  /** The secret in a value. */
  #secret(node: Argument): Tracked | undefined {
    if (node.type === 'Identifier' && this.#variables.has(node.name)) return this.#variables.get(node.name);
    const [, name] = /^process\.env(?:\.|\[['"])(\w+)(?:['"]\])?$/.exec(this.#source(node)) ?? [];
    if (name !== undefined) return this.#around.variable(name);
    if (node.type === 'Identifier' || node.type === 'Literal') return this.#written(node);
    if (node.type === 'CallExpression' && !isPassing(calleeOf(node))) return undefined;
    const inner = node.type === 'TemplateLiteral' ? node.quasis.map((quasi) => this.#written(quasi)) : [];
    return (
      inner.find(Boolean) ??
      argumentOf(node)
        .map((each) => this.#secret(each))
        .find(Boolean)
    );
  }

  /** The secret of an expression of the workflow that stands in a literal, or for a name. */
  #written({ start, end }: Node): Tracked | undefined {
    for (const one of this.#expressions) {
      if (one.end <= start || one.start >= end) continue;
      const places = this.#text.slice(one.start, one.end);
      const found = this.#around.expression(places.text, places);
      if (found) return found;
    }
    return undefined;
  }

  #source({ start, end }: Node): string {
    return end - start > 200 ? '' : this.#text.text.slice(start, end);
  }
}

const FILES: Readonly<Record<string, string>> = {
  'core.setOutput': 'GITHUB_OUTPUT',
  'core.exportVariable': 'GITHUB_ENV',
  'core.saveState': 'GITHUB_STATE',
};
const LOGS =
  /^(?:console\.(?:log|info|warn|error|debug)|core\.(?:info|notice|warning|error|debug|setFailed)|process\.std(?:out|err)\.write)$/;
const WRITES = /^(?:fs\.|fs\.promises\.)?(?:writeFile|appendFile)(?:Sync)?$/;

function outputOf(name: string, file = 'GITHUB_OUTPUT'): ScriptTarget {
  return { kind: 'output', file, name };
}

interface Nodes {
  readonly VariableDeclarator: VariableDeclarator;
  readonly AssignmentExpression: AssignmentExpression;
  readonly CallExpression: CallExpression;
  readonly Property: Property;
  readonly Identifier: Identifier;
}

function isOf<T extends keyof Nodes>(node: Node, type: T): node is Nodes[T] {
  return node.type === type;
}
