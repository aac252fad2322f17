import type { ContextSource } from '@plimsoll/build-context';
import type { Documents, Link, Value, ValueForm } from '../model.ts';
import { formText } from '../values/resolved.ts';

/** From where paths are read, relative to the workspace; and of a script file, the folder that it stands in. */
export interface Base {
  readonly folder: string;
  readonly scriptFolder?: string;
  /** Where the repository is in the workspace, and others beside it. */
  readonly checkouts: readonly Checkout[];
}

/** A checkout of `actions/checkout`. */
export interface Checkout {
  /** In the workspace; '' is the workspace itself. */
  readonly folder: string;
  /** Of the repository that is checked. */
  readonly own: boolean;
}

export type Path = { readonly path: string } | { readonly reason: string };

/** A path of the repository, as a form of a value gives it. */
export function resolvePath(form: ValueForm, base: Base): Path {
  const text = expandKnown(form, base);
  if (text === undefined) return { reason: `the path is not known before the run: ${formText(form)}` };
  if (text.startsWith('~') || (text.startsWith('/') && !text.startsWith(workspace)))
    return { reason: `${text} is outside of the repository` };
  const joined = text.startsWith(workspace) ? text.slice(workspace.length) : `${base.folder}/${text}`;
  const path = normalise(joined);
  return path === undefined ? { reason: `${text} ${above}` } : inRepository(path, base.checkouts);
}

const above = 'leads out of the repository';

/** What a context is written as that climbs out of the repository; undefined for any other. */
export function climbingPath(context: Link<ContextSource>): string | undefined {
  if (context.status !== 'opaque' || !context.reason.endsWith(` ${above}`)) return undefined;
  return context.reason.slice(0, -above.length - 1);
}

/** Stands for the workspace in a path that is put together. */
const workspace = '/\0workspace/';

const thisFolder = /^(?:\$\{?PWD\}?|\$\((?:shell )?pwd\)|`pwd`|\$\(CURDIR\)|\$\{?CURDIR\}?)$/;
const topFolder = /^(?:\$\{\{ github\.workspace \}\}|\$\((?:shell )?git rev-parse --show-toplevel\))$/;
const dirname = String.raw`\$\(dirname "?\$(?:0|\{?BASH_SOURCE(?:\[0\])?\}?)"?\)|\$\{BASH_SOURCE(?:\[0\])?%\/\*\}`;
const ownFolder = new RegExp(
  String.raw`^(?:${dirname}|\$\( ?(?:unset CDPATH; )?cd (?:-P )?(?:-- )?"?(?:${dirname})((?:/[\w.-]+)*)/?"?(?: ?&>? ?/dev/null| ?>/dev/null(?: 2>&1)?)? ?(?:&&|;) ?pwd(?: -P)? ?\))$`,
);

/** Puts folders in the place of `$(pwd)`, `${{ github.workspace }}`, `$(dirname "$0")` and the like. */
function expandKnown(form: ValueForm, base: Base): string | undefined {
  let text = '';
  for (const part of form) {
    if (typeof part === 'string') text += part;
    else if (thisFolder.test(part.unknown)) text += text === '' ? `${workspace}${base.folder}` : base.folder;
    else if (topFolder.test(part.unknown)) text += workspace;
    else {
      const own = base.scriptFolder === undefined ? undefined : ownFolder.exec(part.unknown);
      if (!own || base.scriptFolder === undefined) return undefined;
      text += `${workspace}${base.scriptFolder}${own[1] ?? ''}`;
    }
  }
  return text;
}

/** Without `.`, `..` and doubled slashes; undefined where it leads above the root. */
export function normalise(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** The same path counted from the folder into which the repository is checked out. */
function inRepository(path: string, checkouts: readonly Checkout[]): Path {
  const holding = checkouts.filter(({ folder }) => folder === '' || path === folder || path.startsWith(`${folder}/`));
  const [nearest] = holding.sort((a, b) => b.folder.length - a.folder.length);
  const named = path === '' ? 'the workspace' : path;
  if (!nearest) return checkouts.length === 0 ? { path } : { reason: `${named} is not in the repository's checkout` };
  if (!nearest.own) return { reason: `${named} is in the checkout of another repository` };
  return { path: nearest.folder === '' ? path : path.slice(nearest.folder.length + 1) };
}

const gitUrl = /^(?:\{\{defaultContext\}\}|git:\/\/|ssh:\/\/|git@|github\.com\/)|^https?:\/\/[^#?\s]+\.git(?:[#?]|$)/;

/** What `context`, `--build-context` or compose's `context:` names. `resolved`: a folder, a URL, another target. */
export function resolveContext(form: ValueForm, base: Base): Link<ContextSource> {
  const text = formText(form);
  if (text === '-') return resolved({ kind: 'stdin' });
  if (text.startsWith('docker-image://'))
    return resolved({ kind: 'image', image: text.slice('docker-image://'.length) });
  if (text.startsWith('oci-layout://')) return resolved({ kind: 'image', image: text });
  if (text.startsWith('target:')) return resolved({ kind: 'target', target: text.slice('target:'.length) });
  if (text.startsWith('service:')) return resolved({ kind: 'target', target: text.slice('service:'.length) });
  if (gitUrl.test(text) || text.startsWith('${{ github.server_url }}')) return resolved({ kind: 'git', url: text });
  if (/^https?:\/\//.test(text)) return resolved({ kind: 'http', url: text });
  const found = resolvePath(form, base);
  if ('reason' in found)
    return {
      status: 'opaque',
      reason: found.reason.replace('the path is not known before the run', 'context is an expression'),
    };
  return resolved({ kind: 'local', folder: found.path });
}

export function resolved<T>(target: T): Link<T> {
  return { status: 'resolved', target };
}

/** A link that holds only if something which is not known turns out so. */
export function partly<T>(link: Link<T>, reason: string | undefined): Link<T> {
  return reason === undefined || link.status === 'opaque' ? link : { status: 'partial', target: link.target, reason };
}

/** Forms of a value that matter for a path: those that are known, or the first. */
export function pathForms(value: Value): { readonly forms: readonly ValueForm[]; readonly reason?: string } {
  const usable = value.forms.filter((form) =>
    form.every(
      (part) =>
        typeof part === 'string' ||
        thisFolder.test(part.unknown) ||
        topFolder.test(part.unknown) ||
        /dirname|BASH_SOURCE/.test(part.unknown),
    ),
  );
  const some = usable.length > 0 ? usable : value.forms.slice(0, 1);
  return {
    forms: some,
    ...(usable.length > 0 &&
      usable.length < value.forms.length &&
      value.reason !== undefined && { reason: value.reason }),
  };
}

/** Whether a folder stands in the tree. */
export function isFolder({ tree }: Documents, path: string): boolean {
  return path === '' || tree.entry(path)?.type === 'folder';
}
