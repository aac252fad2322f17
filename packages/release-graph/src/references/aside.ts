import type { ImageReference, ImageSite } from '../model.ts';

/**
 * What a reference stands aside of releases for, by the folders and the name of its file. Manifests of Kubernetes are named
 * after what they make, so that only their folders count. A workflow runs as it is, whatever it is called.
 */
export function asideOf(site: ImageSite, path: string): ImageReference['aside'] {
  if (site === 'container' || site === 'service' || site === 'docker action') return undefined;
  const folders = path.toLowerCase().split('/');
  const name = folders.pop() ?? '';
  for (const [aside, { folder, word }] of asides) {
    if (folders.some((one) => folder.test(one))) return aside;
    if (site !== 'kubernetes' && site !== 'kustomize' && name.split(/[._-]/).some((one) => word.test(one)))
      return aside;
  }
  return undefined;
}

interface Signs {
  readonly folder: RegExp;
  readonly word: RegExp;
}

const asides: readonly (readonly [NonNullable<ImageReference['aside']>, Signs])[] = [
  [
    'test',
    {
      folder: /^(?:[\w.]+[_-])?(?:tests?|testing|testutils?|e2e)(?:[_-][\w.-]+)?$/,
      word: /^(?:tests?|testing|e2e)$/,
    },
  ],
  [
    'example',
    { folder: /^(?:examples?|samples?|demos?|docs?|documentation|snippets|tutorials?)$/, word: /^(?:example|sample)$/ },
  ],
  [
    'development',
    {
      folder: /^(?:\.?devcontainer|dev|development|local)$/,
      word: /^(?:dev|devel|development|devcontainer|local|debug|override)$/,
    },
  ],
];
