import type { Range } from '@plimsoll/documents';
import type { Origin } from '../model.ts';

/** Names nodes by what they are and where they stand: file, job and step, not lines, which a change above them moves. */
export type NameNode = (kind: string, range: Range, origin: Origin, detail?: string) => string;

/** Gives each node an id of its own; the second of a place is `…~2`. */
export function nodeNames(): NameNode {
  const taken = new Map<string, number>();
  return (kind, range, origin, detail) => {
    const way = `${range.file.path}${wayTo(range, origin)}${callOf(range, origin)}`;
    const base = `${kind}:${way}${detail === undefined ? '' : `:${detail}`}`;
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

/** Of a called file the job that leads to it: another for each call. */
function callOf(range: Range, origin: Origin): string {
  const { callers, workflow, job } = origin;
  const lane = laneOf(range, origin);
  if (lane === range.file.path) return '';
  const calling = callers[0]?.job ?? job;
  return `@${lane}${workflow && calling ? `#${calling.id}` : ''}`;
}

/** The path of the file in which a run starts that comes to this place. */
export function laneOf(range: Range, { callers, workflow, action }: Origin): string {
  return (callers[0]?.workflow ?? workflow ?? action)?.file.path ?? range.file.path;
}
