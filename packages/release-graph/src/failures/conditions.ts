import { readCondition } from '@plimsoll/documents';
import type { StringValue } from '@plimsoll/documents';
import { firstLine } from '@plimsoll/documents';
import { callsStatus } from '../conditions/evaluate.ts';
import { isHidden, mayRunDespite, runs } from '../conditions/index.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import type { Related } from '../value-model.ts';
import type { Act } from './acts.ts';
import type { SwallowedFailure } from './model.ts';
import { directNeeds, keyOfJob, neededBy } from './order.ts';

type Found = Pick<SwallowedFailure, 'by' | 'of' | 'at' | 'despite'>;

/** Workflows with more jobs, and steps further before a step, are not looked at: nobody writes so many. */
const maxJobs = 200;
const maxSteps = 100;

/** What a release must not go on without. */
const gating = new Set(['build', 'push', 'publish', 'attest', 'sign', 'verify', 'scan']);
/** What is done to the world, or said of an artifact. */
const effects = new Set(['push', 'publish', 'sign', 'attest', 'deploy', 'release']);

/** The `if:` of the step that acts, or of one that calls its action, where it holds though a step before it failed. */
export function despiteSteps(act: Act, ofStep: (step: StepInstance) => readonly Act[]): Found | undefined {
  if (!effects.has(act.does) || !act.job) return undefined;
  for (let step: StepInstance | undefined = act.step; step; step = step.caller) {
    const condition = step.step.if;
    if (!condition || !asksForStatus(condition) || runs(step, {}) === false) continue;
    const before = step.siblings
      .filter((one) => one.step.index < (step?.step.index ?? 0) && !one.step.background && !isHidden(one))
      .slice(-maxSteps);
    const passed = before.filter((one) => step && mayRunDespite(step, one));
    const gates = passed.flatMap((one) => ofStep(one).filter(({ does }) => gating.has(does)));
    if (gates.length === 0 && (before.length === 0 || passed.length < before.length)) continue;
    const despite = gates.length > 0 ? gates.map(relatedOf) : passed.slice(-1).map(({ step: last }) => labelled(last));
    return { by: 'condition', of: 'step', at: placeOf(condition), despite };
  }
  return undefined;
}

/**
 * The `if:` of the job that acts, or of one that calls its workflow, where it holds though a job that it needs failed.
 * Each job is judged once, for all acts in it.
 */
export function judgeOfJobs(ofJob: (job: JobInstance) => readonly Act[]): (act: Act) => Found | undefined {
  const known = new Map<string, Found | undefined>();
  const judge = (job: JobInstance): Found | undefined => {
    const key = keyOfJob(job);
    if (!known.has(key)) known.set(key, judgedJob(job, ofJob));
    return known.get(key);
  };
  return (act) => {
    if (!effects.has(act.does)) return undefined;
    for (let job = act.job; job; job = job.instance.caller) {
      const found = judge(job);
      if (found) return found;
    }
    return undefined;
  };
}

function judgedJob(job: JobInstance, ofJob: (job: JobInstance) => readonly Act[]): Found | undefined {
  const condition = job.job.if;
  if (job.instance.jobs.length > maxJobs) return undefined;
  if (!condition || !asksForStatus(condition) || job.job.needs.length === 0 || runs(job, {}) === false)
    return undefined;
  const passed = neededBy(job)
    .slice(0, maxSteps)
    .filter((one) => !isHidden(one) && mayRunDespite(job, one));
  const gates = passed.flatMap((one) =>
    ofJob(one)
      .filter(({ does }) => gating.has(does))
      .slice(0, 1),
  );
  const direct = directNeeds(job).filter((one) => !isHidden(one));
  const all = direct.length > 0 && direct.every((one) => passed.some((other) => other.job === one.job));
  if (gates.length === 0 && !all) return undefined;
  const despite =
    gates.length > 0
      ? gates.map(relatedOf)
      : direct.map((one) => ({ at: one.job.idRange, label: `the job ${one.job.id}, which may have failed` }));
  return { by: 'condition', of: 'job', at: placeOf(condition), despite };
}

/** Only a condition with a status function can hold after a failure. */
function asksForStatus({ text, tag }: StringValue): boolean {
  if (tag) return /\b(?:cancelled|failure|always|success)\(/.test(tag.text);
  return readCondition(text).parts.some(({ expression }) => expression !== undefined && callsStatus(expression));
}

function placeOf({ header, tag, range }: StringValue): Found['at'] {
  return firstLine(tag?.range ?? header ?? range);
}

function relatedOf({ how, range }: Act): Related {
  return { at: range, label: `${how} may have failed` };
}

function labelled({ uses, name, range }: StepInstance['step']): Related {
  return { at: firstLine(uses?.range ?? name?.range ?? range), label: 'this may have failed, and all before it' };
}
