import type { Case } from './cases.ts';

/** What a context exercises, by the text of its files. */
export function featuresOf({ text, ignore, files, buildArgs }: Case): readonly string[] {
  const copies = text.split('\n').filter((line) => /^(?:COPY|ADD) /.test(line));
  const sources = copies.flatMap(sourcesOf);
  const patterns = ignore?.text.split(/\r?\n/).map((line) => line.trim()) ?? [];
  const found: readonly (readonly [string, boolean])[] = [
    ['ignore file', ignore !== undefined],
    ['ignore file beside the Dockerfile', ignore?.besideDockerfile === true],
    ['pattern with !', patterns.some((pattern) => pattern.startsWith('!'))],
    ['pattern with **', patterns.some((pattern) => pattern.includes('**'))],
    ['pattern with a class', patterns.some((pattern) => /\[[^[\]]/.test(pattern))],
    ['pattern with an escape', patterns.some((pattern) => pattern.includes('\\'))],
    ['COPY', copies.some((line) => line.startsWith('COPY'))],
    ['ADD', copies.some((line) => line.startsWith('ADD'))],
    ...['parents', 'exclude', 'link', 'chown', 'chmod', 'from'].map((flag) => flagged(copies, flag)),
    ['exec form', copies.some((line) => line.endsWith('"]'))],
    ['heredoc', copies.some((line) => line.includes('<<EOF'))],
    ['wildcard', sources.some((source) => /[*?[]/.test(source))],
    ['source with ..', sources.some((source) => source.includes('..'))],
    ['several sources', copies.some((line) => sourcesOf(line).length > 1)],
    ['variable', copies.some((line) => line.includes('$'))],
    ['build argument', Object.keys(buildArgs).length > 0],
    ['stage from another', /^FROM s\d/m.test(text)],
    ['WORKDIR', /^WORKDIR /m.test(text)],
    ['link in the context', [...files.values()].some((content) => typeof content === 'string')],
    ['odd name', [...files.keys()].some((path) => /[^\w./-]/.test(path))],
  ];
  return found.flatMap(([name, has]) => (has ? [name] : []));
}

function flagged(copies: readonly string[], flag: string): readonly [string, boolean] {
  return [`--${flag}`, copies.some((line) => line.includes(` --${flag}`))];
}

function sourcesOf(line: string): readonly string[] {
  const body = line.replace(/^\w+ (?:--\S+ )*/, '');
  const words = body.startsWith('["') && body.endsWith('"]') ? (JSON.parse(body) as string[]) : body.split(' ');
  return words.slice(0, -1);
}
