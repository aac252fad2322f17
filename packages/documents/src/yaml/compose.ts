import { Composer, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Pair, ParsedNode, Scalar, YAMLMap, YAMLParseError, YAMLSeq } from 'yaml';
import type { Range, SourceFile } from '../text/source-file.ts';
import { textOf } from '../text/source-file.ts';
import { Aliases } from './aliases.ts';
import type { BlockScalar } from './block-scalar.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSequence } from './model.ts';
import { nullNode, scalarNode } from './nodes.ts';
import type { ProblemList } from './problems.ts';
import type { Lexeme, Tokens } from './tokens.ts';

/** YAML 1.2 core. The library's own check for duplicate keys is quadratic. */
const OPTIONS = {
  version: '1.2',
  uniqueKeys: false,
  keepSourceTokens: true,
  resolveKnownTags: false,
  logLevel: 'silent',
} as const;

interface Context {
  readonly file: SourceFile;
  /** Where the composed text starts in the file. */
  readonly offset: number;
  readonly tags: readonly Lexeme[];
  readonly aliases: Aliases;
  readonly problems: ProblemList;
  readonly repeatedKeys: boolean;
}

/** Composes the tokens of a text, which starts at `offset` of the file, into one tree a document. */
export function composeNodes(
  file: SourceFile,
  offset: number,
  tokens: Tokens,
  problems: ProblemList,
  repeatedKeys: boolean,
): YamlNode[] {
  const composer = new Composer(OPTIONS);
  const documents = withoutStackTraces(() => [...composer.compose(tokens.tokens)]);
  const faults = [...documents, composer.streamInfo()].flatMap(({ errors }) => errors);
  for (const { pos, code, message } of placed(faults, file.text.slice(offset), tokens.unclosed))
    problems.add(offset + pos[0], offset + pos[1], message, helpFor(code, message));
  return documents.map((document) => {
    const context = { file, offset, tags: tokens.tags, aliases: new Aliases(file, problems), problems, repeatedKeys };
    return document.contents ? convert(document.contents, 1, context) : nullNode(file, offset + document.range[0]);
  });
}

type Fault = Pick<YAMLParseError, 'pos' | 'code' | 'message'>;

/**
 * A key that is indented too far goes on with the value above it: the library marks that value, and here the key is marked.
 * Of text in quotes the library marks the end, where the last one is missing; here its first line is.
 */
function placed(faults: readonly Fault[], text: string, unclosed: readonly Lexeme[]): readonly Fault[] {
  const starts = new Map(unclosed.map((lexeme) => [lexeme.start + lexeme.text.length, lexeme]));
  const deeper = new Set(faults.filter(({ code }) => code === 'MULTILINE_IMPLICIT_KEY').map(({ pos }) => pos[0]));
  return faults
    .filter(({ code, pos }) => code !== 'BLOCK_AS_IMPLICIT_KEY' || !deeper.has(pos[0]))
    .map((fault) => {
      if (fault.code === 'MULTILINE_IMPLICIT_KEY') return atLastLine(fault, text);
      const open = fault.code === 'MISSING_CHAR' ? starts.get(fault.pos[0]) : undefined;
      return open ? { code: fault.code, message: fault.message, pos: firstLineOf(open) } : fault;
    });
}

function firstLineOf({ text, start }: Lexeme): Fault['pos'] {
  return [start, start + (text.split('\n', 1)[0] ?? '').trimEnd().length];
}

function atLastLine({ code, message, pos: [start, end] }: Fault, text: string): Fault {
  const lineBreak = text.lastIndexOf('\n', end - 1);
  if (lineBreak < start) return { code, message, pos: [start, end] };
  const indent = /^[ \t]*/.exec(text.slice(lineBreak + 1, end))?.[0].length ?? 0;
  return { code, message, pos: [lineBreak + 1 + indent, end] };
}

const HELP: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with spaces',
  BAD_SCALAR_START: 'Put the value in quotes',
  MULTILINE_IMPLICIT_KEY: 'Line up the keys of a map',
  BLOCK_AS_IMPLICIT_KEY: 'Line up the keys of a map, and put a value that holds ": " in quotes',
};

function helpFor(code: string, message: string): string | undefined {
  return message.startsWith('Tags and anchors') ? 'Put a value that starts with ! or & in quotes' : HELP[code];
}

/** The library makes an Error of each fault, and the traces of 100,000 of them take seconds. */
function withoutStackTraces<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function convert(node: ParsedNode, depth: number, context: Context): YamlNode {
  if (isAlias(node)) return aliasNode(node, depth, context);
  const { anchor } = node;
  if (anchor === undefined) return convertOwn(node, depth, context);
  return context.aliases.anchor(anchor, depth, () => convertOwn(node, depth, context));
}

function aliasNode(node: Alias.Parsed, depth: number, { aliases, offset }: Context): YamlNode {
  return aliases.resolve(node.source, depth, offset + node.range[0], offset + node.range[1]);
}

function convertOwn(node: Exclude<ParsedNode, Alias.Parsed>, depth: number, context: Context): YamlNode {
  context.aliases.count(depth);
  if (isScalar(node)) return scalar(node, context);
  if (isMap(node)) return mapNode(node, depth, context);
  return sequenceNode(node, depth, context);
}

function mapNode(node: YAMLMap.Parsed, depth: number, context: Context): YamlMap {
  const seen = new Map<string, YamlEntry>();
  const entries = node.items.map((pair) => {
    const entry = entryNode(pair, depth, context);
    const before = seen.get(entry.key);
    if (before && !context.repeatedKeys) reportDuplicate(entry, before, context);
    if (!before) seen.set(entry.key, entry);
    return entry;
  });
  return { type: 'map', range: rangeOf(node, context), entries };
}

function reportDuplicate({ key, keyRange }: YamlEntry, before: YamlEntry, { file, problems }: Context): void {
  const { line } = file.positionAt(before.keyRange.start);
  problems.add(
    keyRange.start,
    keyRange.end,
    `The key "${key}" is given twice; it is first given in line ${line}`,
    'Keep one of the two',
  );
}

function entryNode(pair: Pair<ParsedNode, ParsedNode | null>, depth: number, context: Context): YamlEntry {
  const { file, offset } = context;
  const { key } = pair;
  const keyRange = file.range(offset + key.range[0], offset + key.range[1]);
  const keyText = isScalar(key) && key.anchor === undefined ? key.source : textOfKey(convert(key, depth + 1, context));
  if (pair.value) return { key: keyText, keyRange, value: convert(pair.value, depth + 1, context) };
  context.aliases.count(depth + 1);
  return { key: keyText, keyRange, value: nullNode(file, keyRange.end) };
}

function textOfKey(key: YamlNode): string {
  return key.type === 'scalar' ? key.text.text : textOf(key.range);
}

function sequenceNode(node: YAMLSeq.Parsed, depth: number, context: Context): YamlSequence {
  const items = node.items.map((item) => convert(item, depth + 1, context));
  return { type: 'sequence', range: rangeOf(node, context), items };
}

const STYLES = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
} as const;

function scalar(node: Scalar.Parsed, context: Context): YamlScalar {
  const { value, source } = node;
  const simple = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const block = blockOf(node, context.offset);
  const tag = node.tag === undefined ? undefined : tagBefore(node.range[0], context);
  return scalarNode({
    range: rangeOf(node, context),
    value: simple ? value : source,
    style: STYLES[node.type ?? 'PLAIN'],
    source,
    ...(tag && { tag }),
    ...(block && { block }),
  });
}

function blockOf({ srcToken }: Scalar.Parsed, offset: number): BlockScalar | undefined {
  if (srcToken?.type !== 'block-scalar') return undefined;
  const props = srcToken.props.map((token) => ('source' in token ? token.source : ''));
  const start = offset + srcToken.offset + props.join('').length;
  return { header: props[0] ?? '', start, end: start + srcToken.source.length, parentIndent: srcToken.indent };
}

/** The last tag before a node that has one. */
function tagBefore(at: number, { file, offset, tags }: Context): YamlScalar['tag'] {
  let low = 0;
  let high = tags.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tags[middle]?.start ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const tag = tags[low - 1];
  return tag && { text: tag.text, range: file.range(offset + tag.start, offset + tag.start + tag.text.length) };
}

function rangeOf(node: ParsedNode, { file, offset }: Context): Range {
  const start = offset + node.range[0];
  return file.range(start, Math.max(start, sourceEnd(node, file.text, offset)));
}

/** The library counts the comments and line breaks behind a block as a part of it. */
function sourceEnd(node: ParsedNode, text: string, offset: number): number {
  const end = offset + node.range[1];
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (last) return sourceEnd(last.value ?? last.key, text, offset);
  }
  if (isSeq(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (last) return sourceEnd(last, text, offset);
  }
  if (!isScalar(node) || node.type === undefined || !node.type.startsWith('BLOCK')) return end;
  let at = end;
  while (at > offset + node.range[0] && ' \t\r\n'.includes(text[at - 1] ?? '')) at -= 1;
  return at;
}
