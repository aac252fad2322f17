import { relative, sep } from 'node:path';

/** The way from one folder to another as a prefix of paths: '' or `examples/leaky/`. */
export function folderPrefix(from: string, to: string): string {
  const way = relative(from, to).split(sep).join('/');
  return way === '' ? '' : `${way}/`;
}
