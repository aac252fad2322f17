import type { Random } from './random.ts';
import { several } from './random.ts';
import { randomName } from './tree-case.ts';

/** An ignore file about a tree with these paths. */
export function randomIgnoreFile(random: Random, paths: readonly string[]): string {
  const lines = several(1 + random.number(5), () => randomLine(random, paths));
  return lines.join(random.chance(0.05) ? '\r\n' : '\n') + (random.chance(0.8) ? '\n' : '');
}

function randomLine(random: Random, paths: readonly string[]): string {
  if (random.chance(0.04)) return random.pick(['# note', '', '  ', ' #x', '\\#x', '\\!x']);
  if (random.chance(0.004)) return random.pick(['!', 'a[', '[]a]', '[a-', 'x\\', '! ', '!/', 'x\\y', 'a\\q']);
  const pattern = randomPattern(random, paths);
  const padded = random.chance(0.03) ? ` ${pattern}\t` : pattern;
  return random.chance(0.35) ? `!${random.chance(0.1) ? ' ' : ''}${padded}` : padded;
}

/** A pattern that has something to do with the paths. */
export function randomPattern(random: Random, paths: readonly string[]): string {
  const path = paths.length > 0 && random.chance(0.85) ? random.pick(paths as [string]) : randomName(random);
  return random.pick(shapes)(random, path);
}

type Shape = (random: Random, path: string) => string;

const shapes: readonly [Shape, ...Shape[]] = [
  (_, path) => path,
  (_, path) => path,
  (_, path) => `**/${last(path)}`,
  (_, path) => `**/${last(path)}`,
  (_, path) => `${path}/**`,
  (_, path) => `${path}/*`,
  (_, path) => `/${path}/`,
  (_, path) => `./${path}`,
  (_, path) => `x/../${path}`,
  (_, path) => `**${last(path)}`,
  (_, path) => `${first(path)}/**/${last(path)}`,
  (_, path) => `${first(path)}**`,
  (random, path) => withStar(random, path),
  (random, path) => withStar(random, last(path)),
  (random, path) => `**/${withStar(random, last(path))}`,
  (random, path) => withClass(random, path),
  (random, path) => `**/${withClass(random, last(path))}`,
  (random, path) => replaceOne(random, path, () => '?'),
  (random, path) => replaceOne(random, path, escape),
  (random, path) => replaceOne(random, path, escape),
  (random) => random.pick(['*', '**', '*/*', '**/*', '.', '*/', '*.txt', '**/*.ts', '.*', '[a-c]*', '?', '[^a]', '*/**', '**/*/**']),
  (random) => random.pick(['a\\b', 'x\\d', 'a\\w', '\\w*', '[\\d]*', 'a\\.txt', '[*]*', '[?]', '[[:alpha:]]', '\\pL', 'a^b', '^a', '../a', '..']),
]; // prettier-ignore

function withStar(random: Random, path: string): string {
  const at = random.number(path.length + 1);
  return `${path.slice(0, at)}*${path.slice(at + random.number(3))}`;
}

function withClass(random: Random, path: string): string {
  return replaceOne(random, path, (c) => {
    if (/[\]\\^-]/.test(c)) return `[\\${c}]`;
    return random.pick([`[${c}]`, `[${c}z]`, `[^${c}]`, `[^0-9]`, `[a-z]`, `[!${c}]`, `[\\${c}]`]);
  });
}

function replaceOne(random: Random, path: string, replace: (c: string) => string): string {
  const characters = [...path];
  const at = random.number(characters.length);
  return characters.map((c, i) => (i === at && c !== '/' ? replace(c) : c)).join('');
}

/** A letter behind a backslash means something else, or nothing at all: rarely what someone means. */
function escape(c: string): string {
  return /^[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]$/.test(c) ? `\\${c}` : `[${c}\\.]`;
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function first(path: string): string {
  return path.split('/')[0] ?? path;
}
