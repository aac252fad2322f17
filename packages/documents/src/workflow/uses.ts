import type { YamlComment, YamlNode } from '../yaml/model.ts';
import { scalarOf } from '../yaml/access.ts';
import { commentBehind } from '../yaml/comments.ts';
import type { Uses } from './model.ts';

/** Reads a `uses:` value; undefined where it is missing or no string. */
export function readUses(node: YamlNode | undefined, comments: readonly YamlComment[]): Uses | undefined {
  const scalar = scalarOf(node);
  if (!scalar) return undefined;
  const { range, value } = scalar;
  const text = String(value);
  const comment = commentBehind(range, comments)?.text.replace(/^#+/, '').trim();
  return { text, range, ...parseUses(text), ...(comment && { comment }) };
}

const REMOTE = /^([^/@\s]+)\/([^/@\s]+)(?:\/([^@\s]*))?@(\S+)$/;
const WORKFLOW_PATH = /^\.github\/workflows\/[^/]+\.ya?ml$/;

/** The forms of `uses:` are those of GitHub's workflow syntax; it takes no expressions. */
function parseUses(text: string): Pick<Uses, 'target' | 'owner' | 'repository' | 'path' | 'ref'> {
  if (text.includes('${{')) return { target: 'invalid' };
  if (text.startsWith('docker://')) return { target: 'docker' };
  if (text.startsWith('./') || text.startsWith('$/') || text === '.') return { target: 'local', path: text.slice(2) };
  const [, owner, repository, path, ref] = REMOTE.exec(text) ?? [];
  if (owner === undefined || repository === undefined || ref === undefined) return { target: 'invalid' };
  const target = path !== undefined && WORKFLOW_PATH.test(path) ? 'workflow' : 'action';
  return { target, owner, repository, ref, ...(path && { path }) };
}
