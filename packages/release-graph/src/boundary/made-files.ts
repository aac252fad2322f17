import type { Tree } from '@plimsoll/build-context';
import type { Step } from '@plimsoll/documents';
import type { BuildContext } from './context.ts';
import { isGitIgnored } from './git-ignore.ts';

/** Whether a path that is not in the tree may be there all the same when the build starts. */
export type Made =
  /** Nothing that could make it runs before the build. */
  | 'no'
  /** It is named where something runs before the build, or Git is told to leave it out, or it is named as results of builds are. */
  | 'perhaps';

/** A build in a tree. */
type Placed = Pick<BuildContext, 'build' | 'tree'>;

/** Names under which builds and package managers put what they make. */
const results =
  /^(?:dist|build|out|output|target|bin|obj|publish|release|releases|artifacts?|_?site|public|generated|gen|vendor|node_modules|coverage|\.next|\.nuxt|\.output|\.venv|venv|bazel-[\w-]+|dist[-_.][\w.-]+|[\w.-]+[-_.]dist|.*\.(?:jar|war|ear|whl|tgz|tar|gz|zip|exe|so|deb|rpm|apk|wasm|map))$/i;

/** Actions that leave the repository's files as they are. */
const harmless =
  /^(?:actions\/(?:checkout|setup-[\w-]+|attest[\w-]*)|docker\/[\w-]+|sigstore\/cosign-installer|aws-actions\/[\w-]+|google-github-actions\/(?:auth|setup-gcloud)|azure\/login|step-security\/harden-runner|depot\/setup-action|crazy-max\/ghaction-[\w-]+|jlumbroso\/free-disk-space|pnpm\/action-setup)$/i;

/** Whether something may have made `path` (of the tree) before a build runs. */
export function madeBefore(context: Placed, path: string): Made {
  const { build, tree } = context;
  const missing = topmostMissing(tree, path);
  const likely = isGitIgnored(tree, path) || results.test(nameOf(missing)) || results.test(nameOf(path));
  const { job, step, action } = build.origin;
  if (!step) return likely || (build.how === 'command' && mentions(aroundCommand(context), missing)) ? 'perhaps' : 'no';
  const before = [
    ...(action?.steps ?? job?.steps ?? []).filter(({ index }) => index < step.index),
    ...callersBefore(context),
  ];
  if (before.some(mayMakeAnything)) return 'perhaps';
  const texts = [...before.flatMap(textsOf), ownText(context)];
  const runs = before.some(({ run }) => run) || ownText(context).trim() !== '';
  return (likely && runs) || texts.some((text) => mentions(text, missing)) ? 'perhaps' : 'no';
}

function callersBefore({ build }: Placed): readonly Step[] {
  return build.origin.callers.flatMap(({ job, step }) =>
    step ? job.steps.filter(({ index }) => index < step.index) : [],
  );
}

/** An action that nobody knows, or an artifact that is unpacked in the workspace itself. */
function mayMakeAnything({ uses, with: inputs }: Step): boolean {
  if (!uses) return false;
  const name = `${uses.owner ?? ''}/${uses.repository ?? ''}`.toLowerCase();
  if (name === 'actions/download-artifact' || name === 'actions/cache')
    return !inputs.some((input) => input.name === 'path' && !input.value.includes('${{'));
  return !harmless.test(name);
}

function textsOf({ run, with: inputs, uses }: Step): readonly string[] {
  if (run) return [run.value];
  return uses ? inputs.filter(({ name }) => name === 'path').map(({ value }) => value) : [];
}

/** What a `run:` step does before it builds. */
function ownText({ build }: Placed): string {
  const { step, command } = build.origin;
  if (!step?.run || !command || command.range.file !== step.run.range.file) return '';
  return command.range.file.text.slice(step.run.range.start, command.range.start);
}

/** The script file that a command stands in, without the command. */
function aroundCommand({ build: { range, origin } }: Placed): string {
  const { file, start, end } = origin.command?.range ?? range;
  return `${file.text.slice(0, start)}\n${file.text.slice(end)}`;
}

/** The uppermost part of a path that is not in the tree. */
function topmostMissing(tree: Tree, path: string): string {
  const parts = path.split('/');
  const index = parts.findIndex((_, i) => !tree.entry(parts.slice(0, i + 1).join('/')));
  return index < 0 ? path : parts.slice(0, index + 1).join('/');
}

/** Whether a text names a path by its last name, as a word of its own. */
function mentions(text: string, path: string): boolean {
  const name = nameOf(path);
  if (name === '') return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isNamePart(text[at - 1]) && !isNamePart(text[at + name.length])) return true;
  }
  return false;
}

function isNamePart(char: string | undefined): boolean {
  return char !== undefined && /[\w-]/.test(char);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
