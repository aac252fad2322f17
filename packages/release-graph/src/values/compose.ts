import type { MappedText } from '@plimsoll/documents';
import { formText, isKnown, joined, literal, oneOf, unknown } from './resolved.ts';
import type { Resolved } from './resolved.ts';

/** What a variable of a compose file stands for; undefined where it is not set. */
export type Lookup = (name: string) => Resolved | undefined;

const maxDepth = 20;

/** Replaces `$NAME`, `${NAME}`, `${NAME:-default}` and the like, as Compose does; `$$` is a dollar. */
export function expandCompose(text: string, lookup: Lookup, depth = 0): Resolved {
  if (!text.includes('$')) return literal(text);
  const pieces: Resolved[] = [];
  let at = 0;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
    pieces.push(literal(text.slice(at, dollar)));
    const piece = readVariable(text, dollar, lookup, depth);
    pieces.push(piece.value);
    at = piece.end;
  }
  return joined([...pieces, literal(text.slice(at))]);
}

function readVariable(
  text: string,
  dollar: number,
  lookup: Lookup,
  depth: number,
): { readonly value: Resolved; readonly end: number } {
  const next = text[dollar + 1];
  if (next === '$') return { value: literal('$'), end: dollar + 2 };
  if (next !== '{') {
    const name = /^[A-Za-z_]\w*/.exec(text.slice(dollar + 1, dollar + 200))?.[0];
    if (name === undefined) return { value: literal('$'), end: dollar + 1 };
    return { value: plain(name, `$${name}`, lookup), end: dollar + 1 + name.length };
  }
  const close = closingBrace(text, dollar + 2);
  if (close < 0 || depth >= maxDepth)
    return { value: unknown(text.slice(dollar), 'the variable is not closed'), end: text.length };
  const inner = text.slice(dollar + 2, close);
  return { value: braced(inner, text.slice(dollar, close + 1), lookup, depth), end: close + 1 };
}

function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  return -1;
}

function braced(inner: string, whole: string, lookup: Lookup, depth: number): Resolved {
  const [, name] = /^([A-Za-z_]\w*)/.exec(inner) ?? [];
  const [, operator, word] = /^(:?[-+?])(.*)$/s.exec(inner.slice(name?.length ?? 0)) ?? [];
  if (name === undefined) return unknown(whole, 'it is no variable');
  const value = lookup(name);
  if (operator === undefined || operator.endsWith('?')) return value ?? plain(name, whole, lookup);
  const other = expandCompose(word ?? '', lookup, depth + 1);
  if (operator.endsWith('+')) return value ? other : oneOf([other, literal('')]);
  if (!value) return other;
  const set = value.forms.filter((form) => !isKnown(form) || formText(form) !== '');
  return set.length === value.forms.length ? value : oneOf([{ ...value, forms: set }, other]);
}

function plain(name: string, whole: string, lookup: Lookup): Resolved {
  return lookup(name) ?? unknown(whole, `the variable ${name} is set outside of the repository`);
}

/** The variables of an `.env` file. */
export function readDotEnv(text: MappedText): ReadonlyMap<string, Resolved> {
  const variables = new Map<string, Resolved>();
  let at = 0;
  for (const line of text.text.split('\n')) {
    const start = at;
    at += line.length + 1;
    const equals = line.indexOf('=');
    const name = /^(?:export\s+)?([A-Za-z_]\w*)$/.exec(line.slice(0, Math.max(0, equals)).trim())?.[1];
    if (name === undefined) continue;
    const value = line.slice(equals + 1).trim();
    const unquoted = /^(["'])(.*)\1$/.exec(value)?.[2] ?? (value.split(' #', 1)[0] ?? '').trimEnd();
    variables.set(
      name,
      literal(unquoted, [{ at: text.range(start, start + line.length), label: `${name} is set here` }]),
    );
  }
  return variables;
}
