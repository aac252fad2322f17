import type { Reading, SourceFile, SyntaxRule } from '../text/source-file.ts';
import { readYamlPart } from '../yaml/read-yaml.ts';
import type { YamlFile } from '../yaml/model.ts';

/** Reads JSON with comments: without them it is YAML, which also takes a trailing comma. */
export function readJsonWithComments(file: SourceFile, rule: SyntaxRule): Reading<YamlFile> {
  return readYamlPart(file, rule, { text: maskComments(file.text), offset: 0, repeatedKeys: true });
}

const TOKEN = /"(?:[^"\\\r\n]|\\.)*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** Puts spaces in the place of comments, so that all offsets stay. */
function maskComments(text: string): string {
  return text.replace(TOKEN, (token) => (token.startsWith('"') ? token : token.replace(/[^\r\n]/g, ' ')));
}
