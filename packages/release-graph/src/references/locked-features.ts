import { entriesOf, readYaml, stringOf, valueAt } from '@plimsoll/documents';
import type { Manifest, ManifestImage } from '@plimsoll/documents';
import { readText } from '../commands/script-files.ts';
import type { Documents } from '../model.ts';

/** Whether the lock file beside a devcontainer.json says which digest a feature is. */
export function lockedFeatures(documents: Documents): (manifest: Manifest, image: ManifestImage) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  return ({ file: { path } }, { text }) => {
    const locked = known.get(path) ?? readLock(documents, path);
    known.set(path, locked);
    return locked.has(text);
  };
}

function readLock({ tree }: Documents, path: string): ReadonlySet<string> {
  const file = readText(tree, path.replace(/devcontainer\.json$/, 'devcontainer-lock.json'));
  const [root] = file ? readYaml(file, 'syntax/manifest').document.documents : [];
  const entries = entriesOf(valueAt(root, 'features'));
  return new Set(
    entries.flatMap(({ key, value }) => (stringOf(valueAt(value, 'resolved'))?.includes('@sha256:') ? [key] : [])),
  );
}
