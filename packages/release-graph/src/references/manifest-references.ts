import type { ComposeService, ImageName, Manifest, ManifestImage, ManifestType } from '@plimsoll/documents';
import { composeLookup } from '../builds/compose.ts';
import { normalise } from '../builds/paths.ts';
import { folderOf } from '../commands/script-files.ts';
import type { Lanes } from '../lanes/model.ts';
import type { Documents, ImageReference, ImageSite } from '../model.ts';
import { expandCompose } from '../values/compose.ts';
import { formText, isKnown } from '../values/resolved.ts';
import { chartVersions } from './chart-tags.ts';
import type { ChartVersion } from './chart-tags.ts';
import { imageReference } from './image-reference.ts';
import { lockedFeatures } from './locked-features.ts';
import { renderedContainers, replacedNames } from './replaced-images.ts';

/**
 * The images that manifests pull or deploy. Left out: what the repository builds under a local name, and what kustomize,
 * Skaffold or a step of the lane replaces.
 */
export function manifestReferences(
  lanes: Lanes,
  built: ReadonlySet<string>,
  repository: string | undefined,
): readonly ImageReference[] {
  const { documents } = lanes;
  const replaced = replacedNames(documents);
  const isRendered = renderedContainers(lanes);
  const chartVersion = chartVersions(documents);
  const isLocked = lockedFeatures(documents);
  const owner = repository?.split('/')[0]?.toLowerCase();
  const isOurs = ({ name, repository: path }: ImageName): boolean =>
    built.has(name) || (owner !== undefined && `/${path}/`.includes(`/${owner}/`));
  return [...documents.manifests.values()].flatMap((manifest) =>
    manifest.images
      .filter((image) => !isRendered(manifest, image) && !isBuiltElsewhere(documents, manifest, image))
      .filter((image) => !(image.feature && isLocked(manifest, image)))
      .flatMap((image) =>
        image.defaultTag
          ? chartReferences(image, chartVersion(manifest.file.path), isOurs)
          : referencesOf(documents, manifest, image),
      )
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
  skaffold: 'skaffold',
  'task-definition': 'task definition',
};

function referencesOf(documents: Documents, manifest: Manifest, image: ManifestImage): readonly ImageReference[] {
  const through = image.parts.map((at) => ({ at, label: 'the other part of its name' }));
  const site = image.feature ? 'devcontainer feature' : sites[manifest.type];
  const place = { range: image.range, site, written: image.text, through };
  if (manifest.type !== 'compose') return [imageReference(image.text, place)].filter((one) => one !== undefined);
  const value = expandCompose(image.text, composeLookup(documents, manifest));
  return value.forms
    .filter(isKnown)
    .flatMap((form) => imageReference(formText(form), { ...place, through: [...through, ...value.definitions] }) ?? []);
}

/** An image that the chart gives its own version; of those of the repository only one that moves says anything. */
function chartReferences(
  { text, range, parts }: ManifestImage,
  version: ChartVersion | undefined,
  isOurs: (image: ImageName) => boolean,
): readonly ImageReference[] {
  if (!version) return [];
  const reference = imageReference(`${text}:${version.text}`, {
    range,
    site: 'helm values',
    written: text,
    through: [
      ...parts.map((at) => ({ at, label: 'the other part of its name' })),
      { at: version.at, label: 'the chart takes its appVersion for the tag' },
    ],
  });
  return reference && (reference.moving || !isOurs(reference.image)) ? [reference] : [];
}

/** A service of compose whose build stands in the file that it extends. */
function isBuiltElsewhere(documents: Documents, manifest: Manifest, { service }: ManifestImage): boolean {
  let [at, name]: [Manifest | undefined, string | undefined] = [manifest, service];
  for (let hops = 0; at && name !== undefined && hops < maxExtends; hops++) {
    const found: ComposeService | undefined = servicesOf(at).get(name);
    if (hops > 0 && found?.build) return true;
    const file = found?.extends?.file?.value;
    if (file !== undefined) at = documents.manifests.get(normalise(`${folderOf(at.file.path)}/${file}`) ?? '');
    name = found?.extends?.service;
  }
  return false;
}

const maxExtends = 20;
const servicesByName = new WeakMap<Manifest, ReadonlyMap<string, ComposeService>>();

function servicesOf(manifest: Manifest): ReadonlyMap<string, ComposeService> {
  const known = servicesByName.get(manifest) ?? new Map(manifest.services.map((one) => [one.name, one]));
  servicesByName.set(manifest, known);
  return known;
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
