import { execFileSync } from 'node:child_process';
import { randomIgnoreFile } from '../random-contexts/ignore-case.ts';
import { randomFrom, several } from '../random-contexts/random.ts';
import { pathsOf, randomTree } from '../random-contexts/tree-case.ts';

/**
 * Writes the fixture of moby's answers to standard output: ignore files at random, each with paths of a tree that it has
 * something to do with. The seed decides them, so that a newer patternmatcher changes answers and nothing else.
 */
const seed = 7;
const ignoreFiles = 1200;

const random = randomFrom(seed);
const questions = several(ignoreFiles, () => {
  const paths = pathsOf(randomTree(random)).slice(0, 12);
  return { ignore: randomIgnoreFile(random, paths), paths };
});
const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
const output = execFileSync('go', ['run', '-buildvcs=false', '.'], {
  cwd: import.meta.dirname,
  input,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
});
process.stdout.write(output);
