import { entriesOf, itemsOf, stringOf, valueAt } from '../yaml/access.ts';
import type { YamlNode } from '../yaml/model.ts';
import { wholeImage } from './image-text.ts';
import type { ManifestImage } from './model.ts';

/** The images of a task definition of Amazon ECS: of its `containerDefinitions`, also where the answer of the API holds it. */
export function readTaskDefinition(root: YamlNode): readonly ManifestImage[] | undefined {
  const holder = valueAt(root, 'containerDefinitions') ? root : valueAt(root, 'taskDefinition');
  const containers = itemsOf(valueAt(holder, 'containerDefinitions'));
  if (!containers.some((container) => entriesOf(container).some(({ key }) => key === 'image'))) return undefined;
  const family = stringOf(valueAt(holder, 'family'));
  return containers.flatMap((container) => {
    const name = stringOf(valueAt(container, 'name'));
    const owner = [
      `task definition${family === undefined ? '' : ` ${family}`}`,
      ...(name === undefined ? [] : [`container ${name}`]),
    ];
    const image = wholeImage(valueAt(container, 'image'), owner.join(', '));
    return image ? [{ ...image, ...(name !== undefined && { container: name }) }] : [];
  });
}
