import type { Command, Script, ShellWord } from '@plimsoll/documents';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { scriptOf } from '../lanes/scripts.ts';
import { recogniseCommand } from '../tools/index.ts';
import { shellScope, evaluateWord } from '../values/shell.ts';
import { formTexts } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';

/** A file that a script writes, with all that goes into it as far as it can be read. */
export interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

/** The files that the script of a step writes by `>`, `>>` and `tee`. */
export function filesWrittenBy(step: StepInstance): readonly WrittenFile[] {
  const script = scriptOf(step.step);
  if (!script) return [];
  const scope = scopeOfStep(step);
  const found = new Map<string, string[]>();
  for (const command of script.commands) {
    for (const path of targetsOf(command, script, scope)) {
      const texts = found.get(path) ?? [];
      texts.push(...sourcesOf(command, script).map((one) => textOf(one, script, scope)));
      found.set(path, texts);
    }
  }
  return [...[...found].map(([path, texts]) => ({ path, text: texts.join('\n') })), ...reportsOf(script, scope)];
}

/** The files in which a build leaves digest and revision by itself: `--metadata-file`. */
function reportsOf(script: Script, scope: ValueScope): readonly WrittenFile[] {
  return script.commands.flatMap((command) => {
    const places = recogniseCommand(command)?.digests ?? [];
    return places.flatMap((place) => {
      if (place.kind !== 'file' || place.holds !== 'json') return [];
      const paths = formTexts(evaluateWord(place.path, shellScope(script, command, scope))).slice(0, 4);
      return paths.map((path) => ({ path, text: 'digest and revision' }));
    });
  });
}

function targetsOf(command: Command, script: Script, outer: ValueScope): readonly string[] {
  const scope = shellScope(script, command, outer);
  const redirected = command.redirections.flatMap(({ operator, target }) =>
    /^(?:1?>{1,2}|>\||&>)$/.test(operator) && target ? [target] : [],
  );
  const teed = command.name === 'tee' ? command.words.slice(1).filter(({ text }) => !text.startsWith('-')) : [];
  return [...redirected, ...teed].flatMap((word) => formTexts(evaluateWord(word, scope)).slice(0, 4));
}

/** The command, those before it in its pipeline, and those that it substitutes. */
function sourcesOf(command: Command, { commands }: Script): readonly Command[] {
  const { pipeline } = command;
  const before = pipeline
    ? pipeline.commands.slice(0, pipeline.position).flatMap((index) => commands[index] ?? [])
    : [];
  return [...before, command];
}

/** The words and here-documents of a command, as written and with their values. */
function textOf(command: Command, script: Script, outer: ValueScope): string {
  const scope = shellScope(script, command, outer);
  const words: readonly ShellWord[] = [...command.words, ...command.assignments.map(({ value }) => value)];
  const values = words.flatMap((word) => [word.raw, ...formTexts(evaluateWord(word, scope)).slice(0, 4)]);
  const bodies = command.redirections.flatMap(({ body, operator, target }) => [
    ...(body ? [body.text, ...variablesIn(body.text, scope)] : []),
    ...(operator === '<<<' && target ? [target.raw] : []),
  ]);
  return [...values, ...bodies].join(' ');
}

function variablesIn(text: string, scope: ValueScope): readonly string[] {
  const names = new Set([...text.matchAll(/\$\{?(\w+)/g)].flatMap(([, name]) => name ?? []));
  return [...names].flatMap((name) => {
    const value = scope.variable(name);
    return value ? formTexts(value).slice(0, 2) : [];
  });
}
