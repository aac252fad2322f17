/**
 * The shortest path of the same meaning, as Go's `filepath.Clean` does it on Linux: no `.`, no doubled slash, `..` taken
 * back where something stands before it. An empty path is `.`.
 */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!rooted) kept.push('..');
  }
  const joined = kept.join('/');
  return rooted ? `/${joined}` : joined || '.';
}
