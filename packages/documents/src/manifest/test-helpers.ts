import { SourceFile, readManifest, textOf } from '../index.ts';
import type { Manifest, Reading } from '../index.ts';

export function read(path: string, text: string): Reading<Manifest> | undefined {
  return readManifest(new SourceFile(path, text));
}

/** `owner: text`, and what is marked where it is not the text. */
export function imagesOf(path: string, text: string): string[] {
  return (read(path, text)?.document.images ?? []).map((image) => {
    const marked = textOf(image.range);
    return `${image.owner}: ${image.text}${marked === image.text ? '' : ` at ${marked}`}`;
  });
}

/** The rule, the place and the message of each problem. */
export function problemsOf(path: string, text: string): string[] {
  const file = new SourceFile(path, text);
  return (readManifest(file)?.problems ?? []).map(({ rule, range, message }) => {
    const { line, column } = file.positionAt(range.start);
    return `${rule} ${line}:${column} ${message}`;
  });
}
