import type { IgnoreFile } from '@plimsoll/documents';

const EVERYTHING = new Set(['*', '**', '**/*', '*/**', '**/**']);

/** Whether a pattern, without its `!`, matches all of a context. */
export function isEverything(pattern: string): boolean {
  return EVERYTHING.has(pattern);
}

/**
 * Whether an ignore file bounds its context by an allow-list: some pattern leaves everything out, and no later `!`
 * lets everything in again. `*` + `!**` opens the whole context, `.git` too (built with BuildKit).
 */
export function isAllowList(ignoreFile: IgnoreFile): boolean {
  const { patterns } = ignoreFile;
  const closed = patterns.findLastIndex((p) => !p.negated && isEverything(p.pattern));
  return closed >= 0 && !patterns.slice(closed + 1).some((p) => p.negated && isEverything(p.pattern));
}
