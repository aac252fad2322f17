import type { Reading, SourceFile, SyntaxRule } from '../text/source-file.ts';
import { composeNodes } from './compose.ts';
import type { YamlComment, YamlFile } from './model.ts';
import { problemList } from './problems.ts';
import { readTokens } from './tokens.ts';

/** A part of a file, or other text of the same length that stands for it. */
export interface YamlSource {
  readonly text: string;
  /** Where `text` starts in the file. */
  readonly offset: number;
  /** What reads such files takes the last of a key that is given twice, so that it is no problem. */
  readonly repeatedKeys?: true;
}

/**
 * Reads a file as YAML 1.2 (JSON is a subset). Problems are reported under `rule`, at most 20, one a line.
 *
 * Files of more than 1 MiB, of more than 500,000 tokens or nested deeper than 100 levels are refused with a problem,
 * and so are aliases that would blow the tree up.
 */
export function readYaml(file: SourceFile, rule: SyntaxRule): Reading<YamlFile> {
  return readYamlPart(file, rule, { text: file.text, offset: 0 });
}

export interface PartReading extends Reading<YamlFile> {
  /** Set where the text was not read at all; the problem says why. */
  readonly refused: boolean;
  readonly tokens: number;
}

/** The same for a part of a file, with at most `limit` tokens. */
export function readYamlPart(
  file: SourceFile,
  rule: SyntaxRule,
  { text, offset, repeatedKeys }: YamlSource,
  limit?: number,
): PartReading {
  const problems = problemList(file, rule);
  const tokens = readTokens(text, limit);
  if (tokens.refused) {
    const at = offset + tokens.refused.at;
    problems.add(at, at + 1, tokens.refused.message);
  }
  const documents = tokens.refused ? [] : composeNodes(file, offset, tokens, problems, repeatedKeys ?? false);
  const comments = tokens.comments.map(({ text: comment, start }): YamlComment => ({
    text: comment,
    range: file.range(offset + start, offset + start + comment.length),
  }));
  const document: YamlFile = { kind: 'yaml', file, documents, comments };
  return { document, problems: problems.problems(), refused: tokens.refused !== undefined, tokens: tokens.count };
}
