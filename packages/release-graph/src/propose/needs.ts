import { followSources, resolveContents } from '@plimsoll/build-context';
import type { ContextCopy, StageContents } from '@plimsoll/build-context';
import type { Dockerfile, Instruction } from '@plimsoll/documents';
import { inContext } from '../boundary/context.ts';
import { normalise } from '../builds/paths.ts';
import type { ShipsSubject } from '../ships/subject.ts';
import { escapePattern } from './escape.ts';
import type { Need } from './model.ts';

/** What all stages of a Dockerfile take from the context, whichever of them is built. */
export function needsOf(subject: ShipsSubject): readonly Need[] {
  const copies = copiesOf(subject).filter((copy) => copy.files.length > 0 || !isDeadLink(subject, copy));
  const needs = [...copies.map(needOfCopy), ...mountsOf(subject.dockerfile)];
  return [...new Map(needs.map((need) => [`${need.kind} ${need.path}`, need])).values()];
}

/** The copies from the context of every stage; those that the target does not need are found by building them as well. */
export function copiesOf({ contents, tree, request }: ShipsSubject): readonly ContextCopy[] {
  const reached = new Set(contents.stages.filter(({ reachable }) => reachable).map(({ stage }) => stage.index));
  const copies = [...contents.copies];
  for (const { stage } of contents.stages.toReversed()) {
    if (reached.has(stage.index)) continue;
    const other = resolveContents(tree, { ...request, target: String(stage.index) });
    const isNew = ({ stage: { index }, reachable }: StageContents): boolean => reachable && !reached.has(index);
    const found = new Set(other.stages.filter(isNew).map((one) => one.stage.index));
    copies.push(...other.copies.filter((copy) => found.has(copy.stage.index)));
    for (const index of found) reached.add(index);
  }
  return copies;
}

/** A link to nothing, which cannot be copied; with it in the context, other copies fail too. */
function isDeadLink({ tree, folder }: ShipsSubject, copy: ContextCopy): boolean {
  const { path, wildcard } = copy;
  if (path === undefined || wildcard || keepsParents(copy)) return false;
  const asked = followSources({ tree, folder }, [path]) ?? [];
  return asked.length > 1 && asked.some((one) => !tree.entry(inContext({ folder }, one)));
}

const everything = new Set(['', '.', '*', '**', '**/*', '*/**']);

function needOfCopy(copy: ContextCopy): Need {
  const { path, wildcard, source } = copy;
  if (path === undefined) return patternNeed(withoutVariables(source.raw));
  if (!wildcard) return { kind: 'path', path: path === '.' ? '' : path };
  // Only `--parents` gives `**` a meaning of its own.
  return patternNeed(keepsParents(copy) ? path : path.replace(/\*{2,}/g, '*'));
}

function keepsParents({ instruction }: ContextCopy): boolean {
  return instruction.flags.some(({ name }) => name === 'parents');
}

function patternNeed(pattern: string): Need {
  return everything.has(pattern) ? { kind: 'path', path: '' } : { kind: 'pattern', path: escapePattern(pattern) };
}

/** What is not known before the run may be anything. */
function withoutVariables(raw: string): string {
  const open = raw.replace(/^["']|["']$/g, '').replace(/\$\{[^{}]*\}|\$\w+/g, '*');
  return open.includes('$') ? '' : (normalise(open) ?? '');
}

/** The bind mounts of the context: what a RUN sees without a copy. */
function mountsOf({ instructions }: Dockerfile): readonly Need[] {
  return instructions.flatMap((instruction) => mountNeeds(instruction));
}

function mountNeeds(instruction: Instruction): readonly Need[] {
  if (instruction.type !== 'run') return [];
  return instruction.mounts.flatMap(({ type, options }): readonly Need[] => {
    if (type !== 'bind' || options.some(({ key }) => key === 'from')) return [];
    const source = options.findLast(({ key }) => key === 'source')?.value ?? '';
    return [
      source.includes('$') ? patternNeed(withoutVariables(source)) : { kind: 'path', path: normalise(source) ?? '' },
    ];
  });
}
