const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** White space as Go's `unicode.IsSpace` has it, which is not JavaScript's `\s`. */
export function isSpace(char: string | undefined): boolean {
  return char !== undefined && space.test(char);
}

/** Without white space at both ends. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text[start])) start++;
  while (end > start && isSpace(text[end - 1])) end--;
  return text.slice(start, end);
}
