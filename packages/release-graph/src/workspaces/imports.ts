import type { Tree } from '@plimsoll/build-context';
import { readTextOf } from './read.ts';

/** A module that a source file names literally. */
export interface Import {
  readonly specifier: string;
  /** The first file that names it. */
  readonly path: string;
  /** Only tests name it. */
  readonly test: boolean;
}

export interface Imports {
  readonly list: readonly Import[];
  /** `false` where there was more to read than the bounds allow. */
  readonly complete: boolean;
}

const maxFiles = 3000;
const maxFileBytes = 400_000;
const maxBytes = 24_000_000;

const source = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;
const notRead = /(?:^|\/)(?:node_modules|dist|build|coverage|\.next|\.nx|vendor)\//;
const test =
  /[.\-_](?:spec|test|stories|story|e2e|cy)\.[^/]*$|(?:^|\/)(?:__tests__|__mocks__|tests?|e2e|cypress|\.storybook)\/|(?:^|\/)(?:jest|vitest|playwright|cypress|eslint)[.\w-]*\.[cm]?[jt]s$/;

/** The literal module names in the sources at these paths: `from '…'`, `import '…'`, `import('…')`, `require('…')`. */
export function importsIn(tree: Tree, paths: readonly string[]): Imports {
  const found = new Map<string, Import>();
  const sources = paths.filter((path) => source.test(path) && !notRead.test(path));
  let bytes = 0;
  for (const path of sources.slice(0, maxFiles)) {
    bytes += tree.size(path);
    if (bytes > maxBytes) return { list: [...found.values()], complete: false };
    const isTest = test.test(path);
    for (const specifier of specifiersOf(readTextOf(tree, path, maxFileBytes) ?? '')) {
      const known = found.get(specifier);
      if (!known || (known.test && !isTest)) found.set(specifier, { specifier, path, test: isTest });
    }
  }
  return { list: [...found.values()], complete: sources.length <= maxFiles };
}

function* specifiersOf(text: string): Generator<string> {
  for (const match of text.matchAll(/\b(?:from|import|require)[ \t\n\r(]{0,40}(["'`])([^"'`\n\\$]{1,200})\1/g)) {
    if (match[2] !== undefined) yield match[2];
  }
}
