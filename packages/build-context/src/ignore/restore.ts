import { cleanPath, readIgnoreFile, textOf } from '@plimsoll/documents';
import type { IgnoreFile, IgnorePattern } from '@plimsoll/documents';
import { compileGlob } from '../paths/glob.ts';
import { remember } from '../remember.ts';
import { patternProblem } from './pattern.ts';

/** What BuildKit makes of a whole ignore file. */
export interface RestoredIgnoreFile {
  readonly ignoreFile: IgnoreFile;
  /** Why it refuses every build with this file. */
  readonly refused: readonly string[];
}

/**
 * Puts back the patterns which the reader left out because Go's regexp refuses them: BuildKit finds that only when it
 * tries one on a path, and a build that sends nothing passes.
 */
export const restoreIgnoreFile = remember((ignoreFile: IgnoreFile): RestoredIgnoreFile => {
  const refused: string[] = [];
  const restored: IgnorePattern[] = [];
  for (const { range, message } of readIgnoreFile(ignoreFile.file).problems) {
    const pattern = patternOf(textOf(range));
    if (compileGlob(pattern.pattern) && !patternProblem(pattern)) restored.push({ ...pattern, range });
    else refused.push(message);
  }
  if (restored.length === 0) return { ignoreFile, refused };
  const patterns = [...ignoreFile.patterns, ...restored].sort((a, b) => a.range.start - b.range.start);
  return { ignoreFile: { ...ignoreFile, patterns }, refused };
});

function patternOf(text: string): Omit<IgnorePattern, 'range'> {
  const negated = text.startsWith('!');
  const written = negated ? text.slice(1).trim() : text;
  return { text, negated, pattern: written === '' ? '' : cleanPath(written).replace(/^\/(?=.)/, '') };
}
