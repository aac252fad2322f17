import type { SourceFile } from '@plimsoll/documents';

const windowLength = 100;
const base = 37;
const half = 2 ** 32;
const [leavingHigh, leavingLow] = power(base, windowLength);

const lineFeed = 10;
const carriageReturn = 13;
const endOfFile = 0xffff;

const known = new WeakMap<SourceFile, readonly string[]>();

/**
 * The fingerprint by which GitHub code scanning recognises a line again after it has moved.
 *
 * `line` counts from 1. Source: `src/fingerprints.ts` of github/codeql-action, which computes the same from the file
 * and warns where an uploaded log says otherwise.
 */
export function primaryLocationLineHash(file: SourceFile, line: number): string | undefined {
  let hashes = known.get(file);
  if (!hashes) known.set(file, (hashes = lineHashes(file.text)));
  return hashes[line - 1];
}

/**
 * A fingerprint of each line: the next 100 characters from its start, read as digits of base 37 in 64 bits, and how
 * often that number has come so far.
 *
 * Spaces and tabs don't count, each line end counts as one line feed, the end of the file as U+FFFF, what lies behind
 * it as zero. So a line's fingerprint depends on the lines below, and lines of equal text mostly differ.
 */
export function lineHashes(text: string): readonly string[] {
  const { digits, lineStarts } = digitsOf(text);
  const hashes: string[] = [];
  const seen = new Map<string, number>();
  let high = 0;
  let low = 0;
  let next = 0;
  for (let at = 0; next < lineStarts.length; at++) {
    const leaving = digits[at - windowLength] ?? 0;
    const lowSum = low * base + (digits[at] ?? 0) - leavingLow * leaving;
    const carry = Math.floor(lowSum / half);
    low = lowSum - carry * half;
    high = modulo(high * base - leavingHigh * leaving + carry, half);
    if (at !== (lineStarts[next] ?? 0) + windowLength - 1) continue;
    next++;
    const hash = hexadecimal(high, low);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    hashes.push(`${hash}:${count}`);
  }
  return hashes;
}

/** The characters that count, and which of them are the first of a line. */
function digitsOf(text: string): { digits: readonly number[]; lineStarts: readonly number[] } {
  const digits: number[] = [];
  const lineStarts: number[] = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 32 || code === 9) continue;
    if (code === lineFeed && text.charCodeAt(i - 1) === carriageReturn) continue;
    const ends = code === lineFeed || code === carriageReturn;
    digits.push(ends ? lineFeed : code);
    if (ends) lineStarts.push(digits.length);
  }
  digits.push(endOfFile);
  return { digits, lineStarts };
}

/** `number ** exponent` in 64 bits, as its high and low half. */
function power(number: number, exponent: number): readonly [number, number] {
  const value = BigInt.asUintN(64, BigInt(number) ** BigInt(exponent));
  return [Number(value >> 32n), Number(value & 0xffff_ffffn)];
}

function modulo(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus;
}

function hexadecimal(high: number, low: number): string {
  return high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
}
