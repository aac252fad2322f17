import type { PublicationGroup } from '../attestations/cover.ts';
import { inputEntry } from '../builds/action-inputs.ts';
import { conditionOf, valueUnder } from '../conditions/index.ts';
import type { Assumption, Ternary } from '../conditions/index.ts';
import { assumptionKey } from '../conditions/scenario.ts';
import type { FoundPublication } from './found.ts';

/** Whether something is published, and where that is not known what it depends on: names, and the conditions as they are written. */
export interface Publishes {
  readonly result: Ternary;
  readonly unknowns: readonly string[];
}

/** Whether a publication is made under an assumption: its step and job run, its `push:` is true, and no `if` of a shell stands around it. */
export function publishesUnder(group: PublicationGroup, assumption: Assumption): Publishes {
  const ofGroup = known.get(group) ?? new Map<string, Publishes>();
  known.set(group, ofGroup);
  const key = assumptionKey(assumption);
  const found = ofGroup.get(key) ?? ofAll(group, assumption);
  ofGroup.set(key, found);
  return found;
}

const known = new WeakMap<PublicationGroup, Map<string, Publishes>>();

function ofAll(group: PublicationGroup, assumption: Assumption): Publishes {
  const each = group.map((one) => ofOne(one, assumption));
  if (each.some(({ result }) => result === true)) return { result: true, unknowns: [] };
  const open = each.filter(({ result }) => result === 'unknown');
  if (open.length === 0) return { result: false, unknowns: [] };
  return { result: 'unknown', unknowns: [...new Set(open.flatMap(({ unknowns }) => unknowns))].sort() };
}

function ofOne({ place, builds, by }: FoundPublication, assumption: Assumption): Publishes {
  const runnable = place.step ?? place.job;
  if (!runnable) return { result: 'unknown', unknowns: [] };
  const own = conditionOf(runnable, assumption);
  const parts = (by === 'merge' ? builds.slice(0, 1) : []).map((build): Ternary => {
    const where = build.place.step ?? build.place.job;
    return where ? conditionOf(where, assumption).result : 'unknown';
  });
  const switched = by === 'build' ? pushUnder(place, assumption) : true;
  const inShell: Ternary = place.call?.command.conditional || place.via?.conditional ? 'unknown' : true;
  const all: readonly Ternary[] = [own.result, switched, inShell, ...parts];
  if (all.includes(false)) return { result: false, unknowns: [] };
  if (all.every((one) => one === true)) return { result: true, unknowns: [] };
  if (inShell === 'unknown' || switched === 'unknown') return { result: 'unknown', unknowns: [] };
  const asked = [place.step?.step.if, place.job?.job.if].flatMap((condition) => condition?.value ?? []);
  return { result: 'unknown', unknowns: [...own.unknowns.map(({ unknown }) => unknown), ...asked] };
}

/** `push:` of an action, as it is under the assumption. */
function pushUnder({ step }: FoundPublication['place'], assumption: Assumption): Ternary {
  const entry = step && inputEntry(step, 'push');
  if (!step || !entry) return true;
  const { values, complete } = valueUnder(entry, step, assumption);
  const texts = values.map((value) => value.trim().toLowerCase());
  if (!complete || texts.length === 0) return 'unknown';
  if (texts.every((text) => text === 'true')) return true;
  return texts.includes('true') ? 'unknown' : false;
}
