import type { Range } from '@plimsoll/documents';
import type { Place } from '../builds/index.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { DigestSource } from '../model.ts';
import type { DigestFormat } from '../tools/index.ts';

export type DigestFile = Extract<DigestSource, { kind: 'file' }> & {
  /** The tool writes it whether or not anyone asks. */
  readonly always?: true;
  readonly holds: DigestFormat;
};

/** The files that a command leaves a digest in: those which its options name, and what its output is written to. */
export function filesOf(place: Place): readonly DigestFile[] {
  const { call } = place;
  if (!call) return [];
  const own = call.digests.flatMap((one): DigestFile | readonly DigestFile[] => {
    if (one.kind === 'file') return { kind: 'file', path: one.path.text, range: one.path.range, holds: one.holds };
    return one.kind === 'fixed-file' ? { kind: 'file', path: one.path, always: true, holds: one.holds } : [];
  });
  const printed = printedTo(place).map((one): DigestFile => ({ kind: 'file', ...one, holds: 'digest' }));
  return [...own, ...printed];
}

/** The files that what a command prints is written to: `docker push x | tee push.log`, `ko build > image.txt`. */
function printedTo({ call, step, entry }: Place): readonly { readonly path: string; readonly range: Range }[] {
  if (!call?.digests.some((one) => one.kind === 'stdout')) return [];
  const script = entry?.script ?? (step && scriptOf(step.step));
  const { command } = call;
  const pipeline = command.pipeline?.commands.flatMap((index) => script?.commands[index] ?? []) ?? [];
  const behind = pipeline.filter((one) => one.range.start >= command.range.start);
  return [command, ...behind].flatMap((one) => {
    const redirected = one.redirections.flatMap(({ operator, target }) =>
      /^(?:1|&)?>/.test(operator) && target ? [target] : [],
    );
    const teed = one.name === 'tee' ? one.words.slice(1).filter((word) => !word.text.startsWith('-')) : [];
    return [...redirected, ...teed]
      .filter((word) => !/^\/dev\/|^&?\d$/.test(word.text))
      .map((word) => ({ path: word.text, range: word.range }));
  });
}
