import type * as Bash from 'unbash';
import { MappedText } from '../text/mapped-text.ts';
import type { Redirection } from './model.ts';
import type { ShellSource } from './source.ts';
import { readWord } from './words.ts';

export function readRedirections(source: ShellSource, nodes: readonly Bash.Redirection[]): Redirection[] {
  return nodes.map((node) => {
    const descriptor = node.descriptor ? source.code.slice(node.descriptor.pos, node.descriptor.end) : '';
    const operator = descriptor + node.operator;
    const range = source.text.range(node.pos, node.end);
    if (node.type === 'HereDoc') {
      return { operator, body: hereDocBody(source, node), expands: node.delimiter?.quoted !== true, range };
    }
    return { operator, ...(node.target && { target: readWord(source, node.target) }), range };
  });
}

/** The body of a here-document; that of `<<-` without its leading tabs. */
export function hereDocBody(source: ShellSource, node: Bash.HereDoc): MappedText {
  const body = source.text.slice(node.body.pos, node.body.end);
  if (node.operator !== '<<-' || !body.text.includes('\t')) return body;
  const pieces: MappedText[] = [];
  for (let start = 0; start < body.text.length;) {
    const newline = body.text.indexOf('\n', start);
    const end = newline < 0 ? body.text.length : newline + 1;
    let from = start;
    while (body.text[from] === '\t') from++;
    pieces.push(body.slice(from, end));
    start = end;
  }
  return MappedText.join(body.file, pieces);
}
