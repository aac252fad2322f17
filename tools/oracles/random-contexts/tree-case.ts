import type { Random } from './random.ts';
import { several } from './random.ts';

/** Files by path: the number of their bytes, or where a link points; a path with `/` at its end is an empty folder. */
export type Files = ReadonlyMap<string, number | string>;

const plain = [
  'a',
  'b',
  'c',
  'ab',
  'src',
  'lib',
  'a.txt',
  'b.txt',
  'c.md',
  'x.test.ts',
  'index.ts',
  'node_modules',
] as const;
const odd = [
  '.env', '.hidden', 'a b', 'ü', '日本', '😀', 'a-b', 'A', 'a[b]', 'a*b', 'x\\y', '!x', '#x', 'a+b', '(x)', '{y}', 'a^b', 'q?',
  '~t', '-x', 'a,b', "it's", 'x5', 'a.', 'a..b', '...', '_', 'bé',
] as const; // prettier-ignore

export function randomName(random: Random): string {
  return random.chance(0.8) ? random.pick(plain) : random.pick(odd);
}

/** A small tree in which names meet again at several depths. Each file has another size, so that sizes tell files apart. */
export function randomTree(random: Random): Files {
  const files = new Map<string, number | string>();
  const folders = [''];
  several(random.number(5), () => folders.push(join(random.pick(folders as [string]), randomName(random))));
  several(2 + random.number(14), () => {
    const path = join(random.pick(folders as [string]), randomName(random));
    if (isFree(files, path)) files.set(path, files.size + 1);
  });
  several(random.number(4), () => addLink(random, files, folders));
  if (random.chance(0.2)) {
    const path = join(random.pick(folders as [string]), randomName(random));
    if (isFree(files, path)) files.set(`${path}/`, 0);
  }
  return files;
}

function addLink(random: Random, files: Map<string, number | string>, folders: readonly string[]): void {
  const path = join(random.pick(folders as [string]), random.pick(['link', 'link', 'l2', 'a.txt', 'lib']));
  if (!isFree(files, path)) return;
  const inside = random.pick([...files.keys(), ...folders, 'gone'] as unknown as [string]).replace(/\/$/, '');
  const depth = path.split('/').length - 1;
  const target = random.pick([`${'../'.repeat(depth)}${inside}`, `/${inside}`, inside, '..', '.', '../../etc']);
  if (target !== '') files.set(path, target);
}

/** Neither there, nor below a file, nor a folder that holds something. */
function isFree(files: ReadonlyMap<string, unknown>, path: string): boolean {
  for (const other of files.keys()) {
    const file = other.replace(/\/$/, '');
    if (file === path || path.startsWith(`${file}/`) || file.startsWith(`${path}/`)) return false;
  }
  return true;
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** All paths of a tree, those of its folders too. */
export function pathsOf(files: Files): readonly string[] {
  const paths = new Set<string>();
  for (const path of files.keys()) {
    const names = path.replace(/\/$/, '').split('/');
    names.forEach((_, i) => paths.add(names.slice(0, i + 1).join('/')));
  }
  return [...paths];
}
