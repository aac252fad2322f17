import type { Range, SourceFile } from '@plimsoll/documents';
import type { BakeBlock, BakeEntry, BakeValue } from './bake-model.ts';
import { hclTokens, templateEnd } from './hcl-tokens.ts';
import type { Token } from './hcl-tokens.ts';

const maxDepth = 40;

/** The blocks of an HCL file with their attributes, as far as they can be read. Blocks in blocks are left out. */
export function readHcl(file: SourceFile): readonly BakeBlock[] {
  const reader = new Reader(file, hclTokens(file.text));
  const blocks: BakeBlock[] = [];
  while (reader.peek().type !== 'end') {
    const block = reader.block();
    if (block) blocks.push(block);
  }
  return blocks;
}

/** A place in a list of tokens. */
class Reader {
  readonly #file: SourceFile;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth: number;

  constructor(file: SourceFile, tokens: readonly Token[], depth = 0) {
    this.#file = file;
    this.#tokens = tokens;
    this.#depth = depth;
  }

  peek(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] as Token;
  }

  #next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  #is(text: string): boolean {
    const token = this.peek();
    return token.type === 'mark' && token.text === text;
  }

  #skipLines(): void {
    while (this.peek().type === 'line') this.#at++;
  }

  /** Undefined where something else stands; that is skipped. */
  block(): BakeBlock | undefined {
    const first = this.#next();
    if (first.type !== 'name') return undefined;
    const labels: string[] = [];
    while (this.peek().type === 'template' || this.peek().type === 'name') labels.push(this.#next().text);
    if (!this.#is('{')) {
      this.#skipToLine();
      return undefined;
    }
    this.#next();
    const entries = this.#body();
    return { type: first.text, label: labels[0] ?? '', range: this.#file.range(first.start, first.end), entries };
  }

  #skipToLine(): void {
    while (this.peek().type !== 'line' && this.peek().type !== 'end') this.#at++;
  }

  #body(): readonly BakeEntry[] {
    const entries: BakeEntry[] = [];
    for (;;) {
      this.#skipLines();
      const token = this.peek();
      if (token.type === 'end') return entries;
      if (this.#is('}')) {
        this.#next();
        return entries;
      }
      const entry = this.#attribute();
      if (entry) entries.push(entry);
    }
  }

  #attribute(): BakeEntry | undefined {
    const name = this.#next();
    if (this.#is('=')) {
      this.#next();
      return {
        key: name.text,
        keyRange: this.#file.range(name.inner, name.inner + name.text.length),
        value: this.#value(),
      };
    }
    while (this.peek().type === 'template' || this.peek().type === 'name') this.#next();
    if (this.#is('{') && this.#depth < maxDepth) {
      this.#next();
      this.#depth++;
      this.#body();
      this.#depth--;
    }
    return undefined;
  }

  #value(): BakeValue {
    const start = this.peek().start;
    if (this.#depth >= maxDepth) {
      this.#next();
      return this.#rest(start);
    }
    this.#depth++;
    const left = this.#compared(start);
    const value = this.#is('?') ? this.#choice(left, start) : left;
    this.#depth--;
    return value;
  }

  #choice(condition: BakeValue, start: number): BakeValue {
    this.#next();
    this.#skipLines();
    const yes = this.#value();
    this.#skipLines();
    if (!this.#is(':')) return this.#rest(start);
    this.#next();
    this.#skipLines();
    const no = this.#value();
    return { kind: 'choice', condition, yes, no, range: this.#file.range(start, no.range.end) };
  }

  #compared(start: number): BakeValue {
    const left = this.#primary();
    const token = this.peek();
    if (token.type !== 'mark' || !/^(?:[=!<>]=|&&|\|\||[<>+\-*/%])$/.test(token.text)) return left;
    this.#next();
    this.#skipLines();
    const right = this.#depth >= maxDepth ? this.#rest(start) : this.#deeper(() => this.#compared(this.peek().start));
    const range = this.#file.range(start, right.range.end);
    if (token.text === '==' || token.text === '!=')
      return { kind: 'compare', equal: token.text === '==', left, right, range };
    return { kind: 'other', text: this.#file.text.slice(start, right.range.end), range };
  }

  #deeper<T>(read: () => T): T {
    this.#depth++;
    const value = read();
    this.#depth--;
    return value;
  }

  #primary(): BakeValue {
    const token = this.#next();
    const range = this.#file.range(token.start, token.end);
    if (token.type === 'template' || token.type === 'heredoc')
      return { kind: 'text', parts: this.#template(token), range };
    if (token.type === 'number') return { kind: 'text', parts: [token.text], range };
    if (token.type === 'name') return this.#named(token, range);
    if (token.text === '[') return this.#list(token);
    if (token.text === '{') return this.#object(token);
    if (token.text === '(') {
      this.#skipLines();
      const inner = this.#value();
      this.#skipLines();
      if (this.#is(')')) this.#next();
      return inner;
    }
    if (token.text === '!' || token.text === '-')
      return { kind: 'other', text: token.text, range: this.#primary().range };
    return { kind: 'other', text: token.text, range };
  }

  #named(token: Token, range: Range): BakeValue {
    if (token.text === 'null') return { kind: 'null', range };
    if (token.text === 'true' || token.text === 'false') return { kind: 'text', parts: [token.text], range };
    if (this.#is('(') || this.#is('[')) return this.#rest(token.start, true);
    if (this.#is('.')) return this.#rest(token.start, true);
    return { kind: 'name', name: token.text, range };
  }

  #list(open: Token): BakeValue {
    const items: BakeValue[] = [];
    for (;;) {
      this.#skipLines();
      const token = this.peek();
      if (token.type === 'end') return { kind: 'list', items, range: this.#file.range(open.start, token.end) };
      if (this.#is(']')) return { kind: 'list', items, range: this.#file.range(open.start, this.#next().end) };
      if (token.type === 'name' && token.text === 'for') return this.#rest(open.start, true, 1);
      if (this.#is(',')) this.#next();
      else items.push(this.#value());
    }
  }

  #object(open: Token): BakeValue {
    const entries: BakeEntry[] = [];
    for (;;) {
      this.#skipLines();
      const token = this.peek();
      if (token.type === 'end') return { kind: 'object', entries, range: this.#file.range(open.start, token.end) };
      if (this.#is('}')) return { kind: 'object', entries, range: this.#file.range(open.start, this.#next().end) };
      if (token.type === 'name' && token.text === 'for') return this.#rest(open.start, true, 1);
      if (this.#is(',')) {
        this.#next();
        continue;
      }
      const key = this.#next();
      if (this.#is('=') || this.#is(':')) this.#next();
      this.#skipLines();
      entries.push({
        key: key.text,
        keyRange: this.#file.range(key.inner, key.inner + key.text.length),
        value: this.#value(),
      });
    }
  }

  /** What is not read, up to the end of its brackets and of the line. */
  #rest(start: number, chained = false, open = 0): BakeValue {
    let depth = open;
    let end = start;
    for (;;) {
      const token = this.peek();
      const opens = token.type === 'mark' && /^[([{]$/.test(token.text);
      const closes = token.type === 'mark' && /^[)\]}]$/.test(token.text);
      if (
        token.type === 'end' ||
        (depth === 0 && (token.type === 'line' || closes || (token.type === 'mark' && /^[,?:]$/.test(token.text))))
      )
        break;
      if (depth === 0 && chained && !opens && token.text !== '.' && token.type !== 'name' && token.type !== 'number')
        break;
      if (opens) depth++;
      if (closes) depth--;
      end = this.#next().end;
      if (depth < 0) break;
    }
    return { kind: 'other', text: this.#file.text.slice(start, end), range: this.#file.range(start, end) };
  }

  /** The text of a string, with the values of its `${ … }`. */
  #template(token: Token): readonly (string | BakeValue)[] {
    const { text } = this.#file;
    const end = token.inner + token.text.length;
    const parts: (string | BakeValue)[] = [];
    let from = token.inner;
    for (let at = text.indexOf('${', from); at >= 0 && at < end; at = text.indexOf('${', from)) {
      const close = expressionEnd(text, at + 2, end);
      parts.push(unescape(text.slice(from, at), token));
      if (text[at - 1] === '$') parts.push(text.slice(at + 1, close + 1));
      else if (this.#depth < maxDepth)
        parts.push(new Reader(this.#file, hclTokens(text, at + 2, close), this.#depth + 1).#value());
      from = close + 1;
    }
    parts.push(unescape(text.slice(from, end), token));
    return parts.filter((part) => part !== '');
  }
}

function expressionEnd(text: string, start: number, end: number): number {
  let depth = 1;
  for (let at = start; at < end; at++) {
    if (text[at] === '"') at = templateEnd(text, at + 1, end);
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return end;
}

function unescape(text: string, { type }: Token): string {
  return type === 'heredoc'
    ? text
    : text.replace(/\\(["\\nrt])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter] ?? letter);
}

/** The values in a template of JSON, whose text is that of a string. */
export function readTemplate(file: SourceFile, text: string, range: Range): BakeValue {
  const parts: (string | BakeValue)[] = [];
  let from = 0;
  for (const { 0: whole, 1: inner = '', index } of text.matchAll(/\$?\$\{([^{}]*)\}/g)) {
    const name = inner.trim();
    const isName = /^[A-Za-z_][\w-]*$/.test(name);
    parts.push(text.slice(from, index));
    if (whole.startsWith('$$')) parts.push(whole.slice(1));
    else
      parts.push(
        isName
          ? { kind: 'name', name, range: { ...range, file } }
          : { kind: 'other', text: name, range: { ...range, file } },
      );
    from = index + whole.length;
  }
  return { kind: 'text', parts: [...parts, text.slice(from)].filter((part) => part !== ''), range };
}
