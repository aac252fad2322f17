/**
 * A path as a pattern of an ignore file that matches it. What can't be written there (a line's end, white space at an end,
 * `^` in a pattern that becomes an expression) is written as `?`, which matches any one character.
 */
export function escapePath(path: string): string {
  const written = onOneLine(path);
  if (!/^!|[*?[\]\\]/.test(written)) return written;
  return written.replace(/\^/g, '?').replace(/[*[\]\\]|^!/g, '\\$&');
}

/** The pattern of a COPY as one of an ignore file, which has another meaning for `^` outside of a class. */
export function escapePattern(pattern: string): string {
  let inClass = false;
  let text = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    if (char === '\\') text += char + (pattern[++at] ?? '');
    else text += char === '^' && !inClass ? '?' : char;
    if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
  }
  return onOneLine(text.replace(/^!/, '\\!'));
}

function onOneLine(text: string): string {
  const start = text.length - text.trimStart().length;
  const end = Math.max(start, text.trimEnd().length);
  const blanks = (count: number): string => '?'.repeat(count);
  return `${blanks(start)}${text.slice(start, end)}${blanks(text.length - end)}`.replace(/[\n\r]/g, '?');
}
