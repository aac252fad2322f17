import type { Build } from '../model.ts';
import { onlyValue } from '../values/resolved.ts';

const argsOfBuilds = new WeakMap<Build, ReadonlyMap<string, string | undefined>>();

/** The values of a build's arguments by name; undefined where one is given that is not known. */
export function argsOf(build: Build): ReadonlyMap<string, string | undefined> {
  const known = argsOfBuilds.get(build);
  if (known) return known;
  const args = new Map(
    build.buildArgs.map(({ name, value, inherited }) => {
      const given = value ?? inherited;
      return [name, given && onlyValue(given)] as const;
    }),
  );
  argsOfBuilds.set(build, args);
  return args;
}
