import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';

/** The most that is read of a configuration file, in bytes. */
const maxBytes = 2_000_000;

/** The text of a file of the tree; undefined where there is none, or it is larger than `limit` bytes or cannot be read. */
export function readTextOf(tree: Tree, path: string, limit = maxBytes): string | undefined {
  try {
    if (!tree.entry(path) || tree.size(path) > limit) return undefined;
    const bytes = tree.read(path, limit);
    return bytes && new TextDecoder().decode(bytes);
  } catch (error) {
    if (error instanceof TreeReadError) return undefined;
    throw error;
  }
}

/** The object in a JSON file, with comments and trailing commas as tsconfig.json may have them; undefined where it is none. */
export function readJsonObject(tree: Tree, path: string): JsonObject | undefined {
  const text = readTextOf(tree, path);
  if (text === undefined) return undefined;
  return parseJsonObject(text);
}

/** The object that a text is, read in the same way. */
export function parseJsonObject(text: string): JsonObject | undefined {
  return objectOf(parseJson(text) ?? parseJson(plainJson(text)));
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function stringIn(object: JsonObject | undefined, key: string): string | undefined {
  const value = object?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** The strings of a list; none for anything else. */
export function stringsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without comments and trailing commas. */
function plainJson(text: string): string {
  const pieces: string[] = [];
  let comma: number | undefined;
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length;) {
    const end = endOfToken(text, at);
    const token = text.slice(at, end);
    at = end;
    if (token.startsWith('//') || token.startsWith('/*')) continue;
    if (comma !== undefined && (token === ']' || token === '}')) pieces[comma] = '';
    if (token === ',') comma = pieces.length;
    else if (token.trim() !== '') comma = undefined;
    pieces.push(token);
  }
  return pieces.join('');
}

/** Behind the string, the comment or the one character that starts here. */
function endOfToken(text: string, start: number): number {
  if (text[start] === '"') {
    let at = start + 1;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    return at + 1;
  }
  const close = text.startsWith('//', start) ? '\n' : text.startsWith('/*', start) ? '*/' : undefined;
  if (close === undefined) return start + 1;
  const end = text.indexOf(close, start + 2);
  return end < 0 ? text.length : end + close.length;
}
