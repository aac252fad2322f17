import { itemsOf, parseImageName, skaffoldArtifacts, stringOf, valueAt } from '@plimsoll/documents';
import type { Manifest, ManifestImage } from '@plimsoll/documents';
import { normalise } from '../builds/paths.ts';
import type { Lanes } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import type { Documents } from '../model.ts';
import { evaluateString } from '../values/expressions.ts';

/** Names that a kustomization or Skaffold puts another name, tag or digest in the place of. */
export function replacedNames({ manifests }: Documents): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { type, roots } of manifests.values()) {
    if (type === 'skaffold') for (const root of roots) for (const name of skaffoldArtifacts(root)) names.add(name);
    if (type !== 'kustomize') continue;
    for (const entry of roots.flatMap((root) => itemsOf(valueAt(root, 'images')))) {
      const name = stringOf(valueAt(entry, 'name'));
      if (name !== undefined) names.add(parseImageName(name)?.name ?? name);
    }
  }
  return names;
}

/** Whether a step of the lane puts another image in the place of a container's before it deploys the task definition. */
export function renderedContainers({ steps }: Lanes): (manifest: Manifest, image: ManifestImage) => boolean {
  const rendered = new Set<string>();
  for (const step of steps) {
    const { uses } = step.step;
    if (uses?.owner !== 'aws-actions' || uses.repository !== 'amazon-ecs-render-task-definition') continue;
    const values = (name: string): readonly string[] => {
      const input = step.step.with.find((one) => one.name.toLowerCase() === name);
      return input ? evaluateString(input, scopeOfStep(step)).values : [];
    };
    for (const path of values('task-definition'))
      for (const container of values('container-name')) rendered.add(`${normalise(path) ?? path}\0${container}`);
  }
  return ({ file }, { container }) => container !== undefined && rendered.has(`${file.path}\0${container}`);
}
