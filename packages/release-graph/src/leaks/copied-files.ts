import { firstLine } from '@plimsoll/documents';
import type { CopyInstruction, Range, Word } from '@plimsoll/documents';
import type { StageFile } from '@plimsoll/build-context';
import { contextOf, inContext } from '../boundary/context.ts';
import type { BuildContext } from '../boundary/context.ts';
import { sensitivityOf } from '../boundary/sensitive-files.ts';
import type { Build, Documents } from '../model.ts';
import { joined, stageCommands } from '../stages/commands.ts';
import { lineageOf } from '../stages/stage-files.ts';
import { deletionsOf } from './deletions.ts';
import type { SecretLeak } from './model.ts';

/** Credential files that are copied into the image and deleted by a later instruction: the layer of the copy keeps them. */
export function leaksOfCopies(documents: Documents, builds: readonly Build[]): readonly SecretLeak[] {
  return builds.flatMap((build) => {
    const context = contextOf(build, documents);
    if (!context?.ships) return [];
    return [...ofKnownFiles(context, documents), ...ofAbsentFiles(context)];
  });
}

/** Where a later RUN deletes a file of the image; undefined where it is left in place. */
export function deletionOf({ dockerfile }: BuildContext, { path, instruction }: StageFile): Range | undefined {
  const stage = dockerfile.stages[instruction.stage];
  return stage && deletionsOf(dockerfile)(stage, path, instruction);
}

function ofKnownFiles(context: BuildContext, { tree }: Documents): readonly SecretLeak[] {
  return (context.contents.final?.files ?? []).flatMap((file) => {
    const found = sensitivityOf(file.treePath, tree);
    const deletedAt = found?.credential ? deletionOf(context, file) : undefined;
    if (!found || !deletedAt) return [];
    const { source } = file.copy;
    return [copied(context, source, file.treePath, file.path, deletedAt)];
  });
}

function copied({ dockerfile }: BuildContext, source: Word, name: string, path: string, deletedAt: Range): SecretLeak {
  const range = firstLine(source.range);
  return {
    sink: 'layer',
    source: { text: name, kind: 'file', range },
    range,
    name: path,
    path: [],
    onward: [{ at: deletedAt, label: 'deleted here, which hides it and leaves it in its layer' }],
    keptIn: 'a layer of the image',
    deletedAt,
    dockerfile,
  };
}

/** Files that exist to hold a login, and that people keep out of Git. */
const LOGIN_FILE =
  /(?:^|\/)(?:\.npmrc|\.netrc|\.pypirc|\.git-credentials|\.vault-token|id_(?:rsa|dsa|ecdsa|ed25519)|\.docker\/config\.json|\.aws\/credentials|auth\.json|\.yarnrc\.yml)$/;

/** The same of files that are not in the repository: that they are deleted says that they hold something. */
function ofAbsentFiles(context: BuildContext): readonly SecretLeak[] {
  const { final } = context.contents;
  if (!final) return [];
  return lineageOf(final.stage).flatMap(({ instructions }) =>
    instructions.flatMap((instruction) => {
      if (instruction.type !== 'copy' || instruction.from || instruction.onbuild) return [];
      return instruction.sources.flatMap((source) => ofAbsentFile(context, instruction, source));
    }),
  );
}

function ofAbsentFile(context: BuildContext, copy: CopyInstruction, source: Word): readonly SecretLeak[] {
  const name = source.raw.replace(/["']/g, '').replace(/^\.?\/+/, '');
  if (!LOGIN_FILE.test(name) || /[$*?]/.test(name) || context.tree.entry(inContext(context, name))) return [];
  const stage = context.dockerfile.stages[copy.stage];
  if (!stage) return [];
  const target = copy.destination.raw.replace(/["']/g, '').replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/)/, '/root');
  const next = stageCommands(context.dockerfile).find(
    (one) => one.stage === stage && one.command.range.start > copy.range.start,
  );
  const base = name.slice(name.lastIndexOf('/') + 1);
  const placed = joined(
    next?.folder,
    target.endsWith('/') || target.endsWith('.') || !target.endsWith(base) ? `${target}/${base}` : target,
  );
  const deletedAt = deletionsOf(context.dockerfile)(stage, placed ?? target, copy);
  return deletedAt ? [copied(context, source, name, placed ?? target, deletedAt)] : [];
}
