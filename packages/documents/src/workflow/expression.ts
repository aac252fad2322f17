import type { MappedText } from '../text/mapped-text.ts';
import type { Range } from '../text/source-file.ts';

/** One `${{ … }}` of a string, or an `if:` without braces. */
export interface ExpressionPart {
  /** Offsets into the string, with the braces. */
  readonly start: number;
  readonly end: number;
  /** The same in the file. */
  readonly range: Range;
  /** What stands between the braces, trimmed. */
  readonly text: string;
  /** Undefined where it is empty or cannot be read. */
  readonly expression?: Expression;
  /** Why it cannot be read. */
  readonly error?: string;
}

/** What an `if:` says. */
export interface Condition {
  readonly text: MappedText;
  /** One part, unless it is empty or mixed. */
  readonly parts: readonly ExpressionPart[];
  /** Text stands beside `${{ }}`, be it a space or a line break: the result is a text that is not empty, so always true. */
  readonly mixed: boolean;
}

/** A GitHub expression. Parentheses are not kept; names are as written. */
export type Expression =
  LiteralExpression | ContextExpression | AccessExpression | CallExpression | OperationExpression;

export interface LiteralExpression {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  readonly range: Range;
}

/** `github`, `secrets` … by itself, or as the base of an access. */
export interface ContextExpression {
  readonly kind: 'context';
  readonly name: string;
  readonly range: Range;
}

/** `base.a['b'][c].*`; the base is no access itself. */
export interface AccessExpression {
  readonly kind: 'access';
  readonly base: Expression;
  readonly path: readonly Accessor[];
  readonly range: Range;
}

export type Accessor =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'star' }
  | { readonly kind: 'index'; readonly index: Expression };

export interface CallExpression {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  readonly range: Range;
}

/** `!` has one operand, comparisons have two, `&&` and `||` two or more. */
export interface OperationExpression {
  readonly kind: 'operation';
  readonly operator: Operator;
  readonly operands: readonly Expression[];
  readonly range: Range;
}

export type Operator = '!' | '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A dotted path that an expression reads. */
export interface ContextPath {
  /** The context's name in lower case: `secrets`. */
  readonly context: string;
  /** What is read of it, as written; `*` for a part that is not literal. */
  readonly names: readonly string[];
  /** Both: `secrets.NPM_TOKEN`, `needs.*.result`. */
  readonly path: string;
  readonly range: Range;
}
