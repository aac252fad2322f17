import type { CallExpression, Expression, Node, Program, ReturnStatement, SpreadElement } from 'acorn';
import { simple, base } from 'acorn-walk';

export type Argument = Expression | SpreadElement;

/** `core.setOutput`; '' where it is no chain of names. */
export function calleeOf({ callee }: CallExpression): string {
  const names: string[] = [];
  for (let at: Node = callee; ;) {
    const node = at as CallExpression['callee'];
    if (node.type === 'Identifier') return [node.name, ...names].join('.');
    if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier') {
      names.unshift(node.property.name);
      at = node.object;
    } else if (node.type === 'CallExpression') at = node.callee;
    else return ['', ...names].join('.');
  }
}

/** Whether a call gives a text that holds what it is given. */
export function isPassing(callee: string): boolean {
  return PASSING.test(callee);
}

const PASSING =
  /^(?:JSON\.stringify|String|encodeURIComponent|btoa|atob|Buffer\.from|Buffer\.from\.toString)$|\.(?:trim|trimStart|trimEnd|toString|replace|replaceAll|toUpperCase|toLowerCase|slice|substring|split|join|concat|padStart|padEnd)$/;

/** What a value is made of. */
export function argumentOf(node: Argument): readonly Argument[] {
  switch (node.type) {
    case 'TemplateLiteral':
      return node.expressions;
    case 'BinaryExpression':
      return node.operator === '+' && node.left.type !== 'PrivateIdentifier' ? [node.left, node.right] : [];
    case 'LogicalExpression':
      return [node.left, node.right];
    case 'ConditionalExpression':
      return [node.consequent, node.alternate];
    case 'AwaitExpression':
    case 'SpreadElement':
      return [node.argument];
    case 'ArrayExpression':
      return node.elements.filter((each) => each !== null);
    case 'ObjectExpression':
      return node.properties.map((each) => (each.type === 'Property' ? each.value : each.argument));
    case 'CallExpression':
      return [
        ...node.arguments,
        ...(node.callee.type === 'MemberExpression' && node.callee.object.type !== 'Super' ? [node.callee.object] : []),
      ];
    default:
      return [];
  }
}

export function stringOf(node: Argument): string | undefined {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** The returns of the script itself, not those of functions in it. */
export function topReturns(program: Program): readonly ReturnStatement[] {
  const found: ReturnStatement[] = [];
  const ownOnly = { ...base, Function: () => undefined };
  simple(program, { ReturnStatement: (node) => void found.push(node) }, ownOnly);
  return found;
}
