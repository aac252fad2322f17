import { describe, expect, test } from 'vitest';
import { MappedText, SourceFile, textOf } from '../index.ts';

const file = new SourceFile('a.txt', '  one\n  two\\n3\n');
const line = (start: number, end: number) => MappedText.of({ file, start, end });

/** `one\ntwo\n3`: two lines without their indentation; the second holds an escape, one character made of two. */
function block(): MappedText {
  return new MappedText(file, 'one\ntwo\n3', [
    { at: 0, source: 2, length: 4 },
    { at: 4, source: 8, length: 3 },
    { at: 7, source: 11, length: 1, sourceLength: 2 },
    { at: 8, source: 13, length: 1 },
  ]);
}

const placesOf = (text: MappedText) => [...text.text].map((_, i) => textOf(text.range(i, i + 1)));

describe('range', () => {
  test('gives the place of each character', () => {
    expect(placesOf(block())).toEqual(['o', 'n', 'e', '\n', 't', 'w', 'o', '\\n', '3']);
  });

  test('spans what stands between in the file', () => {
    expect(textOf(block().range(0, 7))).toBe('one\n  two');
    expect(textOf(block().range())).toBe('one\n  two\\n3');
  });

  test('of nothing is a place', () => {
    expect(block().range(4, 4)).toMatchObject({ start: 8, end: 8 });
    expect(block().range(9, 9)).toMatchObject({ start: 14, end: 14 });
    expect(line(3, 3).range()).toMatchObject({ start: 3, end: 3 });
  });

  test('takes offsets outside of the text for its ends', () => {
    expect(textOf(block().range(-5, 100))).toBe('one\n  two\\n3');
    expect(block().range(100, 200)).toMatchObject({ start: 14, end: 14 });
    expect(block().range(5, 2)).toMatchObject({ start: 9, end: 9 });
  });

  test('of text that stands nowhere lies behind what is before it, or before the first', () => {
    const text = new MappedText(file, '> one', [{ at: 2, source: 2, length: 3 }]);
    expect(text.range(0, 1)).toMatchObject({ start: 2, end: 2 });
    expect(textOf(text.range(0, 3))).toBe('o');
    expect(new MappedText(file, 'none', []).range()).toMatchObject({ start: 0, end: 0 });
  });
});

describe('join', () => {
  test('keeps the places of its parts, and gives none to what is between', () => {
    const joined = MappedText.join(file, [line(2, 5), line(8, 11)], ' + ');
    expect(joined.text).toBe('one + two');
    expect(textOf(joined.range(0, 3))).toBe('one');
    expect(textOf(joined.range(6))).toBe('two');
    expect(joined.range(4, 5)).toMatchObject({ start: 5, end: 5 });
  });

  test('passes over empty parts', () => {
    const joined = MappedText.join(file, [line(0, 0), line(2, 5), line(6, 6), line(8, 11), line(14, 14)]);
    expect(joined.text).toBe('onetwo');
    expect(placesOf(joined)).toEqual(['o', 'n', 'e', 't', 'w', 'o']);
  });

  test('of no parts is empty', () => {
    expect(MappedText.join(file, []).text).toBe('');
  });
});

describe('slice', () => {
  test('keeps places, for every start and end', () => {
    const text = block();
    const places = placesOf(text);
    for (let start = 0; start <= text.text.length; start++) {
      for (let end = start; end <= text.text.length; end++) {
        const part = text.slice(start, end);
        expect(part.text).toBe(text.text.slice(start, end));
        expect(placesOf(part)).toEqual(places.slice(start, end));
        expect(part.range()).toEqual(text.range(start, end));
      }
    }
  });

  test('of a slice keeps places', () => {
    const part = block().slice(2, 9).slice(2, 6);
    expect(part.text).toBe('two\n');
    expect(placesOf(part)).toEqual(['t', 'w', 'o', '\\n']);
  });

  test('of an escape which gives several characters stays at the escape', () => {
    const text = new MappedText(file, 'XYZ', [{ at: 0, source: 11, length: 3, sourceLength: 2 }]);
    expect(placesOf(text.slice(1, 2))).toEqual(['\\n']);
  });

  test('takes offsets outside of the text for its ends', () => {
    expect(block().slice(-3, 3).text).toBe('one');
    expect(block().slice(7, 99).text).toBe('\n3');
    expect(block().slice(50, 60).range()).toMatchObject({ start: 14, end: 14 });
  });
});

describe('withText', () => {
  test('changes the text, not the places', () => {
    expect(placesOf(line(2, 5).withText('xxx'))).toEqual(['o', 'n', 'e']);
  });

  test('refuses another length', () => {
    expect(() => line(2, 5).withText('four')).toThrow(RangeError);
  });
});
