import { memoryTree } from '@plimsoll/build-context';
import type { MemoryFile } from '@plimsoll/build-context';
import { defineRule } from '@plimsoll/core';
import type { Finding } from '@plimsoll/core';
import { check } from './index.ts';
import type { CheckOptions, CheckResult } from './index.ts';

/** What every rule of these tests says of itself. */
export const about = {
  why: 'It is there for a test.',
  since: '0.1.0',
  references: [],
  examples: { bad: [{ Dockerfile: '«»' }], good: [{ Dockerfile: '' }] },
} as const;

/** Each FROM, as an error; each ENV, as a milder one of the same rule. */
export const fromRule = defineRule({
  ...about,
  id: 'test/from',
  summary: 'There is a FROM.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  visits: 'instruction',
  options: {
    words: { description: 'Only an instruction with one of these words.', default: [] as readonly string[] },
    most: { description: 'As many findings.', default: 100, strict: 200 },
    loud: { description: 'Names the options.', default: false, strict: true },
  },
  check({ instruction }, report, options) {
    const text = instruction.range.file.text.slice(instruction.range.start, instruction.range.end);
    if (options.words.length > 0 && !options.words.some((word) => text.includes(word))) return;
    const message = options.loud ? `${text} (most ${options.most})` : text;
    if (instruction.name === 'FROM') report({ at: instruction.range, message });
    if (instruction.name === 'ENV') report({ at: instruction.range, message, severity: 'info' });
  },
});

/** Each RUN, in the strict preset only. */
export const runRule = defineRule({
  ...about,
  id: 'test/run-step',
  summary: 'There is a RUN.',
  severity: 'warning',
  presets: ['strict'],
  visits: 'instruction',
  check({ instruction }, report) {
    if (instruction.name === 'RUN') report({ at: instruction.range, message: 'a RUN' });
  },
});

/** Each "leak" in a workflow, but for those in a rule id. */
export const leakRule = defineRule({
  ...about,
  id: 'test/leak',
  summary: 'It says leak.',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  visits: 'workflow',
  check({ file }, report) {
    for (const { index } of file.text.matchAll(/(?<!\/)\bleak\b/g)) {
      report({ at: { file, start: index, end: index + 4 }, message: 'a leak' });
    }
  },
});

/** Each "word" of a Dockerfile, on whichever line of an instruction. */
export const wordRule = defineRule({
  ...about,
  id: 'test/word',
  summary: 'It says word.',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  visits: 'dockerfile',
  check({ file }, report) {
    for (const { index } of file.text.matchAll(/\bword\b(?! --)/g)) {
      if (file.text[index - 1] !== '/') report({ at: { file, start: index, end: index + 4 }, message: 'a word' });
    }
  },
});

/** Each pattern of an ignore file. */
export const patternRule = defineRule({
  ...about,
  id: 'test/pattern',
  summary: 'There is a pattern.',
  severity: 'info',
  presets: ['recommended', 'strict'],
  visits: 'ignorePattern',
  check({ pattern }, report) {
    report({ at: pattern.range, message: pattern.text });
  },
});

/** Each shell command that the release graph knows. */
export const commandRule = defineRule({
  ...about,
  id: 'test/command',
  summary: 'There is a command.',
  severity: 'info',
  presets: ['recommended', 'strict'],
  visits: 'command',
  check({ command }, report) {
    report({ at: command.range, message: command.name });
  },
});

export type TestFiles = Readonly<Record<string, MemoryFile>>;

/** Checks files in memory with the first rule, unless others are given. */
export function checkFiles(files: TestFiles, options: Partial<CheckOptions> = {}): Promise<CheckResult> {
  return check({
    cwd: '/',
    rules: [fromRule],
    tree: memoryTree(files),
    now: new Date('2026-11-25T12:00:00Z'),
    ...options,
  });
}

/** Findings as `path:line:column rule message`. */
export function lines(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ at, ruleId, message }) => {
    const { line, column } = at.file.positionAt(at.start);
    return `${at.file.path}:${line}:${column} ${ruleId} ${message}`;
  });
}

/** The findings as `path:line rule`. */
export function places(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ at, ruleId }) => `${at.file.path}:${at.file.positionAt(at.start).line} ${ruleId}`);
}
