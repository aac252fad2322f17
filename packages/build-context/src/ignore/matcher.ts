import type { IgnoreFile, IgnorePattern } from '@plimsoll/documents';
import type { IgnoreDecision } from '../model.ts';
import { parentPath } from '../paths/clean.ts';
import { remember } from '../remember.ts';
import { compilePattern, patternProblem } from './pattern.ts';
import type { ListMatch, PatternList } from './pattern-list.ts';
import { patternList } from './pattern-list.ts';

/** Which paths of a context an ignore file leaves out. Paths are relative to the context, without a leading slash. */
export interface IgnoreMatcher {
  /** What BuildKit does with a path; it decides folder by folder, from the root down. */
  decide(this: void, path: string): IgnoreDecision;
  /** Whether a folder is left out and no pattern can let in anything below it. */
  canPrune(this: void, folder: string): boolean;
  /** The patterns which make BuildKit refuse the build. */
  readonly problems: readonly { readonly pattern: IgnorePattern; readonly message: string }[];
}

/**
 * moby/patternmatcher's reading of an ignore file, in time linear in each pattern and path. Patterns that BuildKit
 * refuses are left out and told as problems.
 */
export function ignoreMatcher(ignoreFile: IgnoreFile): IgnoreMatcher {
  const { patterns, list, problems } = compileIgnoreFile(ignoreFile);
  const folders = new Map<string, ListMatch>([['', start]]);
  const matchOf = (path: string): ListMatch => {
    const known = folders.get(path);
    if (known) return known;
    const match = list.match(path, folderMatch(parentPath(path)).inherited);
    return match;
  };
  const folderMatch = (folder: string): ListMatch => {
    const match = matchOf(folder);
    folders.set(folder, match);
    return match;
  };
  return {
    get problems() {
      return [...problems, ...patterns.filter(failsOnUse).map((pattern) => ({ pattern, message: noExpression }))];
    },
    decide: (path) => {
      const { matched, by } = matchOf(path);
      const pattern = by === undefined ? undefined : patterns[by];
      return { ignored: matched, ...(pattern && { pattern }) };
    },
    canPrune: (folder) => {
      const { matched, inherited } = folderMatch(folder);
      return matched && list.isFinal(folder, inherited);
    },
  };
}

/** What Go's regexp says of some escapes, such as `\\y`, when the first path is tried; a `!` pattern may never be tried. */
const noExpression = 'the pattern is no valid expression for Go';

function failsOnUse({ pattern, negated }: IgnorePattern): boolean {
  return !negated && compilePattern(pattern).kind === 'malformed';
}

const start: ListMatch = { matched: false, inherited: [] };

/** An ignore file ready for a walk; `patterns` are those of `list`, by index. */
export interface CompiledIgnoreFile {
  readonly patterns: readonly IgnorePattern[];
  readonly list: PatternList;
  /** The patterns that BuildKit refuses before it has seen a path. */
  readonly problems: IgnoreMatcher['problems'];
}

/** The same for the same file, so that what is found with it can be kept. */
export function compileIgnoreFile(ignoreFile: IgnoreFile | undefined): CompiledIgnoreFile {
  return ignoreFile ? compileOnce(ignoreFile) : nothingIgnored;
}

const compileOnce = remember(({ patterns }: IgnoreFile) => compile(patterns));
const nothingIgnored = compile([]);

function compile(all: readonly IgnorePattern[]): CompiledIgnoreFile {
  const patterns: IgnorePattern[] = [];
  const problems: IgnoreMatcher['problems'][number][] = [];
  for (const pattern of all) {
    const message = patternProblem(pattern);
    if (message === undefined) patterns.push(pattern);
    else problems.push({ pattern, message });
  }
  return { patterns, list: patternList(patterns), problems };
}
