import type { MappedText } from '../text/mapped-text.ts';
import type { YamlNode } from '../yaml/model.ts';
import type { ProblemList } from '../yaml/problems.ts';
import { readExpressions } from './read-expressions.ts';

/** GitHub refuses a file with an expression that it cannot read: broken, longer than 21,000 characters, or nested too deep. */
export function checkExpressions(root: YamlNode | undefined, problems: ProblemList): void {
  const seen = new Set<YamlNode>();
  const open: YamlNode[] = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.type === 'map') for (const { value } of node.entries) open.push(value);
    else if (node.type === 'sequence') for (const item of node.items) open.push(item);
    else if (node.text.text.includes('${{')) checkText(node.text, problems);
  }
}

function checkText(text: MappedText, problems: ProblemList): void {
  for (const { error, range } of readExpressions(text))
    if (error !== undefined) problems.add(range.start, range.end, `This expression cannot be read: ${error}`);
}
