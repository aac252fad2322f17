import type { ContextSource } from '@plimsoll/build-context';
import type { Dockerfile } from '@plimsoll/documents';
import type { Documents, Link, Value, ValueForm } from '../model.ts';
import { formText } from '../values/resolved.ts';
import { gitFolder, isOwnGit, linkDockerfile } from './dockerfiles.ts';
import { partly, pathForms, resolveContext, resolvePath, resolved } from './paths.ts';
import type { Base } from './paths.ts';

/** The two things that a build reads, linked. */
export interface Sources {
  readonly context: Link<ContextSource>;
  readonly dockerfile: Link<Dockerfile>;
}

/** How a tool finds its Dockerfile. */
export interface SourceRules {
  /** Where the path given by `file` starts. */
  readonly fileFrom: 'base' | 'context';
  /** Names that are tried in the context where no file is given. */
  readonly names: readonly string[];
}

export const docker: SourceRules = { fileFrom: 'base', names: ['Dockerfile', 'dockerfile'] };
export const podman: SourceRules = { fileFrom: 'base', names: ['Containerfile', 'Dockerfile'] };
export const compose: SourceRules = { fileFrom: 'context', names: ['Dockerfile', 'dockerfile'] };

const maxWays = 64;

/**
 * The context and the Dockerfile of a build, once for each way in which its names can turn out.
 * Of several ways those are taken whose Dockerfile is there.
 */
export function linkSources(
  documents: Documents,
  context: Value,
  file: Value | undefined,
  base: Base,
  rules: SourceRules,
): readonly Sources[] {
  const contexts = pathForms(context);
  const files = file && file.forms.some((form) => form.length > 0) ? pathForms(file) : { forms: [[]] };
  const ways: Sources[] = [];
  for (const form of contexts.forms) {
    for (const name of files.forms) {
      if (ways.length >= maxWays) break;
      const source =
        form.length === 0
          ? resolved<ContextSource>({ kind: 'git', url: '{{defaultContext}}' })
          : resolveContext(form, base);
      const dockerfile = linkFile(documents, source, name, base, rules);
      ways.push({
        context: partly(source, contexts.reason),
        dockerfile: partly(dockerfile, files.reason ?? contexts.reason),
      });
    }
  }
  const known = ways.filter((way) => way.dockerfile.status !== 'opaque');
  return known.length > 0 ? known : ways.slice(0, 1);
}

function linkFile(
  documents: Documents,
  context: Link<ContextSource>,
  file: ValueForm,
  base: Base,
  rules: SourceRules,
): Link<Dockerfile> {
  const text = formText(file);
  if (text === '-') return { status: 'opaque', reason: 'the Dockerfile is read from standard input' };
  if (/^https?:\/\//.test(text)) return { status: 'opaque', reason: `the Dockerfile is ${text}` };
  const local = context.status !== 'opaque' && context.target.kind === 'local' ? context.target.folder : undefined;
  if (file.length > 0 && (local !== undefined || context.status === 'opaque' || context.target.kind === 'stdin')) {
    if (rules.fileFrom === 'context' && local === undefined)
      return { status: 'opaque', reason: 'the Dockerfile is in a context that is not known' };
    const found = resolvePath(
      file,
      rules.fileFrom === 'context' && !text.startsWith('/') ? { ...base, folder: local ?? '', checkouts: [] } : base,
    );
    if ('reason' in found)
      return { status: 'opaque', reason: found.reason.replace('the path', 'the path of the Dockerfile') };
    return linkDockerfile(documents, found.path);
  }
  if (local !== undefined) return linkDockerfile(documents, ...rules.names.map((name) => inFolder(local, name)));
  if (context.status === 'opaque') return { status: 'opaque', reason: context.reason };
  return linkInGit(documents, context.target, file);
}

/** In the Git context of the repository itself the files are those that are committed. */
function linkInGit(documents: Documents, source: ContextSource, file: ValueForm): Link<Dockerfile> {
  if (!isOwnGit(source)) return { status: 'opaque', reason: `the context is ${describe(source)}` };
  const found = resolvePath(file.length > 0 ? file : ['Dockerfile'], { folder: gitFolder(source.url), checkouts: [] });
  return 'reason' in found ? { status: 'opaque', reason: found.reason } : linkDockerfile(documents, found.path);
}

function describe(source: ContextSource): string {
  switch (source.kind) {
    case 'git':
    case 'http':
      return source.url;
    case 'image':
      return `the image ${source.image}`;
    case 'target':
      return `the target ${source.target}`;
    case 'stdin':
      return 'standard input';
    case 'local':
      return source.folder;
  }
}

export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
