import type { ImageName } from './reference.ts';

const domain = /^(?:\[[a-fA-F0-9:]+\]|(?!-)[a-zA-Z0-9-]+(?<!-)(?:\.(?!-)[a-zA-Z0-9-]+(?<!-))*)(?::[0-9]+)?$/;
const pathComponent = /^[a-z0-9]+(?:(?:\.|__|_|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const imageId = /^[a-f0-9]{64}$/;

/** The longest path of distribution/reference. */
const maxPath = 255;
const maxText = 2000;

/**
 * Reads an image name by the grammar of distribution/reference, normalised as Docker does: `node` is
 * `docker.io/library/node`, and the part before the first `/` is a registry only if it holds `.`, `:` or an upper-case
 * letter, or is `localhost`.
 *
 * Undefined for what is no image name: upper case in the path, variables, spaces, an empty text, 64 hex digits (an id).
 * A digest's length is not held against its algorithm.
 */
export function parseImageName(text: string): ImageName | undefined {
  if (text.length > maxText || imageId.test(text)) return undefined;
  const [named, digest] = cut(text, text.indexOf('@'));
  const [name, tag] = cut(named, named.indexOf(':', named.lastIndexOf('/') + 1));
  if (digest !== undefined && !digestPattern.test(digest)) return undefined;
  if (tag !== undefined && !tagPattern.test(tag)) return undefined;
  const place = locate(name);
  if (!place) return undefined;
  return { text, name, ...place, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

function locate(name: string): Pick<ImageName, 'registry' | 'repository'> | undefined {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const hasDomain = /[.:A-Z]/.test(first) || first === 'localhost';
  const registry = !hasDomain || first === 'index.docker.io' ? 'docker.io' : first;
  const path = hasDomain ? name.slice(slash + 1) : name;
  if (hasDomain && !domain.test(first)) return undefined;
  if (path.length > maxPath || !path.split('/').every((part) => pathComponent.test(part))) return undefined;
  return { registry, repository: registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path };
}

function cut(text: string, at: number): [string, string | undefined] {
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
