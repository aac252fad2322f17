import { expandOptionsAt, expandWord, scopeAt } from '@plimsoll/documents';
import type { CopyInstruction, Dockerfile, Word } from '@plimsoll/documents';
import type { BuildContext } from '../boundary/context.ts';

const remote = /^(?:https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:/;
/** What ADD unpacks is told by content; these are the names that such files have. */
const archive = /\.(?:tar|tar\.\w+|tgz|tbz2?|txz|tlz|tzst|gz|bz2|xz|zst)$/i;
/** A pattern that says nothing of how names end. */
const open = /(?:^|\/)[^./]*\*$|\.\*$/;

/**
 * Whether an ADD does what a COPY does: none of its sources is fetched, and none is named like an archive, which ADD unpacks.
 * `false` where a source is not known. Of a pattern such as `*` the files that it matches in `contexts` decide.
 */
export function isPlainAdd(
  dockerfile: Dockerfile,
  instruction: CopyInstruction,
  contexts: readonly BuildContext[],
): boolean {
  if (
    instruction.name !== 'ADD' ||
    instruction.flags.some(({ name }) => /^(?:checksum|keep-git-dir|unpack)$/.test(name))
  )
    return false;
  const scope = scopeAt(dockerfile, instruction);
  const options = expandOptionsAt(dockerfile, instruction);
  return instruction.sources.every((word) => {
    const value = expandWord(word, scope, options).value?.replace(/\/$/, '');
    if (!value || remote.test(value) || archive.test(value)) return false;
    return !open.test(value) || matchesNoArchive(word, contexts);
  });
}

function matchesNoArchive(word: Word, contexts: readonly BuildContext[]): boolean {
  const copies = contexts.flatMap(({ contents }) => contents.copies.filter(({ source }) => source === word));
  return (
    copies.some(({ files }) => files.length > 0) &&
    !copies.some(({ files }) => files.some(({ source }) => archive.test(source)))
  );
}
