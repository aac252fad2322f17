import { visible } from '../visible.ts';
import type { ShipsInput } from './input.ts';

/** The paths in the image, one a line, sorted; of several builds each behind a line that starts with `#`. */
export function shipsPaths(builds: readonly ShipsInput[], { single }: { readonly single: boolean }): string {
  return builds
    .map(({ subject, target }) => {
      const paths = (subject.contents.final?.files ?? []).map(({ path }) => `${visible(path)}\n`).join('');
      const name = `${subject.dockerfile.file.path}${target === undefined ? '' : `, target ${target}`}`;
      return single ? paths : `# ${visible(name)}\n${paths}`;
    })
    .join('\n');
}
