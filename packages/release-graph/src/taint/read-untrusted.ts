import type { Expression, Range } from '@plimsoll/documents';
import type { UntrustedText } from './model.ts';
import { sourceAt, sourcesWithin } from './sources.ts';

/** A field of the context `github` that is free text; undefined for other fields and contexts. */
export function untrustedField([context, ...path]: readonly string[], range: Range): UntrustedText | undefined {
  const source = context === 'github' ? sourceAt(path) : undefined;
  return source && { ...source, path: `github.${path.join('.')}`, range };
}

/** The same of an expression whose path is not all literal: `github.event.commits[0].message`. */
export function untrustedAt(expression: Expression): readonly UntrustedText[] {
  const path = pathOf(expression);
  const found = path && untrustedField(path, expression.range);
  return found ? [found] : [];
}

/** The free text below an object: all that its JSON holds. */
export function untrustedWithin(expression: Expression): readonly UntrustedText[] {
  const [context, ...path] = pathOf(expression) ?? [];
  if (context !== 'github') return [];
  return sourcesWithin(path).map((source) => ({ ...source, path: `github.${source.path}`, range: expression.range }));
}

function pathOf(expression: Expression): readonly string[] | undefined {
  if (expression.kind === 'context') return [expression.name.toLowerCase()];
  if (expression.kind !== 'access' || expression.base.kind !== 'context') return undefined;
  const names = expression.path.map((accessor) => (accessor.kind === 'name' ? accessor.name : '*'));
  return [expression.base.name.toLowerCase(), ...names];
}
