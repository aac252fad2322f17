/** A token of HCL, by offsets into the text. */
export interface Token {
  readonly type: 'name' | 'number' | 'template' | 'heredoc' | 'mark' | 'line' | 'end';
  /** As written; of a template and a heredoc what stands between the quotes or the delimiters. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where `text` starts. */
  readonly inner: number;
}

const marks = ['==', '!=', '<=', '>=', '&&', '||', '=>', '...'];

/** Splits HCL into tokens from `start` to `end`; what is no token ends the list. */
export function hclTokens(text: string, start = 0, end = text.length): readonly Token[] {
  const tokens: Token[] = [];
  let at = start;
  while (at < end) {
    const token = readToken(text, at, end);
    if (!token) break;
    if (token.type !== 'line' || tokens.at(-1)?.type !== 'line') tokens.push(token);
    at = token.end;
    at = skipSpace(text, at, end);
  }
  return [...tokens.filter((token) => token.end > token.start), { type: 'end', text: '', start: end, end, inner: end }];
}

function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t' || text[at] === '\r')) at++;
  return at;
}

function readToken(text: string, from: number, end: number): Token | undefined {
  const start = skipSpace(text, from, end);
  const token = (type: Token['type'], to: number, inner = start, innerEnd = to): Token => ({
    type,
    text: text.slice(inner, innerEnd),
    start,
    end: Math.min(to, end),
    inner,
  });
  const character = text[start] ?? '';
  if (start >= end) return undefined;
  if (character === '\n') return token('line', start + 1);
  if (character === '#' || text.startsWith('//', start)) return token('line', lineEnd(text, start, end));
  if (text.startsWith('/*', start)) return token('line', blockEnd(text, start, end));
  if (character === '"') {
    const close = templateEnd(text, start + 1, end);
    return token('template', close + 1, start + 1, close);
  }
  if (text.startsWith('<<', start)) return heredoc(text, start, end) ?? token('mark', start + 2);
  const word = /^(?:[A-Za-z_][\w-]*|\d[\w.]*)/.exec(text.slice(start, Math.min(end, start + 300)))?.[0];
  if (word !== undefined) return token(/^\d/.test(word) ? 'number' : 'name', start + word.length);
  return token('mark', start + (marks.find((mark) => text.startsWith(mark, start))?.length ?? 1));
}

function lineEnd(text: string, start: number, end: number): number {
  const at = text.indexOf('\n', start);
  return at < 0 ? end : Math.min(at, end);
}

function blockEnd(text: string, start: number, end: number): number {
  const at = text.indexOf('*/', start + 2);
  return at < 0 ? end : Math.min(at + 2, end);
}

/** The closing quote; `${ … }` may hold quotes of its own. */
export function templateEnd(text: string, start: number, end: number): number {
  const open: ('"' | '{')[] = ['"'];
  for (let at = start; at < end; at++) {
    const character = text[at];
    const inText = open.at(-1) === '"';
    if (inText && character === '\\') at++;
    else if (inText && (character === '$' || character === '%') && text[at + 1] === '{' && text[at - 1] !== character) {
      open.push('{');
      at++;
    } else if (character === '"') {
      if (inText) open.pop();
      else open.push('"');
      if (open.length === 0) return at;
    } else if (!inText && character === '{') open.push('{');
    else if (!inText && character === '}') open.pop();
    else if (character === '\n' && open.length === 1) return at;
  }
  return end;
}

function heredoc(text: string, start: number, end: number): Token | undefined {
  const [head, name] = /^<<-?([A-Za-z_]\w*)[ \t]*\r?\n/.exec(text.slice(start, Math.min(end, start + 200))) ?? [];
  if (head === undefined || name === undefined) return undefined;
  const inner = start + head.length;
  for (let at = inner; at < end;) {
    const stop = lineEnd(text, at, end);
    if (text.slice(at, stop).trim() === name)
      return { type: 'heredoc', text: text.slice(inner, at), start, end: stop, inner };
    at = stop + 1;
  }
  return { type: 'heredoc', text: text.slice(inner, end), start, end, inner };
}
