import type { Range } from '@plimsoll/documents';
import type { Origin } from '../model.ts';

/** Names nodes by what they are and where they stand: file, job and step, not lines, which a change above them moves. */
export type NameNode = (kind: string, range: Range, origin: Origin, detail?: string) => string;

/** Gives each node an id of its own; the second of a place is `…~2`. */
export function nodeNames(): NameNode {
  const taken = new Map<string, number>();
  return (kind, range, origin, detail) => {
    const base = [`${kind}:${range.file.path}`, wayTo(range, origin), detail === undefined ? '' : `:${detail}`].join(
      '',
    );
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    return count === 1 ? base : `${base}~${count}`;
  };
}

function wayTo({ file }: Range, { workflow, action, job, step, service }: Origin): string {
  const ofStep = step ? `/${step.id ?? step.index + 1}` : '';
  if (action?.file === file) return ofStep;
  if (workflow?.file === file) return job ? `#${job.id}${ofStep}` : ofStep;
  return service ? `#${service.name}` : '';
}

/** The path of the file in which a run starts that comes to this place. */
export function laneOf(range: Range, { callers, workflow, action }: Origin): string {
  return (callers[0]?.workflow ?? workflow ?? action)?.file.path ?? range.file.path;
}
