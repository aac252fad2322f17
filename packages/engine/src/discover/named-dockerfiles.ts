import { posix } from 'node:path';
import type { Tree } from '@plimsoll/build-context';
import type { SourceFile } from '@plimsoll/documents';

/** As many names of a file as are tried; a file with more of them is no description of builds. */
const MAX_NAMES = 200;
const MAX_CONTEXTS = 20;

const DOCKERFILE_KEY = /\b(?:docker)?file["']?[ \t]*[:=][ \t]*["']?([^\s"',#}\]]+)/gi;
const DOCKERFILE_FLAG = /[ \t](?:-f|--file)[ =]["']?([^\s"';|&)]+)/g;
const CONTEXT_KEY = /\b(?:context|build|working-directory)["']?[ \t]*[:=][ \t]*["']?([^\s"',#}\]]+)/gi;

/**
 * Paths of files which a workflow, an action, a compose or a bake file names as the Dockerfile of a build, and which
 * are there. Found by the text alone: whether a build really takes it is for the release graph to say.
 */
export function namedDockerfiles(tree: Tree, sources: readonly SourceFile[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path, text } of sources) {
    const names = matches(text, DOCKERFILE_KEY, MAX_NAMES).concat(matches(text, DOCKERFILE_FLAG, MAX_NAMES));
    if (names.length === 0) continue;
    const contexts = matches(text, CONTEXT_KEY, MAX_CONTEXTS);
    const here = posix.dirname(path);
    const folders = new Set(['.', here, ...contexts, ...contexts.map((context) => posix.join(here, context))]);
    for (const name of new Set(names)) {
      for (const folder of folders) {
        const place = posix.normalize(posix.join(folder, name));
        const type = tree.entry(place)?.type;
        if (type === 'file' || type === 'symlink') found.add(place);
      }
    }
  }
  return found;
}

function matches(text: string, pattern: RegExp, most: number): string[] {
  const found = new Set<string>();
  for (const [, name = ''] of text.matchAll(pattern)) {
    if (name.length < 500 && !name.includes('$')) found.add(name);
    if (found.size >= most) break;
  }
  return [...found];
}
