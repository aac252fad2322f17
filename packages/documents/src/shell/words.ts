import type * as Bash from 'unbash';
import { MappedText } from '../text/mapped-text.ts';
import type { ShellWord, WordPart } from './model.ts';
import { opaqueWithin } from './source.ts';
import type { ShellSource } from './source.ts';

/** A part with its place. */
interface Piece {
  readonly part: WordPart;
  readonly mapped: MappedText;
}

/** A word of the parser as one of the model. */
export function readWord(source: ShellSource, word: Bash.Word): ShellWord {
  return wordOf(source, word.pos, word.end, wordPieces(source, word));
}

/** `NAME=value` as a word; an array is no literal unless all its elements are. */
export function readAssignmentWord(source: ShellSource, assignment: Bash.Assignment): ShellWord {
  const { value } = assignment;
  const name = literal(source, assignment.pos, value.pos);
  const rest = value.type === 'Word' ? wordPieces(source, value) : arrayPieces(source, value);
  return wordOf(source, assignment.pos, assignment.end, [...name, ...rest]);
}

export function readArrayWord(source: ShellSource, array: Bash.ArrayValue): ShellWord {
  return wordOf(source, array.pos, array.end, arrayPieces(source, array));
}

/** A part of a word by offsets in its `text`. Its `raw` is its text, since quotes belong to the whole. */
export function sliceWord(word: ShellWord, start: number, end = word.text.length): ShellWord {
  if (start <= 0 && end >= word.text.length) return word;
  const parts: WordPart[] = [];
  let at = 0;
  for (const part of word.parts) {
    const text = part.text.slice(Math.max(0, start - at), Math.max(0, end - at));
    if (text !== '') parts.push({ ...part, text });
    at += part.text.length;
  }
  const mapped = word.mapped.slice(start, end);
  return { raw: mapped.text, text: mapped.text, parts, range: mapped.range(), mapped };
}

/** The text of a word without any variable, expression or substitution; undefined for others. */
export function literalText(word: ShellWord): string | undefined {
  return word.parts.every((part) => part.kind === 'literal') ? word.text : undefined;
}

function wordOf(source: ShellSource, start: number, end: number, pieces: readonly Piece[]): ShellWord {
  const parts: WordPart[] = [];
  for (const { part } of pieces) {
    const last = parts.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      parts[parts.length - 1] = { kind: 'literal', text: last.text + part.text };
    else parts.push(part);
  }
  const [only] = pieces;
  const mapped =
    pieces.length === 1 && only
      ? only.mapped
      : pieces.length === 0
        ? source.text.slice(Math.min(start + 1, end), Math.min(start + 1, end))
        : MappedText.join(
            source.text.file,
            pieces.map((piece) => piece.mapped),
          );
  return {
    raw: source.text.text.slice(start, end),
    text: mapped.text,
    parts,
    range: source.text.range(start, end),
    mapped,
  };
}

function wordPieces(source: ShellSource, word: Bash.Word): Piece[] {
  const { parts } = word;
  if (!parts) return literal(source, word.pos, word.end, word.value === word.text ? undefined : 'bare');
  return parts.flatMap((part) => partPieces(source, part, 'bare'));
}

type Quoting = 'bare' | 'double';

function partPieces(source: ShellSource, part: Bash.WordPart, quoting: Quoting): Piece[] {
  switch (part.type) {
    case 'Literal':
      return literal(source, part.pos, part.end, part.value === part.text ? undefined : quoting);
    case 'SingleQuoted':
      return literal(source, part.pos + 1, part.pos + 1 + part.value.length);
    case 'AnsiCQuoted':
      return ansiC(source, part);
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.flatMap((child) => partPieces(source, child, 'double'));
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return composite(source, part);
    case 'SimpleExpansion':
      return [whole(source, part, { kind: 'variable', name: part.text.slice(1), text: '', modified: false })];
    case 'ParameterExpansion':
      return [whole(source, part, parameter(source, part))];
    default:
      return [whole(source, part, { kind: 'substitution', text: '' })];
  }
}

/** As written, with what is expanded in it: `{$A,b}`, `*`, `@(a|$B)`. */
function composite(
  source: ShellSource,
  part: Bash.GlobPart | Bash.ExtendedGlobPart | Bash.BraceExpansionPart,
): Piece[] {
  const pieces: Piece[][] = [];
  let at = part.pos;
  for (const child of part.parts ?? []) {
    pieces.push(literal(source, at, child.pos), partPieces(source, child, 'bare'));
    at = child.end;
  }
  pieces.push(literal(source, at, part.end));
  return pieces.flat();
}

function arrayPieces(source: ShellSource, array: Bash.ArrayValue): Piece[] {
  const expanded = (piece: Piece) => piece.part.kind === 'variable' || piece.part.kind === 'substitution';
  const dynamic = array.elements.some((word) => wordPieces(source, word).some(expanded));
  if (dynamic) return [whole(source, array, { kind: 'substitution', text: '' })];
  return literal(source, array.pos, array.end);
}

function parameter(source: ShellSource, part: Bash.ParameterExpansionPart): WordPart {
  const { operation } = part;
  const keeps = !operation || (operation.type === 'Default' && !operation.operator.includes('+'));
  const modified = part.prefix !== undefined || part.index !== undefined || !keeps;
  const fallback =
    operation?.type === 'Default' && /[-=]/.test(operation.operator)
      ? readWord(source, operation.operand).text
      : undefined;
  const name = part.parameter;
  return { kind: 'variable', name, text: '', modified, ...(fallback !== undefined && { fallback }) };
}

function whole(source: ShellSource, node: { readonly pos: number; readonly end: number }, part: WordPart): Piece {
  const mapped = source.text.slice(node.pos, node.end);
  return { part: { ...part, text: mapped.text }, mapped };
}

/** `$'…'`: where it holds an escape, its characters all stand at the whole of it. */
function ansiC(source: ShellSource, part: Bash.AnsiCQuotedPart): Piece[] {
  const start = part.pos + 2;
  const written = source.code.slice(start, start + part.value.length);
  if (written === part.value || opaqueWithin(source, part.pos, part.end).length > 0) {
    return literal(source, start, Math.max(start, part.end - 1));
  }
  const { file } = source.text;
  const range = source.text.range(part.pos, part.end);
  const segment = { at: 0, source: range.start, length: part.value.length, sourceLength: range.end - range.start };
  return [{ part: { kind: 'literal', text: part.value }, mapped: new MappedText(file, part.value, [segment]) }];
}

/** Literal text of the script, with what is opaque in it as parts of their own, and without backslashes that quote. */
function literal(source: ShellSource, start: number, end: number, unquote?: Quoting): Piece[] {
  if (source.opaque.length === 0) return plain(source, start, end, unquote);
  const pieces: Piece[][] = [];
  let at = start;
  for (const opaque of opaqueWithin(source, start, end)) {
    if (opaque.start < start || opaque.end > end) continue;
    pieces.push(plain(source, at, opaque.start, unquote));
    pieces.push([{ part: opaque.part, mapped: source.text.slice(opaque.start, opaque.end) }]);
    at = opaque.end;
  }
  pieces.push(plain(source, at, end, unquote));
  return pieces.flat();
}

function plain(source: ShellSource, start: number, end: number, unquote: Quoting | undefined): Piece[] {
  if (start >= end) return [];
  const { code, text } = source;
  const pieces: Piece[] = [];
  const add = (a: number, b: number) => {
    if (a >= b) return;
    const mapped = text.slice(a, b);
    pieces.push({ part: { kind: 'literal', text: mapped.text }, mapped });
  };
  let from = start;
  let at = unquote ? code.indexOf('\\', start) : -1;
  while (at >= 0 && at < end - 1) {
    const next = code[at + 1] ?? '';
    if (unquote === 'bare' || '$`"\\\n'.includes(next)) {
      add(from, at);
      from = next === '\n' ? at + 2 : at + 1;
    }
    at = code.indexOf('\\', at + 2);
  }
  add(from, end);
  return pieces;
}
