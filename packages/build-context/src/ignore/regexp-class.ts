/** Whether a character, by its code point, is meant. */
export type CodeTest = (code: number) => boolean;

interface Reading {
  readonly test: CodeTest;
  readonly end: number;
}

/** What stands behind `[`, in the syntax of Go's regexp package. Undefined where Go refuses it. */
export function readClass(text: readonly string[], start: number): Reading | undefined {
  const negated = text[start] === '^';
  let at = negated ? start + 1 : start;
  const tests: CodeTest[] = [];
  for (let first = true; first || text[at] !== ']'; first = false) {
    const read = readNamed(text, at) ?? readRange(text, at);
    if (!read) return undefined;
    tests.push(read.test);
    at = read.end;
  }
  return { test: (code) => tests.some((test) => test(code)) !== negated, end: at + 1 };
}

/** A whole class by its name: `\d`, `\pL`, `[:alpha:]`. */
function readNamed(text: readonly string[], at: number): Reading | undefined {
  if (text[at] === '\\') return readSet(text, at + 1);
  if (text[at] !== '[' || text[at + 1] !== ':') return undefined;
  const close = text.indexOf(':', at + 2);
  if (close < 0 || text[close + 1] !== ']') return undefined;
  const name = text.slice(at + 2, close).join('');
  const negated = name.startsWith('^');
  const set = posix.get(negated ? name.slice(1) : name);
  return set && { test: (code) => within(set, code) !== negated, end: close + 2 };
}

function readRange(text: readonly string[], at: number): Reading | undefined {
  const low = readCharacter(text, at);
  if (!low) return undefined;
  if (text[low.end] !== '-' || text[low.end + 1] === undefined || text[low.end + 1] === ']') {
    return { test: (code) => code === low.code, end: low.end };
  }
  const high = readCharacter(text, low.end + 1);
  if (!high || high.code < low.code) return undefined;
  return { test: (code) => low.code <= code && code <= high.code, end: high.end };
}

function readCharacter(
  text: readonly string[],
  at: number,
): { readonly code: number; readonly end: number } | undefined {
  const c = text[at];
  if (c === undefined) return undefined;
  return c === '\\' ? readEscapedCharacter(text, at + 1) : { code: c.codePointAt(0) ?? 0, end: at + 1 };
}

/** What stands behind a backslash outside of a class, assertions apart. */
export function readEscape(text: readonly string[], at: number): Reading | undefined {
  const set = readSet(text, at);
  if (set) return set;
  const single = readEscapedCharacter(text, at);
  return single && { test: (code) => code === single.code, end: single.end };
}

function readSet(text: readonly string[], at: number): Reading | undefined {
  const c = text[at] ?? '';
  const set = perl.get(c.toLowerCase());
  if (set) {
    const negated = c !== c.toLowerCase();
    return { test: (code) => within(set, code) !== negated, end: at + 1 };
  }
  const category = text[at + 1] ?? '';
  if ((c !== 'p' && c !== 'P') || !/^[LMNPSZC]$/.test(category)) return undefined;
  const inside = new RegExp(`^\\p{${category}}$`, 'u');
  return { test: (code) => inside.test(String.fromCodePoint(code)) === (c === 'p'), end: at + 2 };
}

const controls = new Map([['a', 7], ['f', 12], ['t', 9], ['n', 10], ['r', 13], ['v', 11]]); // prettier-ignore

function readEscapedCharacter(
  text: readonly string[],
  at: number,
): { readonly code: number; readonly end: number } | undefined {
  const c = text[at] ?? '';
  const control = controls.get(c);
  if (control !== undefined) return { code: control, end: at + 1 };
  if (/^[0-7]$/.test(c)) return readOctal(text, at);
  if (c === 'x') {
    const digits = text.slice(at + 1, at + 3).join('');
    return /^[0-9A-Fa-f]{2}$/.test(digits) ? { code: Number.parseInt(digits, 16), end: at + 3 } : undefined;
  }
  return /^[\0-\x7f]$/.test(c) && !/^[0-9A-Za-z]$/.test(c) ? { code: c.charCodeAt(0), end: at + 1 } : undefined;
}

/** `\0` to `\077`; a single other digit would be a reference, which Go does not have. */
function readOctal(text: readonly string[], at: number): { readonly code: number; readonly end: number } | undefined {
  const [digits = ''] = /^[0-7]{1,3}/.exec(text.slice(at, at + 3).join('')) ?? [];
  if (digits.length === 1 && digits !== '0') return undefined;
  return { code: Number.parseInt(digits, 8), end: at + digits.length };
}

type Spans = readonly (readonly [first: number, last: number])[];

function within(spans: Spans, code: number): boolean {
  return spans.some(([first, last]) => first <= code && code <= last);
}

const digit: Spans = [[48, 57]];
const lower: Spans = [[97, 122]];
const upper: Spans = [[65, 90]];
const letters: Spans = [...upper, ...lower];
const word: Spans = [...digit, ...letters, [95, 95]];
const perl = new Map<string, Spans>([
  ['d', digit],
  ['w', word],
  ['s', [[9, 10], [12, 13], [32, 32]]],
]); // prettier-ignore
const posix = new Map<string, Spans>([
  ['alnum', [...digit, ...letters]],
  ['alpha', letters],
  ['ascii', [[0, 127]]],
  ['blank', [[9, 9], [32, 32]]],
  ['cntrl', [[0, 31], [127, 127]]],
  ['digit', digit],
  ['graph', [[33, 126]]],
  ['lower', lower],
  ['print', [[32, 126]]],
  ['punct', [[33, 47], [58, 64], [91, 96], [123, 126]]],
  ['space', [[9, 13], [32, 32]]],
  ['upper', upper],
  ['word', word],
  ['xdigit', [...digit, [65, 70], [97, 102]]],
]); // prettier-ignore
