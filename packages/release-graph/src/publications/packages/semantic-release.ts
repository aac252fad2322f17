import type { Tree } from '@plimsoll/build-context';
import { inFolder } from '../../builds/sources.ts';
import { readText } from '../../commands/script-files.ts';
import { readPackage } from './package-json.ts';

const configurations = [
  '.releaserc',
  '.releaserc.json',
  '.releaserc.yaml',
  '.releaserc.yml',
  '.releaserc.js',
  '.releaserc.cjs',
  '.releaserc.mjs',
  'release.config.js',
  'release.config.cjs',
  'release.config.mjs',
  'release.config.ts',
];

/**
 * Whether semantic-release publishes to npm in a folder: its npm plugin does, which is one of the default ones, unless the
 * package is private or the plugin is told not to.
 */
export function publishesToNpm(tree: Tree, folder: string): boolean {
  const own = readPackage(tree, folder);
  if (own?.isPrivate === true) return false;
  const configured = configurations.flatMap((name) => readText(tree, inFolder(folder, name))?.text ?? []);
  const inPackage = own?.releaseText === undefined ? [] : [own.releaseText];
  const text = [...configured, ...inPackage].join('\n');
  if (/npmPublish["']?\s*:\s*false/.test(text)) return false;
  if (!/\bplugins\b/.test(text)) return own !== undefined;
  return /@semantic-release\/npm|pnpm|@anolilab\/semantic-release/.test(text);
}
