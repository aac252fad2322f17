import { isVendored } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { readBakeFiles } from '../bake/bake-file.ts';
import { bakeTargets } from '../bake/bake-targets.ts';
import { readText } from '../commands/script-files.ts';
import type { Build, Documents, ImageReference, Related } from '../model.ts';
import { formText, isKnown } from '../values/resolved.ts';
import { contextReference, imageScheme } from './context-references.ts';

/**
 * The images that targets of bake files take as contexts: with the variables of the builds that are known, and where none
 * is, with the defaults of the file.
 */
export function bakeReferences(documents: Documents, builds: readonly Build[]): readonly ImageReference[] {
  const built = builds.flatMap(ofBuild);
  const covered = new Set(built.map(placeOf));
  return [...built, ...ofFiles(documents).filter((reference) => !covered.has(placeOf(reference)))];
}

function placeOf({ range }: ImageReference): string {
  return `${range.file.path}\0${range.start}`;
}

function ofBuild({ namedContexts, namedContextRanges }: Build): readonly ImageReference[] {
  return [...namedContexts].flatMap(([name, source]) => {
    const entry = namedContextRanges.get(name);
    if (!entry || !isBakeFile(entry.file.path) || source.kind !== 'image') return [];
    return contextReference(source.image, entry, { site: 'bake' }) ?? [];
  });
}

/** Whether a file can be one of bake, of the repository's own. */
export function isBakeFile(path: string): boolean {
  return /\.hcl$|(?:^|\/)[^/]*bake[^/]*\.json$/.test(path) && !isVendored(path);
}

function ofFiles({ tree }: Documents): readonly ImageReference[] {
  return tree.files.flatMap(({ path, type }) => {
    const file = type === 'file' && isBakeFile(path) ? readText(tree, path) : undefined;
    const bake = file?.text.includes(imageScheme) ? readBakeFiles([file]) : undefined;
    if (!bake) return [];
    const targets = bakeTargets(bake, [...bake.targets.keys()], [], () => undefined);
    return targets
      .flatMap(({ contexts }) => contexts)
      .flatMap(({ value, range }) =>
        value.forms.filter(isKnown).flatMap((form) => ofContext(formText(form), range, value.definitions)),
      );
  });
}

function ofContext(text: string, entry: Range, through: readonly Related[]): readonly ImageReference[] {
  return text.startsWith(imageScheme)
    ? [contextReference(text.slice(imageScheme.length), entry, { site: 'bake', through })].filter(
        (one) => one !== undefined,
      )
    : [];
}
