import { MappedText, decodeFile } from '@plimsoll/documents';
import type { Range, SourceFile } from '@plimsoll/documents';
import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';

/** One entry of an `args` block of a bake file (HCL or JSON). */
export interface BakeArg {
  readonly name: string;
  readonly range: Range;
  /** The variables that its value reads. */
  readonly variables: readonly string[];
}

/** What buildx reads where no file is named. */
export const defaultBakeFiles: readonly string[] = [
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
];

const MAX_BYTES = 500_000;

/**
 * The entries of all `args` blocks of a bake file. Functions and conditions are not evaluated: a variable that is named in a
 * value counts as read by it. Empty for a file that is not there or cannot be read.
 */
export function readBakeArgs(tree: Tree, path: string): readonly BakeArg[] {
  const file = readFile(tree, path);
  if (!file) return [];
  const found: BakeArg[] = [];
  const opening = /\bargs"?\s{0,20}[=:]\s{0,20}\{/g;
  for (let match = opening.exec(file.text); match; match = opening.exec(file.text)) {
    const start = match.index + match[0].length;
    const end = closingBrace(file.text, start);
    found.push(...entriesOf(file, start, end));
    opening.lastIndex = Math.max(end, opening.lastIndex);
  }
  return found;
}

function readFile(tree: Tree, path: string): SourceFile | undefined {
  try {
    const bytes = tree.read(path, MAX_BYTES);
    return bytes && decodeFile(path, bytes, 'syntax/manifest').file;
  } catch (error) {
    if (error instanceof TreeReadError) return undefined;
    throw error;
  }
}

/** Where the block ends; braces in strings (`${…}`) come in pairs. */
function closingBrace(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

/** `NAME = value` in HCL, one a line; `"NAME": "value"` in JSON, with commas between. */
function entriesOf(file: SourceFile, start: number, end: number): readonly BakeArg[] {
  const found: BakeArg[] = [];
  const entry = /(?:^|[\n,{])[ \t]*"?([A-Za-z_]\w{0,199})"?[ \t]*[=:][ \t]*([^\n,]{0,2000})/g;
  const text = file.text.slice(start, end);
  for (const match of text.matchAll(entry)) {
    const [whole, name = '', value = ''] = match;
    const from = start + match.index + whole.search(/["A-Za-z_]/);
    const range = MappedText.of({ file, start: from, end: start + match.index + whole.trimEnd().length }).range();
    found.push({ name, range, variables: variablesIn(value) });
  }
  return found;
}

/** The names in `${…}`, or those of an expression which is no string. */
function variablesIn(value: string): readonly string[] {
  const expressions = value.trim().startsWith('"')
    ? [...value.matchAll(/\$\{([^}]{0,500})\}/g)].map(([, inner = '']) => inner)
    : [value];
  return [...new Set(expressions.flatMap((text) => text.replace(/"[^"]*"/g, '').match(/\b[A-Za-z_]\w*\b/g) ?? []))];
}
