import { closest, distance } from 'fastest-levenshtein';

export const instructionNames = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
] as const;

/** The instruction that a misspelt name probably means. */
export function suggestInstruction(name: string): string | undefined {
  if (name === '' || name.length > 15) return undefined;
  const near = closest(name, instructionNames);
  return distance(name, near) <= Math.min(2, near.length - 2) ? near : undefined;
}
