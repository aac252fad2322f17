import { cleanPath } from '@plimsoll/documents';
import { compileGlob } from '../paths/glob.ts';
import type { Inherited } from '../ignore/pattern-list.ts';
import type { CopySource } from './copy.ts';
import { splitWildcards } from './copy.ts';
import type { FileSystem, Folder, Node } from './file-system.ts';
import { Refusal, resolvePath } from './file-system.ts';

/**
 * What BuildKit checks of a source before it copies anything, when it computes the cache key: a literal source must be
 * there; a link that a wildcard or a filter picks must lead to something; `required` (the path of a `--parents` without
 * wildcards) must be among what the filters pick.
 * @throws {Refusal} where the check fails.
 */
export function checkSource(from: FileSystem, source: CopySource, required?: string): void {
  const { base, pattern } = splitWildcards(source.path);
  if (pattern !== '') checkWildcard(from, source, base);
  else if (source.include || source.exclude) checkFiltered(from, source, required);
  else if (!resolvePath(from, source.path).node) throw new Refusal(`"${source.path}": not found`);
}

function checkWildcard(from: FileSystem, source: CopySource, base: string): void {
  const glob = compileGlob(cleanPath(source.path));
  if (!glob) throw new Refusal('syntax error in pattern');
  const { node, path } = resolvePath(from, base);
  if (node?.type !== 'folder' || !picks(source, '', [], []).taken) return;
  const prefix = base === '/' ? '' : base;
  const visit = (folder: Folder, below: string): void => {
    for (const [name, child] of folder.children) {
      const relative = `${below}/${name}`;
      if (glob(`${prefix}${relative}`)) mustLead(from, child, `${path === '' ? '' : `/${path}`}${relative}`);
      else if (child.type === 'folder') visit(child, relative);
    }
  };
  visit(node, '');
}

function mustLead(from: FileSystem, node: Node, path: string): void {
  if (node.type === 'symlink' && !resolvePath(from, path).node) throw new Refusal(`"${path}": not found`);
}

function picks(source: CopySource, path: string, included: Inherited, excluded: Inherited) {
  const into = source.include?.match(path, included);
  const out = source.exclude?.match(path, excluded);
  if (into?.malformed !== undefined || out?.malformed !== undefined) throw new Refusal('syntax error in pattern');
  return {
    taken: into?.matched !== false && out?.matched !== true,
    included: into?.inherited ?? [],
    excluded: out?.inherited ?? [],
  };
}

/** Links right below the root are followed, since the root, unlike another folder, is not among what is listed. */
function checkFiltered(from: FileSystem, source: CopySource, required: string | undefined): void {
  const { node } = resolvePath(from, source.path, false);
  let found = required === undefined;
  const visit = (folder: Folder, below: string, included: Inherited, excluded: Inherited): void => {
    for (const [name, child] of folder.children) {
      const relative = below === '' ? name : `${below}/${name}`;
      const path = source.path === '/' ? `/${relative}` : `${source.path}/${relative}`;
      const pick = picks(source, relative, included, excluded);
      if (pick.taken) {
        if (below === '' && source.path === '/') mustLead(from, child, path);
        found ||= path.startsWith(required ?? '');
      }
      if (child.type === 'folder') visit(child, relative, pick.included, pick.excluded);
    }
  };
  if (node?.type === 'folder') visit(node, '', [], []);
  if (!found) throw new Refusal(`"${required ?? ''}": not found`);
}
