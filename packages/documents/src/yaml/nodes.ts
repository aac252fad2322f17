import type { MappedText } from '../text/mapped-text.ts';
import type { Range, SourceFile } from '../text/source-file.ts';
import { blockText } from './block-scalar.ts';
import type { BlockScalar } from './block-scalar.ts';
import { doubleQuotedText, plainText, singleQuotedText } from './flow-scalar.ts';
import type { YamlScalar } from './model.ts';
import { textBuilder } from './text-builder.ts';

export type ScalarFields = Pick<YamlScalar, 'range' | 'value' | 'style' | 'tag'> & {
  /** The text as the library reads it. */
  readonly source: string;
  readonly block?: BlockScalar;
};

/** A scalar whose text is mapped when it is first read: most are never asked for it. */
export function scalarNode(fields: ScalarFields): YamlScalar {
  const { range, value, style, tag } = fields;
  let text: MappedText | undefined;
  return {
    type: 'scalar',
    range,
    value,
    style,
    ...(tag && { tag }),
    get text() {
      return (text ??= mappedText(fields));
    },
  };
}

/** Stands where a value is missing. */
export function nullNode(file: SourceFile, at: number): YamlScalar {
  return scalarNode({ range: { file, start: at, end: at }, value: null, style: 'plain', source: '' });
}

/** Broken scalars (an unclosed quote) are not read alike: their text counts as standing in the whole of their range. */
function mappedText(fields: ScalarFields): MappedText {
  const { range, source } = fields;
  const exact = exactText(fields);
  if (exact.text === source) return exact;
  const whole = textBuilder(range.file, range.start);
  whole.replace(source, range.start, range.end - range.start);
  return whole.build();
}

function exactText({ range, style, block }: ScalarFields): MappedText {
  const { file, start, end }: Range = range;
  if (block) return blockText(file, block);
  if (style === 'single') return singleQuotedText(file, start, end);
  if (style === 'double') return doubleQuotedText(file, start, end);
  return plainText(file, start, end);
}
