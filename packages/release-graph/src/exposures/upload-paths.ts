import type { ValueForm } from '../model.ts';
import { normalise } from '../builds/paths.ts';
import { formText } from '../values/resolved.ts';

/**
 * Whether what an action uploads (`path:` of actions/upload-artifact, one pattern a line, `!` leaves out) holds a file.
 * A pattern that matches a folder takes all below it. `path` is relative to the workspace.
 */
export function uploads(forms: readonly ValueForm[], path: string): boolean {
  return forms.some((form) => {
    let taken = false;
    for (const line of formText(form).split('\n').slice(0, MAX_PATTERNS)) {
      const text = line.trim();
      const excludes = text.startsWith('!');
      const pattern = inWorkspace(excludes ? text.slice(1) : text);
      if (pattern !== undefined && matchesBelow(pattern, path)) taken = !excludes;
    }
    return taken;
  });
}

/** Whether it takes the runner's temporary folder along. */
export function uploadsRunnerTemp(forms: readonly ValueForm[]): boolean {
  return forms.some((form) =>
    formText(form)
      .split('\n')
      .some((line) => /^(?:\$\{\{ ?runner\.temp ?\}\}|\$\{?RUNNER_TEMP\}?)(?:\/|\/\*{1,2}){0,3}$/.test(line.trim())),
  );
}

const MAX_PATTERNS = 200;

/** Relative to the workspace, `''` for all of it; undefined where it is elsewhere or not known. */
function inWorkspace(pattern: string): string | undefined {
  const text = pattern.replace(/^(?:\$\{\{ ?github\.workspace ?\}\}|\$\{?GITHUB_WORKSPACE\}?)(?:\/|$)/, './');
  if (text === '' || text.startsWith('/') || text.startsWith('~') || text.includes('${{')) return undefined;
  return normalise(text);
}

function matchesBelow(pattern: string, path: string): boolean {
  const segments = path.split('/');
  if (pattern === '') return true;
  const wanted = pattern.split('/');
  return segments.some((_, i) => matches(wanted, segments.slice(0, i + 1)));
}

/** `**` stands for any number of segments. */
function matches(pattern: readonly string[], path: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const segment of path) {
    const next = new Set<number>();
    for (const at of withStars(pattern, reached)) {
      const wanted = pattern[at];
      if (wanted === undefined) continue;
      if (wanted === '**') next.add(at);
      else if (matchesSegment(wanted, segment)) next.add(at + 1);
    }
    reached = next;
  }
  return withStars(pattern, reached).has(pattern.length);
}

function withStars(pattern: readonly string[], reached: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(reached);
  for (const at of all) if (pattern[at] === '**') all.add(at + 1);
  return all;
}

/** `*` and `?`; a class of characters is taken for one that fits. */
function matchesSegment(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let from = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      from = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++from;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
