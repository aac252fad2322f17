import type { Command, ShellWord } from '@plimsoll/documents';
import type { Target } from './script-flow.ts';
import { operandsOf } from './writers.ts';

/** What a command takes away again of what was written before; undefined where it removes nothing. */
export function removedBy(
  command: Command,
  pathOf: (word: ShellWord) => string,
): ((to: Target) => boolean) | undefined {
  const { name, words } = command;
  const operands = operandsOf(command);
  if (name === 'rm' || name === 'shred' || name === 'unlink' || name === 'truncate' || name === 'mv') {
    const named = name === 'mv' ? operands.slice(0, -1) : operands;
    const paths = named.map(pathOf);
    return (to) => to.kind === 'file' && to.variable === undefined && paths.some((path) => covers(path, to.path));
  }
  if (name === 'trap') {
    const text = operands[0]?.text ?? '';
    return (to) => to.kind === 'file' && /\brm\b/.test(text) && to.path !== '' && text.includes(lastPart(to.path));
  }
  if (name === 'find' && words.some(({ text }) => text === '-delete' || text === 'rm')) {
    const patterns = words.filter((_, i) => words[i - 1]?.text === '-name').map(({ text }) => text);
    return (to) => to.kind === 'file' && patterns.some((pattern) => matches(pattern, lastPart(to.path)));
  }
  if (words.some(({ text }) => UNSETS.test(text))) return (to) => to.kind === 'file' && to.tool?.split(' ')[0] === name;
  if (name === 'git' && operands[0]?.text === 'remote' && operands[1]?.text === 'set-url')
    return (to) => to.kind === 'file' && (to.tool === 'git clone' || to.tool === 'git remote add');
  return undefined;
}

const UNSETS = /^(?:--unset(?:-all)?|--remove-section|--delete|delete|unset|rm|remove|logout)$/;

/** Whether removing one path removes the other: itself, a folder above it, or a pattern that matches either. */
export function covers(removed: string, path: string): boolean {
  if (path === '' || removed === '') return false;
  if (removed === path || path.startsWith(`${removed.replace(/\/$/, '')}/`)) return true;
  if (!removed.includes('*')) return false;
  const slash = removed.lastIndexOf('/');
  const folder = removed.slice(0, Math.max(0, slash));
  if (folder.includes('*') || !(folder === '' || path.startsWith(`${folder}/`))) return false;
  const [first = ''] = path.slice(folder === '' ? 0 : folder.length + 1).split('/');
  return matches(removed.slice(slash + 1), first);
}

/** A name against a pattern with `*`: each piece in turn, from the left. */
function matches(pattern: string, name: string): boolean {
  const pieces = pattern.split('*');
  const [head = ''] = pieces;
  const tail = pieces.at(-1) ?? '';
  if (pieces.length === 1) return pattern === name;
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let at = head.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > name.length - tail.length) return false;
    at = found + piece.length;
  }
  return true;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
