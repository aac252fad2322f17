import { LexFault, readUntil } from './lex.ts';
import type { Cursor, Lookup, Piece } from './lex.ts';
import { parseGlob, replaceGlob, trimPrefix, trimSuffix } from './glob.ts';

/** Reads `$name` or `${…}`; the cursor stands on the `$`. */
export function readDollar(cursor: Cursor): Piece {
  const start = cursor.at++;
  if (cursor.text[cursor.at] !== '{') {
    const variable = readName(cursor);
    if (variable === '') return { text: '$' };
    return plainValue(cursor, variable, cursor.text.slice(start, cursor.at));
  }
  cursor.at++;
  const first = cursor.text[cursor.at];
  if (first === undefined) throw new LexFault('"}" is missing');
  if (first === '{' || first === '}' || first === ':') throw new LexFault(`"\${${first}" names no variable`);
  const variable = readName(cursor);
  const operator = cursor.text[cursor.at++];
  if (operator === undefined) throw new LexFault('"}" is missing');
  if (operator === '}') return plainValue(cursor, variable, cursor.text.slice(start, cursor.at));
  if (operator === '/') return replaced(cursor, variable);
  return operated(cursor, variable, operator);
}

function plainValue(cursor: Cursor, name: string, written: string): Piece {
  const found = cursor.options.lookup(name);
  if (found.state === 'set') return { text: found.value };
  if (found.state !== 'undeclared') return { text: '', unknown: found.reason };
  return { text: cursor.options.keepUndeclared ? written : '' };
}

const operators = new Set(['-', '+', '?', '#', '%']);

function operated(cursor: Cursor, name: string, first: string): Piece {
  const colon = first === ':';
  const operator = colon ? cursor.text[cursor.at++] : first;
  const pattern = operator === '#' || operator === '%';
  if (operator === undefined) throw new LexFault('"}" is missing');
  if (colon && pattern) throw new LexFault(`":${operator}" is no operator`);
  const word = readUntil(cursor, '}', pattern, pattern);
  const found = cursor.options.lookup(name);
  if (cursor.options.keepUndeclared && found.state === 'undeclared') {
    return { text: `\${${name}${colon ? ':' : ''}${operator}${word.text}}` };
  }
  if (!operators.has(operator)) throw new LexFault(`"${colon ? ':' : ''}${operator}" is no operator`);
  if (pattern) return trimmed(found, operator, word);
  if (found.state === 'unknown') return { text: '', unknown: found.reason };
  const value = found.state === 'set' && !(colon && found.value === '') ? found.value : undefined;
  if (operator === '-') return value === undefined ? word : { text: value };
  if (operator === '+') return value === undefined ? { text: '' } : word;
  if (value !== undefined) return { text: value };
  throw new LexFault(word.text ? `${name}: ${word.text}` : `${name} ${colon ? 'may not be empty' : 'must be set'}`);
}

/** `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}` */
function trimmed(found: Lookup, operator: string, word: Piece): Piece {
  const known = valueOf(found);
  const unknown = known.unknown ?? word.unknown;
  if (unknown !== undefined) return { text: '', unknown };
  const longest = word.text.startsWith(operator);
  const glob = parseGlob(longest ? word.text.slice(1) : word.text);
  if (typeof glob === 'string') throw new LexFault(glob);
  return (operator === '#' ? trimPrefix : trimSuffix)(known.text, glob, longest);
}

/** `${x/p/r}`, `${x//p/r}` */
function replaced(cursor: Cursor, name: string): Piece {
  const all = cursor.text[cursor.at] === '/';
  if (all) cursor.at++;
  const pattern = readUntil(cursor, '/', true, true);
  const replacement = readUntil(cursor, '}', true, false);
  const found = cursor.options.lookup(name);
  if (cursor.options.keepUndeclared && found.state === 'undeclared') {
    return { text: `\${${name}/${pattern.text}/${replacement.text}}` };
  }
  const known = valueOf(found);
  const unknown = known.unknown ?? pattern.unknown ?? replacement.unknown;
  if (unknown !== undefined) return { text: '', unknown };
  const glob = parseGlob(pattern.text);
  if (typeof glob === 'string') throw new LexFault(glob);
  return replaceGlob(known.text, glob, replacement.text, all);
}

function valueOf(found: Lookup): Piece {
  if (found.state === 'set') return { text: found.value };
  return found.state === 'undeclared' ? { text: '' } : { text: '', unknown: found.reason };
}

const variableName = /\p{Nd}+|[\p{L}_][\p{L}\p{Nd}_]*|[@*#?$!-]/uy;

/** A name: letters, digits and `_`; digits alone where it starts with one; or one of the shell's special characters. */
function readName(cursor: Cursor): string {
  variableName.lastIndex = cursor.at;
  const found = variableName.exec(cursor.text)?.[0] ?? '';
  cursor.at += found.length;
  return found;
}
