import { visible } from '../visible.ts';
import { cut } from '../words.ts';

const widest = 60;
const widestTitle = 100;

/**
 * A label of a Mermaid flowchart, in its quotes. All but letters, digits and a few signs stand as entity codes: quotes end
 * a label, `%%{` starts a directive, `<` a tag, and Markdown marks are read even in plain labels.
 */
export function label(...lines: readonly string[]): string {
  const shown = lines.filter((line) => line !== '').map((line) => escaped(line, widest));
  return `"${shown.join('<br/>')}"`;
}

/** The same for the title of a box, in one line. */
export function title(text: string): string {
  return `"${escaped(text, widestTitle)}"`;
}

function escaped(line: string, length: number): string {
  const text = cut(visible(line.replace(/\s+/g, ' ').trim()), length);
  // A number with a dot, or a dash, at the start is a list in Markdown.
  return broken(text).replace(/^\d+[.)]|^[+-]|[^\p{L}\p{N} ./,()@-]/gu, (signs) =>
    Array.from(signs, (sign) => `#${sign.codePointAt(0) ?? 0};`).join(''),
  );
}

/** What Mermaid reads once entities are replaced: formulas, comments, icons. A word joiner is not seen. */
function broken(text: string): string {
  return text.replace(/\$(?=\$)|%(?=%)|:(?=fa-)/g, '$&\u2060');
}
