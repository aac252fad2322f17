import { readYaml, stringOf, valueAt } from '@plimsoll/documents';
import type { Manifest, ManifestImage } from '@plimsoll/documents';
import { folderOf, readText } from '../commands/script-files.ts';
import type { Documents } from '../model.ts';

/** Whether the lock file beside a devcontainer.json says which digest a feature is. */
export function lockedFeatures({ tree }: Documents): (manifest: Manifest, image: ManifestImage) => boolean {
  return ({ file: { path } }, { text }) => {
    const folder = folderOf(path);
    const name =
      path.endsWith('/devcontainer.json') || path === 'devcontainer.json'
        ? 'devcontainer-lock.json'
        : '.devcontainer-lock.json';
    const file = readText(tree, folder === '' ? name : `${folder}/${name}`);
    const [root] = file ? readYaml(file, 'syntax/manifest').document.documents : [];
    return stringOf(valueAt(root, 'features', text, 'resolved'))?.includes('@sha256:') === true;
  };
}
