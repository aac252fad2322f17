/** Whether a name holds a character that Go's `filepath.Match` gives a meaning to; a backslash hides the next one. */
export function hasWildcard(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const c = name[i];
    if (c === '\\') i++;
    else if (c === '*' || c === '?' || c === '[') return true;
  }
  return false;
}

/** A compiled `filepath.Match` pattern; undefined where Go calls it malformed. */
export type Glob = (name: string) => boolean;

/**
 * Go's `filepath.Match` on a slash system: `*` and `?` stop at `/`, `[…]` does not, `[^…]` negates, `\` escapes.
 * Takes time in proportion to pattern times name.
 */
export function compileGlob(pattern: string): Glob | undefined {
  const tokens = parse([...pattern]);
  return tokens && ((name) => matches(tokens, [...name]));
}

type Token = '*' | '?' | { readonly char: string } | CharacterClass;

interface CharacterClass {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [low: number, high: number])[];
}

function parse(pattern: readonly string[]): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? '';
    if (c === '*' || c === '?') tokens.push(c);
    else if (c === '[') {
      const read = readClass(pattern, i + 1);
      if (!read) return undefined;
      tokens.push(read.token);
      i = read.end - 1;
    } else if (c === '\\') {
      const escaped = pattern[++i];
      if (escaped === undefined) return undefined;
      tokens.push({ char: escaped });
    } else tokens.push({ char: c });
  }
  return tokens;
}

function readClass(
  pattern: readonly string[],
  start: number,
): { readonly token: CharacterClass; readonly end: number } | undefined {
  const negated = pattern[start] === '^';
  let at = negated ? start + 1 : start;
  const ranges: (readonly [number, number])[] = [];
  while (pattern[at] !== ']' || ranges.length === 0) {
    const low = readBound(pattern, at);
    if (!low) return undefined;
    at = low.end;
    if (pattern[at] !== '-') {
      ranges.push([low.code, low.code]);
      continue;
    }
    const high = readBound(pattern, at + 1);
    if (!high) return undefined;
    at = high.end;
    ranges.push([low.code, high.code]);
  }
  return { token: { negated, ranges }, end: at + 1 };
}

/** A bound must be followed by something: Go refuses a class that ends with the pattern. */
function readBound(
  pattern: readonly string[],
  start: number,
): { readonly code: number; readonly end: number } | undefined {
  const at = pattern[start] === '\\' ? start + 1 : start;
  const c = pattern[at];
  if (c === undefined || (at === start && (c === '-' || c === ']')) || at + 1 >= pattern.length) return undefined;
  return { code: c.codePointAt(0) ?? 0, end: at + 1 };
}

function matches(tokens: readonly Token[], name: readonly string[]): boolean {
  let t = 0;
  let n = 0;
  let star: { readonly token: number; at: number } | undefined;
  while (n < name.length || t < tokens.length) {
    const token = tokens[t];
    if (token === '*') {
      star = { token: ++t, at: n };
      continue;
    }
    const c = name[n];
    if (token !== undefined && c !== undefined && accepts(token, c)) {
      t++;
      n++;
      continue;
    }
    const skipped = star && name[star.at];
    if (!star || skipped === undefined || skipped === '/') return false;
    t = star.token;
    n = ++star.at;
  }
  return true;
}

function accepts(token: Exclude<Token, '*'>, c: string): boolean {
  if (token === '?') return c !== '/';
  if ('char' in token) return token.char === c;
  const code = c.codePointAt(0) ?? 0;
  return token.ranges.some(([low, high]) => low <= code && code <= high) !== token.negated;
}
