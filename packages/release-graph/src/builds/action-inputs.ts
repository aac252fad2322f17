import type { NamedValue, Range } from '@plimsoll/documents';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import type { BuildArg, Value } from '../model.ts';
import { evaluateText } from '../values/expressions.ts';
import { literal } from '../values/resolved.ts';
import { toValue } from '../values/value.ts';

/** An input of an action's step, evaluated; undefined where it is not given. */
export function inputValue(step: StepInstance, name: string): Value | undefined {
  const given = inputEntry(step, name);
  return given && toValue(evaluateText(given.value, scopeOfStep(step), given.text), given.value, given.range);
}

export function inputEntry(step: StepInstance, name: string): NamedValue | undefined {
  return step.step.with.find((one) => one.name.toLowerCase() === name);
}

/** One entry of a list input, with its own place. */
export interface ListEntry {
  readonly text: string;
  readonly value: Value;
  readonly range: Range;
}

/** The lines of an input, each evaluated, without empty ones. */
export function inputLines(step: StepInstance, name: string): readonly ListEntry[] {
  const given = inputEntry(step, name);
  if (!given) return [];
  const lines: ListEntry[] = [];
  let at = 0;
  for (const line of given.value.split('\n')) {
    const start = at + (line.length - line.trimStart().length);
    const text = given.text.slice(start, start + line.trim().length);
    at += line.length + 1;
    if (text.text === '') continue;
    lines.push({
      text: text.text,
      value: toValue(evaluateText(text.text, scopeOfStep(step), text), text.text, text.range()),
      range: text.range(),
    });
  }
  return lines;
}

/** `NAME=value`, one a line. */
export function buildArgsOf(step: StepInstance, name: string): readonly BuildArg[] {
  const given = inputEntry(step, name);
  if (!given) return [];
  const found: BuildArg[] = [];
  let at = 0;
  for (const line of given.value.split('\n')) {
    const start = at + (line.length - line.trimStart().length);
    const end = start + line.trim().length;
    at += line.length + 1;
    const entry = given.text.slice(start, end);
    const equals = entry.text.indexOf('=');
    const argument = (equals < 0 ? entry.text : entry.text.slice(0, equals)).trim();
    if (!/^[\w.-]+$/.test(argument)) continue;
    const text = entry.slice(equals + 1);
    found.push({
      name: argument,
      nameRange: entry.range(0, argument.length),
      range: entry.range(),
      ...(equals >= 0
        ? { value: toValue(evaluateText(text.text, scopeOfStep(step), text), text.text, text.range()) }
        : { inherited: toValue(scopeOfStep(step).variable(argument) ?? literal(''), argument, entry.range()) }),
    });
  }
  return found;
}
