import { expect, test } from 'vitest';
import { ansiToSvg } from './picture.ts';

const escape = '\u001B';
const texts = (svg: string): readonly string[] => svg.split('\n').filter((line) => line.startsWith('<text '));
const picture = (text: string): string => ansiToSvg(text, { title: 'plimsoll check' });

test('the command stands above its output', () => {
  expect(texts(picture('a\n\nb\n')).map((text) => text.slice(text.indexOf('>') + 1, -'</text>'.length))).toEqual([
    '$ plimsoll check',
    'a',
    'b',
  ]);
});

test('a coloured run has its own place and class', () => {
  expect(texts(picture(`  1:1 ${escape}[1m${escape}[31merror${escape}[39m${escape}[22m x`)).slice(1)).toEqual([
    '<text x="32.8" y="70" textLength="25.2" lengthAdjust="spacingAndGlyphs">1:1</text>',
    '<text x="66.4" y="70" class="bold red" textLength="42" lengthAdjust="spacingAndGlyphs">error</text>',
    '<text x="116.8" y="70" textLength="8.4" lengthAdjust="spacingAndGlyphs">x</text>',
  ]);
});

test('a wide character takes two columns', () => {
  const [, first, second] = texts(picture(`漢${escape}[2m│${escape}[22m`));
  expect(first).toContain('textLength="16.8"');
  expect(second).toContain('x="32.8"');
  expect(second).toContain('class="dim"');
});

test('text is no markup, and sequences that are not known are dropped', () => {
  const svg = picture(`<b>&amp;</b>${escape}[2J${escape}[38m\u0007`);
  expect(texts(svg)[1]).toContain('>&lt;b&gt;&amp;amp;&lt;/b&gt;</text>');
  expect(svg).not.toContain(escape);
  expect(svg).not.toContain('\u0007');
});

test('how long it took does not change the picture', () => {
  const took = (time: string): string => picture(`2 errors${escape}[2m · 1 suppressed · ${time}${escape}[22m\n`);
  expect(took('312 ms')).toBe(took('1.2 s'));
  expect(took('312 ms')).toContain('· 1 suppressed<');
});
