/**
 * What makes Go's `regexp` refuse the expression that moby/patternmatcher makes of a cleaned pattern (on Linux);
 * undefined where it takes it.
 */
export function expressionFault(pattern: string): string | undefined {
  const expression = toExpression(pattern);
  for (let at = 0; at < expression.length;) {
    const char = expression[at];
    if (char === '[') {
      const end = endOfClass(expression, at + 1);
      if (typeof end === 'string') return end;
      at = end;
    } else if (char === '\\') {
      if (expression[at + 1] === 'Q') return undefined;
      const end = endOfEscape(expression, at, outsideOfClass);
      if (end < 0) return `"${expression.slice(at, at + 2)}" means nothing`;
      at = end;
    } else at++;
  }
  return undefined;
}

const literals = '.+()|{}$';

/** A `*` or `?` is replaced in a class too: `[*a]` becomes `[[^/]*a]`. */
function toExpression(pattern: string): string {
  let out = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    if (char === '*') {
      if (pattern[at + 1] !== '*') out += '[^/]*';
      else {
        at += pattern[at + 2] === '/' ? 2 : 1;
        out += at + 1 >= pattern.length ? '.*' : '(.*/)?';
      }
    } else if (char === '?') out += '[^/]';
    else if (literals.includes(char)) out += `\\${char}`;
    else if (char === '\\') out += char + (pattern[++at] ?? '');
    else out += char;
  }
  return `${out}$`;
}

const common =
  '[afnrtvdDsSwW]|0[0-7]{0,2}|[1-7][0-7]{1,2}|x(?:[0-9a-fA-F]{2}|\\{[0-9a-fA-F]{1,8}\\})|[pP](?:[A-Za-z]|\\{\\^?\\w{1,40}\\})';
const ascii = '(?![\\u0080-\\uffff])';
const inClass = new RegExp(`\\\\(?:${common}|${ascii}[\\W_])`, 'y');
const outsideOfClass = new RegExp(`\\\\(?:${common}|${ascii}[\\W_AbBz])`, 'y');

/** Behind the escape that starts at `at`; -1 where it is none. */
function endOfEscape(expression: string, at: number, escape: RegExp): number {
  escape.lastIndex = at;
  return escape.test(expression) ? escape.lastIndex : -1;
}

const posix = /\[:(\^?\w*):\]/y;
const named = /\[:[\s\S]*?:\]/y;
const posixNames = /^\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit)$/;

/** Behind the `]` of a class whose `[` ends at `start`, or what is wrong with it. */
function endOfClass(expression: string, start: number): number | string {
  let at = expression[start] === '^' ? start + 1 : start;
  for (let first = true; at < expression.length; first = false) {
    if (expression[at] === ']' && !first) return at + 1;
    const skipped = skipNamed(expression, at);
    if (typeof skipped === 'string') return skipped;
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const low = readChar(expression, at);
    if (!low) return `"${expression.slice(at, at + 2)}" means nothing in a class`;
    at = low.end;
    if (low.class || expression[at] !== '-' || expression[at + 1] === ']' || at + 1 >= expression.length) continue;
    const high = readChar(expression, at + 1);
    if (!high || high.class || high.point < low.point) return 'a range in a class is the wrong way round';
    at = high.end;
  }
  return 'a "[" has no "]"';
}

/** `[:alpha:]` */
function skipNamed(expression: string, at: number): number | string {
  if (!expression.startsWith('[:', at)) return at;
  named.lastIndex = at;
  if (!named.test(expression)) return at;
  posix.lastIndex = at;
  const name = posix.exec(expression)?.[1];
  return name !== undefined && posixNames.test(name) ? posix.lastIndex : 'a class has a name that does not exist';
}

interface ClassChar {
  readonly point: number;
  readonly end: number;
  /** It stands for many, such as `\d`. */
  readonly class: boolean;
}

const controls = new Map([
  ['a', 7],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
]);

function readChar(expression: string, at: number): ClassChar | undefined {
  const point = expression.codePointAt(at) ?? 0;
  if (expression[at] !== '\\') return { point, end: at + (point > 0xffff ? 2 : 1), class: false };
  const end = endOfEscape(expression, at, inClass);
  if (end < 0) return undefined;
  const text = expression.slice(at + 1, end);
  if (/^[dDsSwWpP]/.test(text)) return { point: 0, end, class: true };
  return { point: escapedPoint(text), end, class: false };
}

function escapedPoint(text: string): number {
  if (/^[0-7]/.test(text)) return Number.parseInt(text, 8);
  if (text.startsWith('x')) return Number.parseInt(text.replace(/[x{}]/g, ''), 16);
  return controls.get(text) ?? text.codePointAt(0) ?? 0;
}
