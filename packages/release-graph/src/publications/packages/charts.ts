import { firstLine } from '@plimsoll/documents';
import type { Tree } from '@plimsoll/build-context';
import type { CallSite } from '../../builds/index.ts';
import { folderOf } from '../../commands/script-files.ts';
import type { Documents } from '../../model.ts';
import type { PublishCall } from '../../tools/index.ts';
import { formTexts } from '../../values/index.ts';
import { evaluateWord } from '../../values/shell.ts';
import type { FoundPackage } from './found-package.ts';
import { nameIn } from './names.ts';

/** `helm push app-1.0.0.tgz oci://ghcr.io/acme/charts` */
export function chartPublication(
  { tree }: Documents,
  { origin, place, scope }: CallSite,
  call: PublishCall,
): readonly FoundPackage[] {
  const registry = call.registry && formTexts(evaluateWord(call.registry, scope))[0];
  const archive = call.packages[0] && formTexts(evaluateWord(call.packages[0], scope))[0];
  const names = chartNames(tree, archive ?? '');
  const prefix = registry?.replace(/^oci:\/\//, '').replace(/\/$/, '');
  return [
    {
      kind: 'helm',
      range: firstLine(call.command.range),
      origin,
      place,
      names: registry?.startsWith('oci://') ? names.map((name) => `${prefix ?? ''}/${name}`) : names,
      builds: [],
      by: 'package',
      ...(registry !== undefined && { registry }),
      provenance: 'none',
    },
  ];
}

/** The charts of the tree that an archive's name can be of; the only chart where it tells none. */
function chartNames(tree: Tree, archive: string): readonly string[] {
  const charts = chartsIn(tree, '');
  const file = archive.slice(archive.lastIndexOf('/') + 1);
  const named = charts.filter((name) => file.startsWith(`${name}-`));
  if (named.length > 0) return named;
  return charts.length === 1 ? charts : [];
}

/** The names of the charts below a folder, without those that are parts of others and those for tests. */
export function chartsIn(tree: Tree, folder: string): readonly string[] {
  const within = folder === '' ? '' : `${folder}/`;
  const folders = tree.files
    .filter(({ path }) => path.startsWith(within) && /(?:^|\/)Chart\.ya?ml$/.test(path))
    .map(({ path }) => folderOf(path))
    .filter(
      (path) => !/(?:^|\/)(?:charts\/[^/]+\/charts|tests?|testdata|examples?|node_modules|vendor)\//.test(`${path}/`),
    );
  return [...new Set(folders.flatMap((path) => nameIn(tree, 'helm', path)))].sort();
}
