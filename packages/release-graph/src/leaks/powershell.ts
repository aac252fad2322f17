import type { MappedText } from '@plimsoll/documents';
import type { ScriptWrite } from './github-script.ts';
import type { Surroundings } from './script-flow.ts';
import { through } from './tracked.ts';
import type { Tracked } from './tracked.ts';

/**
 * The secrets that a PowerShell script prints, or writes to the files of the runner, line by line: `Write-Host`, `echo`,
 * `>>`, `Out-File`, `Add-Content`. What else it does with one is not guessed.
 */
export function followPowerShell(
  text: MappedText,
  around: Pick<Surroundings, 'variable' | 'expression'>,
): readonly ScriptWrite[] {
  const variables = new Map<string, Tracked | undefined>();
  const written: ScriptWrite[] = [];
  for (const line of statements(text)) {
    const secret = secretIn(line, around, variables);
    const [, scope, name] = ASSIGNMENT.exec(line.text) ?? [];
    if (name !== undefined) {
      const kept = through(secret, line.range(), `${name} is set here`);
      variables.set(`${scope ?? ''}${name}`.toLowerCase(), kept);
      continue;
    }
    const to = secret && !/::add-mask::/.test(line.text) ? targetOf(line.text) : undefined;
    if (secret && to) written.push({ at: line, secret, to });
  }
  return written;
}

const ASSIGNMENT = /^\s*\$(env:)?(\w+)\s*\+?=(?!=)/i;

/** Lines, those that a backtick carries on as one, without comments. */
function statements(text: MappedText): readonly MappedText[] {
  const found: MappedText[] = [];
  let start = 0;
  for (const { index } of `${text.text}\n`.matchAll(/(?<!`)\n/g)) {
    const line = text.text.slice(start, index);
    const from = start + line.length - line.trimStart().length;
    const to = start + line.trimEnd().length;
    if (to > from && text.text[from] !== '#') found.push(text.slice(from, to));
    start = index + 1;
  }
  return found;
}

/** The first secret that the line names. Single quotes keep a variable from being one, and not an expression of the workflow. */
function secretIn(
  line: MappedText,
  around: Pick<Surroundings, 'variable' | 'expression'>,
  variables: ReadonlyMap<string, Tracked | undefined>,
): Tracked | undefined {
  const value = line.text.replace(ASSIGNMENT, (found) => ' '.repeat(found.length));
  for (const match of value.matchAll(/'[^'\n]*'|\$\{\{[^\n]*?\}\}|\$\{?(env:)?(\w+)/gi)) {
    const [found, scope, name] = match;
    if (found.startsWith("'")) {
      for (const inner of found.matchAll(/\$\{\{[^\n]*?\}\}/g)) {
        const at = match.index + inner.index;
        const secret = around.expression(inner[0], line.slice(at, at + inner[0].length));
        if (secret) return secret;
      }
      continue;
    }
    const places = line.slice(match.index, match.index + found.length);
    const key = `${scope ?? ''}${name ?? ''}`.toLowerCase();
    const secret =
      name === undefined
        ? around.expression(found, places)
        : variables.has(key)
          ? variables.get(key)
          : scope && around.variable(name);
    if (secret) return secret;
  }
  return undefined;
}

/** Where the line puts what it names. */
function targetOf(line: string): ScriptWrite['to'] | undefined {
  const [, file] = /\$(?:\{env:|env:|\{\{\s*github\.)(GITHUB_\w+|output|env|step_summary)/i.exec(line) ?? [];
  if (file !== undefined && />>?|\|\s*(?:Out-File|Add-Content|Tee-Object)\b|\b(?:Add|Set)-Content\b/i.test(line)) {
    const variable = /^GITHUB_/i.test(file) ? file.toUpperCase() : `GITHUB_${file.toUpperCase()}`;
    const [, name = ''] = /["'\s](\w+)=/.exec(line) ?? [];
    return { kind: 'output', file: variable, name };
  }
  const prints =
    /^(?:Write-(?:Host|Output|Information|Warning|Error|Verbose)|echo)\b/i.test(line) || /^["$]/.test(line);
  return prints && !/\||>/.test(line.replaceAll(/"[^"\n]*"|'[^'\n]*'/g, '')) ? printed(line) : undefined;
}

/** A line that starts with a text or a variable prints it, unless it calls a method of it. */
function printed(line: string): ScriptWrite['to'] | undefined {
  return /^\$[\w:]+\s*[.([]/.test(line) ? undefined : { kind: 'log' };
}
