import { itemsOf, parseImageName, stringOf, valueAt } from '@plimsoll/documents';
import type { Manifest, ManifestImage, ManifestType } from '@plimsoll/documents';
import { composeLookup } from '../builds/compose.ts';
import { readText } from '../commands/script-files.ts';
import type { Documents, ImageReference, ImageSite } from '../model.ts';
import { expandCompose } from '../values/compose.ts';
import { formText, isKnown } from '../values/resolved.ts';
import { imageReference } from './image-reference.ts';

/** The images that manifests pull or deploy. Left out: what the repository builds under a local name, and what kustomize or Skaffold replaces. */
export function manifestReferences(documents: Documents, built: ReadonlySet<string>): readonly ImageReference[] {
  const replaced = replacedNames(documents);
  return [...documents.manifests.values()].flatMap((manifest) =>
    manifest.images
      .flatMap((image) => referencesOf(documents, manifest, image))
      .filter((reference) => !isOwn(manifest.type, reference, built, replaced)),
  );
}

const sites: Readonly<Record<ManifestType, ImageSite>> = {
  compose: 'compose',
  kubernetes: 'kubernetes',
  kustomize: 'kustomize',
  'helm-values': 'helm values',
  bake: 'bake',
  devcontainer: 'devcontainer',
};

function referencesOf(documents: Documents, manifest: Manifest, image: ManifestImage): readonly ImageReference[] {
  const through = image.parts.map((at) => ({ at, label: 'the other part of its name' }));
  const place = { range: image.range, site: sites[manifest.type], written: image.text, through };
  if (manifest.type !== 'compose') return [imageReference(image.text, place)].filter((one) => one !== undefined);
  const value = expandCompose(image.text, composeLookup(documents, manifest));
  return value.forms
    .filter(isKnown)
    .flatMap((form) => imageReference(formText(form), { ...place, through: [...through, ...value.definitions] }) ?? []);
}

/** In compose a name that the repository builds is that build; elsewhere only a name of no registry is. */
function isOwn(
  type: ManifestType,
  { image }: ImageReference,
  built: ReadonlySet<string>,
  replaced: ReadonlySet<string>,
): boolean {
  if (type === 'kubernetes' && replaced.has(image.name)) return true;
  if (type === 'compose' || type === 'devcontainer') return built.has(image.name);
  return type !== 'kustomize' && !image.name.includes('/') && built.has(image.name);
}

/** Names that a kustomization or Skaffold puts another name, tag or digest in the place of. */
function replacedNames(documents: Documents): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { type, roots } of documents.manifests.values()) {
    if (type !== 'kustomize') continue;
    for (const entry of roots.flatMap((root) => itemsOf(valueAt(root, 'images')))) {
      const name = stringOf(valueAt(entry, 'name'));
      if (name !== undefined) names.add(parseImageName(name)?.name ?? name);
    }
  }
  for (const name of skaffoldImages(documents)) names.add(name);
  return names;
}

/** The artifacts that a `skaffold.yaml` builds and puts into the manifests that it deploys. */
function skaffoldImages({ tree }: Documents): readonly string[] {
  return tree.files
    .filter(({ path, type }) => type === 'file' && /(?:^|\/)skaffold(?:[.-][^/]*)?\.ya?ml$/.test(path))
    .flatMap(({ path }) => (readText(tree, path)?.text ?? '').split('\n'))
    .flatMap((line) => /^(?:-\s+)?image:\s*["']?([\w./:-]+)/.exec(line.trim())?.[1] ?? []);
}
