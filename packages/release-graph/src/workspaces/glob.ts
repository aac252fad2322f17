/**
 * Whether a folder is one of those that workspace patterns name: `apps/*`, `libs/**`, `packages/{a,b}`, `!libs/old`. The last
 * pattern that matches decides, as in pnpm and npm. Takes time in proportion to patterns times path.
 */
export function isNamed(patterns: readonly string[], folder: string): boolean {
  let named = false;
  for (const written of patterns) {
    const negated = written.startsWith('!');
    const pattern = written.slice(negated ? 1 : 0);
    if (negated !== named) continue;
    if (matchesFolder(pattern, folder)) named = !negated;
  }
  return named;
}

const maxAlternatives = 64;

function matchesFolder(pattern: string, folder: string): boolean {
  return alternatives(pattern).some((one) => matchesParts(partsOf(one), partsOf(folder)));
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** `packages/{a,b}` as `packages/a` and `packages/b`; braces in braces stay as they are. */
function alternatives(pattern: string): readonly string[] {
  let found: readonly string[] = [pattern];
  for (let i = 0; i < 4; i++) {
    const next = found.flatMap((one) => {
      const [, before = '', inner, after = ''] = /^([^{}]*)\{([^{}]*)\}(.*)$/s.exec(one) ?? [];
      return inner === undefined ? [one] : inner.split(',').map((choice) => `${before}${choice}${after}`);
    });
    if (next.length === found.length || next.length > maxAlternatives) break;
    found = next;
  }
  return found;
}

/** `**` stands for any number of folders. */
function matchesParts(pattern: readonly string[], path: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const name of path) {
    const next = new Set<number>();
    for (const at of skipStars(pattern, reached)) {
      if (pattern[at] === '**') next.add(at);
      else if (pattern[at] !== undefined && matchesName(pattern[at], name)) next.add(at + 1);
    }
    reached = next;
  }
  return skipStars(pattern, reached).has(pattern.length);
}

function skipStars(pattern: readonly string[], reached: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(reached);
  for (const at of all) if (pattern[at] === '**') all.add(at + 1);
  return all;
}

/** `*` and `?` in one name. */
export function matchesName(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star: { readonly pattern: number; name: number } | undefined;
  while (n < name.length) {
    if (pattern[p] === '*') star = { pattern: ++p, name: n };
    else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star) {
      p = star.pattern;
      n = ++star.name;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
