import type { SecretSource } from '../model.ts';
import { uniqueSecrets } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';

const maxRead = 2000;

/** The secrets of the variables that a call or a calculation names; what stands in quotes is no name. */
export function secretsRead(text: string, variables: (name: string) => Resolved | undefined): readonly SecretSource[] {
  const bare = text.slice(0, maxRead).replace(/"(?:[^"\\$]|\\.)*"/g, '');
  const names = new Set(bare.match(/\b[A-Za-z_]\w*/g) ?? []);
  return uniqueSecrets([...names].flatMap((name) => variables(name)?.secrets ?? []));
}
