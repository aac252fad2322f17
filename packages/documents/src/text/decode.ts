import { SourceFile } from './source-file.ts';
import type { Problem, SyntaxRule } from './source-file.ts';

/** A file's text, and what is wrong with its encoding. */
export interface Decoded {
  readonly file: SourceFile;
  readonly problems: readonly Problem[];
}

/**
 * Makes the text of a file from its bytes.
 *
 * UTF-8, with or without a byte order mark, and UTF-16 with one. Bytes that are not UTF-8 are read as U+FFFD, with one
 * problem at the first of them. UTF-16 is a problem where the builder reads UTF-8 alone (Dockerfile, ignore file).
 * Binary content (a NUL) gives an empty text and one problem. Never throws.
 */
export function decodeFile(path: string, bytes: Uint8Array, rule: SyntaxRule): Decoded {
  const wide = utf16(bytes);
  if (wide) return decodeWide(path, bytes, wide, rule);
  if (bytes.includes(0)) return binary(path, rule);
  const text = decode(bytes, 'utf-8');
  const file = new SourceFile(path, text);
  const bad = firstBadByte(bytes, text);
  if (bad < 0) return { file, problems: [] };
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const at =
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, bad), { stream: true }).length - mark;
  return {
    file,
    problems: [
      { rule, range: file.range(at, at + 1), message: 'This is not valid UTF-8', help: 'Save the file as UTF-8' },
    ],
  };
}

function decodeWide(path: string, bytes: Uint8Array, encoding: string, rule: SyntaxRule): Decoded {
  const text = decode(bytes, encoding);
  if (text.includes('\0')) return binary(path, rule);
  const file = new SourceFile(path, text);
  if (rule !== 'syntax/dockerfile' && rule !== 'syntax/dockerignore') return { file, problems: [] };
  const message = 'The file is UTF-16; the builder reads UTF-8, so nothing in it has the meaning that it seems to have';
  return { file, problems: [{ rule, range: file.range(0, file.lineEnd(1)), message, help: 'Save the file as UTF-8' }] };
}

function binary(path: string, rule: SyntaxRule): Decoded {
  const file = new SourceFile(path, '');
  return { file, problems: [{ rule, range: file.range(), message: 'The file is binary, not text' }] };
}

function utf16(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/** The first byte which decoding and encoding again does not give back; -1 where all do. */
function firstBadByte(bytes: Uint8Array, text: string): number {
  if (!text.includes('\uFFFD')) return -1;
  const again = new TextEncoder().encode(text);
  const bad = bytes.findIndex((byte, i) => byte !== again[i]);
  return bad < 0 && again.length > bytes.length ? bytes.length : bad;
}
