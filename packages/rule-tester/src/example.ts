import type { Example } from '@plimsoll/core';

/** A place that an example marks: where a finding has to stand. */
export interface Mark {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** An example without its marks, and where they stood. */
export interface PlainExample {
  readonly files: Readonly<Record<string, string>>;
  readonly marks: readonly Mark[];
}

/**
 * Takes the `«»` out of an example.
 * @throws {SyntaxError} where a mark is not closed, or not opened.
 */
export function readExample(example: Example): PlainExample {
  const marks: Mark[] = [];
  const files = Object.entries(example).map(([path, marked]) => {
    let text = '';
    let open: number | undefined;
    for (const piece of marked.split(/([«»])/)) {
      if (piece === '«') {
        if (open !== undefined) throw new SyntaxError(`a « inside of another, in ${path}`);
        open = text.length;
      } else if (piece === '»') {
        if (open === undefined) throw new SyntaxError(`a » without its «, in ${path}`);
        marks.push({ path, start: open, end: text.length });
        open = undefined;
      } else text += piece;
    }
    if (open !== undefined) throw new SyntaxError(`a « without its », in ${path}`);
    return [path, text] as const;
  });
  return { files: Object.fromEntries(files), marks };
}
