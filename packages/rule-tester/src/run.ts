import { memoryTree } from '@plimsoll/build-context';
import type { Example, Finding, OptionValue, Rule } from '@plimsoll/core';
import { check } from '@plimsoll/engine';
import { readExample } from './example.ts';
import type { Mark } from './example.ts';

/** What a rule said of an example. */
export interface ExampleRun {
  readonly files: Readonly<Record<string, string>>;
  readonly marks: readonly Mark[];
  /** Those of the rule, and every `syntax/*` one: an example has to be readable. */
  readonly findings: readonly Finding[];
}

export interface RunOptions {
  /** `strict` unless it says otherwise: an example shows all that the rule sees. */
  readonly preset?: 'recommended' | 'strict';
  /** Options of the rule. */
  readonly options?: Readonly<Record<string, OptionValue>>;
}

/**
 * Checks the files of an example with one rule.
 * @throws {SyntaxError} where the marks do not pair.
 * @throws {Error} where the rule throws: the engine would tell it as an exit code of 3.
 */
export async function runExample(
  rule: Rule,
  example: Example,
  { preset = 'strict', options }: RunOptions = {},
): Promise<ExampleRun> {
  const { files, marks } = readExample(example);
  const settings = options
    ? { 'plimsoll.yaml': JSON.stringify({ rules: { [rule.id]: { level: rule.severity, options } } }) }
    : {};
  const result = await check({
    cwd: '/',
    paths: [],
    rules: [rule],
    preset,
    tree: memoryTree({ ...files, ...settings }),
  });
  const [failure] = result.uncheckable;
  if (failure) throw new Error(`${rule.id} could not check the example: ${JSON.stringify(failure)}`);
  return { files, marks, findings: result.findings };
}

/** What is wrong with an example, a line each; empty where it holds. A good example has no marks. */
export async function faultsOf(rule: Rule, example: Example, options?: RunOptions): Promise<readonly string[]> {
  const { findings, marks, files } = await runExample(rule, example, options);
  const place = (path: string, start: number, end: number) =>
    `${path}: «${(files[path] ?? '').slice(start, end)}» at ${start}`;
  const wanted = marks.map((m) => place(m.path, m.start, m.end));
  const found = findings.map((f) => ({ finding: f, text: place(f.at.file.path, f.at.start, f.at.end) }));
  return [
    ...wanted
      .filter((w) => !found.some((f) => f.text === w && f.finding.ruleId === rule.id))
      .map((w) => `no finding of ${rule.id} at ${w}`),
    ...found
      .filter((f) => f.finding.ruleId !== rule.id || !wanted.includes(f.text))
      .map((f) => `unwanted ${f.finding.ruleId} at ${f.text}: ${f.finding.message}`),
  ];
}
