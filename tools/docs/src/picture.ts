import stringWidth from 'fast-string-width';

/** Pixels. */
const fontSize = 14;
const columnWidth = 8.4;
const lineHeight = 20;
const padding = 16;

/** A dark panel of its own stands out on a light page and on a dark one. */
const style = `
.panel { fill: #0d1117; stroke: #30363d; }
text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #e6edf3; white-space: pre; }
.bold { font-weight: 600; }
.dim { fill: #8b949e; }
.underline { text-decoration: underline; }
.red { fill: #ff7b72; }
.green { fill: #7ee787; }
.yellow { fill: #e3b341; }
.blue { fill: #79c0ff; }
.magenta { fill: #d2a8ff; }
.cyan { fill: #76e3ea; }`;

const colors: Readonly<Record<number, string>> = {
  31: 'red',
  32: 'green',
  33: 'yellow',
  34: 'blue',
  35: 'magenta',
  36: 'cyan',
  90: 'dim',
};

interface Look {
  readonly color?: string | undefined;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly underline?: boolean;
}

interface Run {
  readonly text: string;
  readonly look: Look;
}

/**
 * A picture of coloured terminal output below the command that gave it.
 *
 * Knows the sequences for bold, dim, underlined and the 8 basic colours, and drops others. How long a run took is left
 * out, so that the same findings give the same picture.
 */
export function ansiToSvg(text: string, { title }: { readonly title: string }): string {
  const output = text.replace(/ · \d+(?:\.\d+)? m?s\b/g, '').trimEnd();
  const rows = [[{ text: `$ ${title}`, look: { bold: true } }], [], ...rowsOf(output)];
  const columns = Math.max(...rows.map((row) => row.reduce((sum, run) => sum + stringWidth(run.text), 0)));
  const width = Math.ceil(columns * columnWidth) + 2 * padding;
  const height = rows.length * lineHeight + 2 * padding;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-size="${fontSize}" xml:space="preserve" role="img">
<title>${escaped(title)}</title>
<style>${style}
</style>
<rect class="panel" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" />
${rows.flatMap(svgOfRow).join('\n')}
</svg>
`;
}

/** The lines of a text as runs of one look each; a look goes on over line ends. */
function rowsOf(text: string): readonly (readonly Run[])[] {
  let look: Look = {};
  return text.split('\n').map((line) => {
    const [first = '', ...rest] = line.split('\u001B');
    const runs: Run[] = [{ text: first, look }];
    for (const part of rest) {
      const [sequence = '', codes = ''] = /^\[([\d;]*)[A-Z]/i.exec(part) ?? [];
      if (sequence.endsWith('m')) look = codes.split(';').reduce((before, code) => changed(before, Number(code)), look);
      runs.push({ text: part.slice(sequence.length), look });
    }
    return runs;
  });
}

function changed(look: Look, code: number): Look {
  if (code === 0) return {};
  if (code === 1) return { ...look, bold: true };
  if (code === 2) return { ...look, dim: true };
  if (code === 4) return { ...look, underline: true };
  if (code === 22) return { ...look, bold: false, dim: false };
  if (code === 24) return { ...look, underline: false };
  if (code === 39) return { ...look, color: undefined };
  return colors[code] ? { ...look, color: colors[code] } : look;
}

/** Each run stands at its own column and is as wide as its columns, whatever the font. */
function svgOfRow(row: readonly Run[], index: number): readonly string[] {
  const y = padding + index * lineHeight + fontSize;
  let column = 0;
  return row.flatMap(({ text, look }) => {
    const shown = text.trim();
    const x = round(padding + (column + text.indexOf(shown)) * columnWidth);
    column += stringWidth(text);
    if (shown === '') return [];
    const length = round(stringWidth(shown) * columnWidth);
    return [
      `<text x="${x}" y="${y}"${classesOf(look)} textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(shown)}</text>`,
    ];
  });
}

function classesOf({ bold, underline, color, dim }: Look): string {
  const classes = [bold && 'bold', underline && 'underline', color ?? (dim && 'dim')].filter(Boolean);
  return classes.length > 0 ? ` class="${classes.join(' ')}"` : '';
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** XML has no way to write most control characters. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
