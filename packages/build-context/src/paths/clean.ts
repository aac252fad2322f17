import { cleanPath } from '@plimsoll/documents';

/** Go's `path.Join`: empty parts are left out. */
export function joinPaths(...parts: readonly string[]): string {
  const filled = parts.filter((part) => part !== '');
  return filled.length > 0 ? cleanPath(filled.join('/')) : '';
}

/** The path below the root that `path` names when nothing can lead above the root; '' is the root itself. */
export function clampPath(path: string): string {
  return cleanPath(`/${path}`).slice(1);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Everything before the last name, without the slash; '' where there is none. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
