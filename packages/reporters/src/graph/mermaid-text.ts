import { visible } from '../visible.ts';
import { cut } from '../words.ts';

const widest = 60;

/**
 * A label of a Mermaid flowchart, in its quotes. All but letters, digits and a few signs stand as entity codes: quotes end
 * a label, `%%{` starts a directive, `<` a tag, and Markdown marks are read even in plain labels.
 */
export function label(...lines: readonly string[]): string {
  return `"${lines
    .filter((line) => line !== '')
    .map(escaped)
    .join('<br/>')}"`;
}

function escaped(line: string): string {
  const text = cut(visible(line.replace(/\s+/g, ' ').trim()), widest);
  // A number with a dot, or a dash, at the start is a list in Markdown.
  return text.replace(/^\d+[.)]|^[+-]|[^\p{L}\p{N} ./,()@-]/gu, (signs) =>
    Array.from(signs, (sign) => `#${sign.codePointAt(0) ?? 0};`).join(''),
  );
}
