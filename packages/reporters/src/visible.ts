/**
 * Characters that act on a terminal or reorder what a reader sees instead of standing for themselves: controls, format
 * characters (bidirectional ones among them), line separators and lone surrogates. U+200C and U+200D stay, which
 * Persian and emoji are written with.
 */
const acting = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/gu;

/** Text from a checked file, made safe to show: U+202E becomes `<U+202E>`. Tabs and line ends become it too. */
export function visible(text: string): string {
  return plain.test(text) ? text : text.replace(acting, named);
}

/** The same for text of several lines, which keeps its line ends. */
export function visibleLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => visible(line.replaceAll('\t', '  ')))
    .join('\n');
}

/**
 * Breaks up what a CI system would read as a command in its log: `::error::` at the start of a line (GitHub), `##[…]`,
 * `##vso[…]` and `##teamcity[…]` anywhere. The reader sees no difference.
 */
export function withoutCommands(log: string): string {
  return log
    .replace(/##(?=[a-z]*\[)/gi, '#\u2060#')
    .split('\n')
    .map((line) => (line.trimStart().startsWith('::') ? line.replace('::', ':\u2060:') : line))
    .join('\n');
}

/** JSON of two spaces' indentation, in which no character acts on a terminal. Its value stays the same. */
export function visibleJson(value: unknown): string {
  return `${escapeActing(JSON.stringify(value, undefined, 2))}\n`;
}

/** JSON text in which no character acts on a terminal, as escapes of the same value. Line ends stay. */
export function escapeActing(json: string): string {
  return harmless.test(json) ? json : json.replace(acting, (c) => (c === '\n' ? c : escaped(c)));
}

const harmless = /^[\n\x20-\x7e]*$/;
const plain = /^[\x20-\x7e]*$/;

function named(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
