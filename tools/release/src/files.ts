import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileOf } from './commit.ts';
import type { ReleaseFile } from './commit.ts';

const CLI = 'packages/cli';

/**
 * What a release holds.
 * @throws {Error} where the bundle was not built, or is of another version
 */
export function releaseFiles(root: string, tag: string): readonly ReleaseFile[] {
  const { version, description, license, engines } = JSON.parse(
    readFileSync(join(root, CLI, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, unknown>>;
  if (tag !== `v${String(version)}`) throw new Error(`${tag} is not the tag of version ${String(version)}`);
  if (!existsSync(join(root, CLI, 'dist/plimsoll.cjs')))
    throw new Error('there is no bundle: run `npx nx build plimsoll` first');
  // Installed from Git, npm runs no script of it and fetches nothing: it has no dependencies.
  const manifest = {
    name: 'plimsoll',
    version,
    private: true,
    description,
    license,
    engines,
    bin: { plimsoll: 'bin/plimsoll.cjs' },
    files: ['bin', 'dist'],
  };
  return [
    { path: 'package.json', contents: Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`) },
    fileOf(root, `${CLI}/bin/plimsoll.cjs`, 'bin/plimsoll.cjs', true),
    ...readdirSync(join(root, CLI, 'dist')).map((name) => fileOf(root, `${CLI}/dist/${name}`, `dist/${name}`)),
    ...['.pre-commit-hooks.yaml', 'action.yml', 'README.md', 'CHANGELOG.md', 'LICENSE'].map((name) =>
      fileOf(root, name),
    ),
  ];
}
