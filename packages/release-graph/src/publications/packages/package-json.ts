import type { Tree } from '@plimsoll/build-context';
import { entriesOf, readYaml, stringOf, textOf, valueAt } from '@plimsoll/documents';
import { readText } from '../../commands/script-files.ts';
import type { Documents } from '../../model.ts';

export interface PackageFacts {
  readonly name?: string;
  readonly isPrivate: boolean;
  readonly version?: string;
  /** The configuration of semantic-release. */
  readonly releaseText?: string;
  /** `publishConfig.provenance` */
  readonly provenance: boolean;
}

/** What the package.json of a folder says; undefined where there is none. */
export function readPackage(tree: Tree, folder: string): PackageFacts | undefined {
  const file = readText(tree, folder === '' ? 'package.json' : `${folder}/package.json`);
  const [root] = file ? readYaml(file, 'syntax/manifest').document.documents : [];
  if (entriesOf(root).length === 0) return undefined;
  const name = stringOf(valueAt(root, 'name'));
  const version = stringOf(valueAt(root, 'version'));
  const release = valueAt(root, 'release');
  return {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(release && { releaseText: textOf(release.range) }),
    isPrivate: stringOf(valueAt(root, 'private')) === 'true',
    provenance: stringOf(valueAt(root, 'publishConfig', 'provenance')) === 'true',
  };
}

/** The text of a script of package.json. */
export function scriptOfPackage(tree: Tree, folder: string, script: string): string | undefined {
  const file = readText(tree, folder === '' ? 'package.json' : `${folder}/package.json`);
  const [root] = file ? readYaml(file, 'syntax/manifest').document.documents : [];
  return stringOf(valueAt(root, 'scripts', script));
}

/** Whether npm is told in `.npmrc`, or Yarn in `.yarnrc.yml`, to make provenance. */
export function npmrcAsks({ tree }: Documents, folder: string): boolean {
  const inFolder = folder === '' ? '' : `${folder}/`;
  const npmrc = readText(tree, `${inFolder}.npmrc`)?.text ?? '';
  const yarnrc = readText(tree, `${inFolder}.yarnrc.yml`)?.text ?? '';
  return (
    npmrc.split('\n').some((line) => /^provenance\s*=\s*true\b/.test(line.trim())) ||
    /^npmPublishProvenance:\s*true\b/m.test(yarnrc)
  );
}

/** Whether a package of the workspace asks for provenance by itself. */
export function anyPackageAsks({ tree }: Documents): boolean {
  return tree.files.some(
    ({ path, type }) =>
      type === 'file' &&
      path.endsWith('package.json') &&
      /"provenance"\s*:\s*true/.test(readText(tree, path)?.text ?? ''),
  );
}
