import { entriesOf, itemsOf, valueAt } from '../yaml/access.ts';
import type { YamlNode } from '../yaml/model.ts';
import { wholeImage } from './image-text.ts';
import type { ManifestImage } from './model.ts';

const OCI = 'oci://';

/** What a compose file takes from a registry beside the images of services: models, and other compose files (`include`, `extends`). */
export function composeArtifacts(root: YamlNode): readonly ManifestImage[] {
  const models = entriesOf(valueAt(root, 'models')).map(({ key, value }) =>
    wholeImage(valueAt(value, 'model'), `model ${key}`),
  );
  const included = valueAt(root, 'include');
  const includes = (included?.type === 'sequence' ? included.items : included ? [included] : []).flatMap((one) => {
    const path = one.type === 'map' ? valueAt(one, 'path') : one;
    return (path?.type === 'sequence' ? itemsOf(path) : [path]).map((node) => ociFile(node, 'include'));
  });
  const extended = entriesOf(valueAt(root, 'services')).map(({ key, value }) =>
    ociFile(valueAt(value, 'extends', 'file'), `service ${key}, extends`),
  );
  return [...models, ...includes, ...extended].filter((one) => one !== undefined);
}

function ociFile(node: YamlNode | undefined, owner: string): ManifestImage | undefined {
  const file = wholeImage(node, owner);
  return file?.text.startsWith(OCI)
    ? { ...file, text: file.text.slice(OCI.length), range: { ...file.range, start: file.range.start + OCI.length } }
    : undefined;
}
