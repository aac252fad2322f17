import type { SourceFile } from '../text/source-file.ts';
import { trimSpace } from '../text/space.ts';
import type { Report } from './report.ts';
import type { Directive } from './model.ts';

export interface Directives {
  readonly directives: readonly Directive[];
  readonly escape: '\\' | '`';
}

const names = new Set(['syntax', 'escape', 'check']);

/**
 * Reads the directives at the top of a Dockerfile. The first line that is none ends them.
 *
 * BuildKit looks twice: its parser takes `escape` also from an indented line, and its front end takes `syntax` and
 * `check` from lines that are not indented, also below a `#!` line. A directive given twice, and an escape character
 * other than `\` and a backtick, are problems.
 */
export function readDirectives(file: SourceFile, report: Report): Directives {
  const found: Directive[] = [];
  const shebang = file.text.startsWith('#!');
  let indented = false;
  for (let line = shebang ? 2 : 1; line <= file.lineCount; line++) {
    const directive = readDirective(file, line);
    if (!directive) break;
    indented ||= directive.indented;
    if (found.some((other) => other.name === directive.name)) {
      report(directive.range, `The directive "${directive.name}" stands here a second time`);
    } else if (directive.name === 'escape' ? !shebang : !indented) {
      found.push(toDirective(directive));
    }
  }
  return { directives: found, escape: escapeOf(found, report) };
}

interface Candidate extends Directive {
  readonly indented: boolean;
}

function toDirective({ name, value, range, valueRange }: Candidate): Directive {
  return { name, value, range, valueRange };
}

function readDirective(file: SourceFile, line: number): Candidate | undefined {
  const text = file.lineText(line);
  const hash = text.length - text.trimStart().length;
  const match = text[hash] === '#' ? /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=/.exec(text.slice(hash)) : null;
  const name = match?.[1]?.toLowerCase();
  if (!match || !name || !names.has(name)) return undefined;
  const rest = text.slice(hash + match[0].length);
  // White space alone is a value, one character long.
  const value = trimSpace(rest) || rest.slice(-1);
  if (value === '') return undefined;
  const start = file.lineStart(line) + hash;
  const valueStart = start + match[0].length + rest.indexOf(value);
  const valueRange = file.range(valueStart, valueStart + value.length);
  const range = file.range(start, valueRange.end);
  return { name: name as Directive['name'], value, range, valueRange, indented: hash > 0 };
}

function escapeOf(found: readonly Directive[], report: Report): '\\' | '`' {
  const directive = found.find((each) => each.name === 'escape');
  if (!directive || directive.value === '\\') return '\\';
  if (directive.value === '`') return '`';
  report(directive.valueRange, `The escape character can be a backslash or a backtick, not "${directive.value}"`);
  return '\\';
}
