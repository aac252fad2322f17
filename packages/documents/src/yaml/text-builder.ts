import { MappedText } from '../text/mapped-text.ts';
import type { Segment } from '../text/mapped-text.ts';
import type { SourceFile } from '../text/source-file.ts';

/** Collects derived text piece by piece, with the place of each piece. */
export interface TextBuilder {
  /** `length` characters of the file as they are. */
  copy(source: number, length: number): void;
  /** Characters that stand for `sourceLength` others: an escape, a folded line break. */
  replace(text: string, source: number, sourceLength: number): void;
  build(): MappedText;
}

/** `origin` is the place that an empty text keeps. */
export function textBuilder(file: SourceFile, origin: number): TextBuilder {
  const segments: Segment[] = [];
  let text = '';
  return {
    copy(source, length) {
      if (length <= 0) return;
      const last = segments.at(-1);
      if (last && last.sourceLength === undefined && last.source + last.length === source) {
        segments[segments.length - 1] = { ...last, length: last.length + length };
      } else segments.push({ at: text.length, source, length });
      text += file.text.slice(source, source + length);
    },
    replace(replacement, source, sourceLength) {
      if (replacement === '') return;
      segments.push({ at: text.length, source, length: replacement.length, sourceLength });
      text += replacement;
    },
    build: () => new MappedText(file, text, segments.length > 0 ? segments : [{ at: 0, source: origin, length: 0 }]),
  };
}
