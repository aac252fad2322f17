import { automaton } from './automaton.ts';
import type { RegexpMatch } from './automaton.ts';
import { parseRegexp } from './regexp.ts';

/** One pattern, compiled as moby/patternmatcher does. */
export interface PathPattern {
  readonly kind: 'exact' | 'prefix' | 'suffix' | 'regexp' | 'malformed';
  /** The text compared: the whole path, what it starts with, or what it ends with. */
  readonly literal: string;
  /** A `regexp` matches only paths that start and end so. */
  readonly head: string;
  readonly tail: string;
  matches(path: string): boolean;
  /** Whether it could match a path below `folder`. */
  reaches(folder: string): boolean;
}

/** Why BuildKit refuses a pattern before it has seen a path; undefined where it does not. */
export function patternProblem({ pattern, negated }: ListedPattern): string | undefined {
  return negated && (pattern === '' || pattern === '/') ? 'a lone "!" names nothing' : undefined;
}

/** A pattern of a list, cleaned and without its `!`. */
export interface ListedPattern {
  readonly pattern: string;
  readonly negated: boolean;
}

/** Compiles a cleaned pattern, without its `!`. */
export function compilePattern(pattern: string): PathPattern {
  const { kind, source } = translate([...pattern]);
  if (kind === 'exact') {
    return literal(
      kind,
      pattern,
      (path) => path === pattern,
      (folder) => pattern.startsWith(`${folder}/`),
    );
  }
  if (kind === 'prefix') {
    const prefix = pattern.slice(0, -2);
    const reaches = (folder: string): boolean => prefix.startsWith(`${folder}/`) || `${folder}/`.startsWith(prefix);
    return literal(kind, prefix, (path) => path.startsWith(prefix), reaches);
  }
  if (kind === 'suffix') {
    const suffix = pattern.slice(2);
    const whole = suffix.startsWith('/') ? suffix.slice(1) : undefined;
    return literal(
      kind,
      suffix,
      (path) => path.endsWith(suffix) || path === whole,
      () => true,
    );
  }
  return regexp(pattern, source);
}

function literal(
  kind: PathPattern['kind'],
  text: string,
  matches: (path: string) => boolean,
  reaches: (folder: string) => boolean,
): PathPattern {
  return { kind, literal: text, head: '', tail: '', matches, reaches };
}

function regexp(pattern: string, source: string): PathPattern {
  // Only classes and escapes can be wrong.
  if (/[[\]\\]/.test(pattern) && !parseRegexp(source)) {
    return literal(
      'malformed',
      pattern,
      () => false,
      () => true,
    );
  }
  let matcher: ReturnType<typeof automaton> | undefined;
  const run = (path: string): RegexpMatch => (matcher ??= automaton(parseRegexp(source) ?? []))(path);
  const [head, tail] = plainEnds(pattern);
  return {
    kind: 'regexp',
    literal: '',
    head,
    tail,
    matches: (path) => path.startsWith(head) && path.endsWith(tail) && run(path).whole,
    reaches: (folder) => {
      const inside = `${folder}/`;
      return (inside.startsWith(head) || head.startsWith(inside)) && run(inside).alive;
    },
  };
}

/** The plain characters before the first and behind the last character with a meaning. */
function plainEnds(pattern: string): readonly [head: string, tail: string] {
  const special = /[*?[\]\\^$]/;
  const first = pattern.search(special);
  if (first < 0) return ['', ''];
  const head = pattern.slice(0, first);
  // An escape of a letter or digit may be longer than two characters, and `\Q` quotes all that follows.
  if (/\\[0-9A-Za-z]/.test(pattern)) return [head, ''];
  let last = pattern.length;
  while (last > first && !special.test(pattern[last - 1] ?? '')) last--;
  // `**/` eats its slash, and what stands behind a backslash is part of an escape.
  const eaten = pattern[last - 1] === '\\' || (pattern[last - 1] === '*' && pattern[last - 2] === '*');
  return [head, pattern.slice(eaten ? last + 1 : last)];
}

const escaped = new Set('.+()|{}$');

/** moby's translation: the kind of comparison, and the regular expression where one is needed. */
function translate(pattern: readonly string[]): { readonly kind: PathPattern['kind']; readonly source: string } {
  let source = '^';
  let kind: PathPattern['kind'] = 'exact';
  for (let at = 0, turn = 0; at < pattern.length; turn++) {
    const c = pattern[at++] ?? '';
    if (c === '*' && pattern[at] === '*') {
      at++;
      if (pattern[at] === '/') at++;
      if (at < pattern.length) {
        source += '(.*/)?';
        kind = 'regexp';
      } else if (kind === 'exact') kind = 'prefix';
      else {
        source += '.*';
        kind = 'regexp';
      }
      if (turn === 0) kind = 'suffix';
    } else if (c === '*' || c === '?') {
      source += c === '*' ? '[^/]*' : '[^/]';
      kind = 'regexp';
    } else if (escaped.has(c)) source += `\\${c}`;
    else if (c === '\\' && at < pattern.length) {
      source += `\\${pattern[at++] ?? ''}`;
      kind = 'regexp';
    } else {
      source += c === '\\' ? '\\' : c;
      if (c === '[' || c === ']') kind = 'regexp';
    }
  }
  return { kind, source: `${source}$` };
}
