import type { Answer } from './buildkit.ts';
import type { Said } from './plimsoll.ts';

/**
 * What differs between BuildKit's answer and Plimsoll's; nothing where they agree. Files of `foreignBytes` are of no
 * context, and not compared.
 */
export function differences(answer: Answer, said: Said, foreignBytes?: number): readonly string[] {
  if (answer.refused !== undefined && said.refused !== undefined) return [];
  if (answer.refused !== undefined) return [`BuildKit refuses: ${answer.refused}`];
  if (said.refused !== undefined) return [`Plimsoll says it is refused: ${said.refused}`];
  const real = realFiles(answer, foreignBytes);
  const found: string[] = said.opaque.map((message) => `not known: ${message}`);
  for (const [path, content] of real) {
    if (said.files.get(path) !== content)
      found.push(`${path} is ${content}, Plimsoll: ${said.files.get(path) ?? 'absent'}`);
  }
  for (const path of said.files.keys()) if (!real.has(path)) found.push(`${path} is not there`);
  return found;
}

/** The files of an answer that are of the context: their bytes, or where they point. */
export function realFiles(answer: Answer | undefined, foreignBytes?: number): ReadonlyMap<string, string> {
  const real = new Map<string, string>();
  for (const { path, size, link } of answer?.files ?? []) {
    if (size !== foreignBytes) real.set(path, link === undefined ? String(size) : `-> ${link}`);
  }
  return real;
}
