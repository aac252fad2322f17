import { SourceFile, readDockerfile } from '@plimsoll/documents';
import type { MappedText, Range } from '@plimsoll/documents';
import { readBakeFiles, valueOf } from '../bake/bake-file.ts';
import { readText } from '../commands/script-files.ts';
import type { Documents, ImageReference, Related } from '../model.ts';
import { isBakeFile } from './bake-references.ts';
import { dockerfileReferences } from './dockerfile-references.ts';

/** The images of Dockerfiles that stand in compose files (`dockerfile_inline`) and in bake files of HCL (`dockerfile-inline`). */
export function inlineReferences(documents: Documents): readonly ImageReference[] {
  const inline = [...composeTexts(documents), ...bakeTexts(documents)];
  return inline.flatMap(({ file, lines }) => {
    const { document } = readDockerfile(new SourceFile(file.path, padded(file, lines)));
    const found = dockerfileReferences({
      dockerfile: document,
      builds: [],
      published: new Map(),
      builtBeside: new Set(),
    });
    return found.map((reference) => ({
      ...reference,
      range: { ...reference.range, file },
      through: reference.through.map((one): Related => ({ ...one, at: { ...one.at, file } })),
    }));
  });
}

interface InlineText {
  readonly file: SourceFile;
  /** The parts of the file that it is made of, in order. */
  readonly lines: readonly Range[];
}

/** A text as long as the file that holds those lines at their places, and blanks elsewhere. */
function padded({ text }: SourceFile, lines: readonly Range[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of lines) {
    if (start < at) continue;
    parts.push(text.slice(at, start).replace(/[^\n]/g, ' '), text.slice(start, end));
    at = end;
  }
  return parts.join('');
}

function composeTexts({ manifests }: Documents): readonly InlineText[] {
  return [...manifests.values()].flatMap(({ file, services }) =>
    services.flatMap(({ build }) => {
      const lines = build?.dockerfileInline && linesOf(build.dockerfileInline.text);
      return lines ? [{ file, lines }] : [];
    }),
  );
}

/** Undefined where the text is not the file's own, line by line. */
function linesOf(text: MappedText): readonly Range[] | undefined {
  const lines: Range[] = [];
  let at = 0;
  for (const line of text.text.split('\n')) {
    const range = text.range(at, at + line.length);
    if (line !== '' && range.end - range.start !== line.length) return undefined;
    if (line !== '') lines.push(range);
    at += line.length + 1;
  }
  return lines;
}

function bakeTexts({ tree }: Documents): readonly InlineText[] {
  return tree.files.flatMap(({ path, type }) => {
    const file = type === 'file' && path.endsWith('.hcl') && isBakeFile(path) ? readText(tree, path) : undefined;
    if (!file?.text.includes('dockerfile-inline')) return [];
    return [...(readBakeFiles([file])?.targets.values() ?? [])].flatMap((target) => {
      const range = valueOf(target, 'dockerfile-inline')?.range;
      const lines = range && hereDocument(range);
      return lines ? [{ file, lines }] : [];
    });
  });
}

/** The lines between the delimiters. */
function hereDocument({ file, start, end }: Range): readonly Range[] | undefined {
  const text = file.text.slice(start, end);
  if (!text.startsWith('<<')) return undefined;
  const first = text.indexOf('\n') + 1;
  const last = text.lastIndexOf('\n');
  return first > 0 && last > first ? [file.range(start + first, start + last)] : undefined;
}
