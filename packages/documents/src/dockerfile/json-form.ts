import type { MappedText } from '../text/mapped-text.ts';
import { isSpace } from '../text/space.ts';
import type { Word } from './model.ts';

/**
 * The words of an argument list in JSON form; undefined where it is not in that form (then it is the shell's).
 *
 * `mixed` is a JSON array with something else than strings, which BuildKit refuses. A word's `raw` is the string's value
 * (the builder expands that), its range what stands between the quotes.
 */
export function readJsonForm(text: MappedText): { words: Word[] } | 'mixed' | undefined {
  let at = 0;
  while (isSpace(text.text[at])) at++;
  if (text.text[at] !== '[') return undefined;
  return readStrings(text, at + 1) ?? (isJsonArray(text.text.slice(at)) ? 'mixed' : undefined);
}

const blank = /[\t\n\r ]*/y;
// eslint-disable-next-line no-control-regex -- JSON takes no control character in a string
const string = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;

function readStrings(text: MappedText, start: number): { words: Word[] } | undefined {
  const all = text.text;
  const words: Word[] = [];
  let at = skip(blank, all, start);
  if (all[at] === ']') return ends(all, at) ? { words } : undefined;
  for (;;) {
    const end = skip(string, all, at);
    if (end === at) return undefined;
    words.push({ raw: JSON.parse(all.slice(at, end)) as string, range: text.range(at + 1, end - 1) });
    at = skip(blank, all, end);
    if (all[at] === ']') return ends(all, at) ? { words } : undefined;
    if (all[at] !== ',') return undefined;
    at = skip(blank, all, at + 1);
  }
}

function ends(all: string, bracket: number): boolean {
  return skip(blank, all, bracket + 1) === all.length;
}

function skip(pattern: RegExp, all: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(all) ? pattern.lastIndex : at;
}

function isJsonArray(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
