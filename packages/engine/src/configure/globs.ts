import picomatch from 'picomatch';

/** Wildcards in one path segment: each is a loop in the library's regular expression, which more of them make slow. */
const MAX_WILDCARDS = 3;
const MAX_LENGTH = 1000;

/** A test whether a path, relative to the root, is meant by one of the patterns. A folder stands for all that is below it. */
export function globs(patterns: readonly string[]): (path: string) => boolean {
  const compiled = patterns.filter((pattern) => globProblem(pattern) === undefined).map(compile);
  return (path) => {
    const names = path.split('/');
    return compiled.some((segments) => covers(segments, names));
  };
}

/** Why a pattern is refused; undefined for one that is understood. */
export function globProblem(pattern: string): string | undefined {
  if (/^\s*!/.test(pattern)) return 'a pattern cannot start with "!"';
  if (pattern.split('{').some((rest) => rest !== pattern && rest.split('}', 1)[0]?.includes('/')))
    return 'braces cannot hold a "/"';
  const segments = clean(pattern).split('/');
  if (segments.includes('..')) return 'a pattern cannot leave the root by ".."';
  const most = Math.max(...segments.map((segment) => (segment === '**' ? 0 : segment.split(/[*?{[]/).length - 1)));
  if (pattern.length > MAX_LENGTH) return `a pattern can have ${MAX_LENGTH} characters`;
  return most > MAX_WILDCARDS ? `a part of a path can have ${MAX_WILDCARDS} wildcards, not ${most}` : undefined;
}

type Segment = '**' | ((name: string) => boolean);

function compile(pattern: string): readonly Segment[] {
  const segments: Segment[] = [];
  for (const segment of clean(pattern).split('/')) {
    if (segment !== '**') segments.push(compileSegment(segment));
    else if (segments.at(-1) !== '**') segments.push('**');
  }
  return segments;
}

/** Brackets, `+` and the like are characters of names (`app/(shop)`, `c++`) and not the library's own syntax. */
function compileSegment(segment: string): (name: string) => boolean {
  const literal = segment.replaceAll(/[()+|$@\\]/g, String.raw`\$&`);
  return picomatch(literal, { dot: true, noextglob: true, nonegate: true });
}

function clean(pattern: string): string {
  const segments = pattern.trim().split('/');
  return segments.filter((segment) => segment !== '' && segment !== '.').join('/') || '**';
}

/**
 * Whether the segments match the path or a folder above it. `reached` holds the numbers of segments that the names so
 * far can have used up, so the time is segments times names, whatever the pattern.
 */
function covers(segments: readonly Segment[], names: readonly string[]): boolean {
  let reached = skipStars(segments, new Set([0]));
  for (const name of names) {
    const next = new Set<number>();
    for (const at of reached) {
      const segment = segments[at];
      if (segment === '**') next.add(at);
      else if (segment?.(name)) next.add(at + 1);
    }
    reached = skipStars(segments, next);
    if (reached.has(segments.length)) return true;
  }
  return false;
}

function skipStars(segments: readonly Segment[], reached: Set<number>): Set<number> {
  for (const at of reached) if (segments[at] === '**') reached.add(at + 1);
  return reached;
}
