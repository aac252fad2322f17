import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomDockerfile } from './dockerfile-case.ts';
import type { DockerfileCase } from './dockerfile-case.ts';
import { randomIgnoreFile } from './ignore-case.ts';
import { randomFrom } from './random.ts';
import type { Files } from './tree-case.ts';
import { pathsOf, randomTree } from './tree-case.ts';

/** One context with the Dockerfile that is built in it. */
export interface Case extends DockerfileCase {
  readonly id: number;
  readonly files: Files;
  /** Undefined where there is no ignore file. */
  readonly ignore?: { readonly text: string; readonly besideDockerfile: boolean };
}

export function randomCase(id: number): Case {
  const random = randomFrom(id);
  const files = randomTree(random);
  const paths = pathsOf(files);
  const text = random.chance(0.65) ? randomIgnoreFile(random, paths) : undefined;
  const besideDockerfile = random.chance(0.2);
  return {
    id,
    files,
    ...randomDockerfile(random, paths),
    ...(text !== undefined && { ignore: { text, besideDockerfile } }),
  };
}

/** Writes `ctx`, the context, and `df`, the folder of the Dockerfile, into a folder. */
export function writeCase({ files, text, ignore }: Case, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const context = path.join(folder, 'ctx');
  mkdirSync(path.join(folder, 'df'), { recursive: true });
  mkdirSync(context);
  for (const [name, content] of files) {
    const at = path.join(context, name);
    mkdirSync(name.endsWith('/') ? at : path.dirname(at), { recursive: true });
    if (typeof content === 'string') symlinkSync(content, at);
    else if (!name.endsWith('/')) writeFileSync(at, 'x'.repeat(content));
  }
  writeFileSync(path.join(folder, 'df/Dockerfile'), text);
  if (!ignore) return;
  // The file at the root would hide everything; the one beside the Dockerfile must win.
  if (ignore.besideDockerfile) writeFileSync(path.join(context, '.dockerignore'), '**\n');
  const at = ignore.besideDockerfile ? 'df/Dockerfile.dockerignore' : 'ctx/.dockerignore';
  writeFileSync(path.join(folder, at), ignore.text);
}
