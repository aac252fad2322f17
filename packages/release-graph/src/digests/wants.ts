import type { Reading } from './readings.ts';

/** A digest is meant: by the name of what is read, by the name of what takes it, or by the `@` before it. */
export function wantsDigest({ path, part, value, site }: Reading): boolean {
  const output = path.names.at(-1) ?? '';
  if (path.context !== 'steps' && path.context !== 'needs' && path.context !== 'jobs') return false;
  if (/digest/i.test(output)) return !/artifact-digest$/i.test(output);
  if (value.value.slice(0, part.start).endsWith('@')) return true;
  if (site.kind === 'input' || site.kind === 'variable')
    return isDigestName(site.name) && value.value.trim().startsWith('${{');
  return site.kind === 'output' && isDigestName(site.output.name);
}

function isDigestName(name: string): boolean {
  return /^(?:\w+[-_])?digest$/i.test(name);
}
