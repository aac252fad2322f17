import { valueUnder } from '../conditions/index.ts';
import type { JobInstance, Lanes } from '../lanes/model.ts';
import type { Act, FailureParts } from './acts.ts';
import { actsOf, keyOf } from './acts.ts';
import { swallowOfCommand } from './commands.ts';
import { despiteSteps, judgeOfJobs } from './conditions.ts';
import type { Doing, SwallowedFailure } from './model.ts';
import { actsByJob, actsByStep, leaves, precedes } from './order.ts';
import { swallowOfJob, swallowOfStep } from './settings.ts';

/** Beyond this number of acts a repository's lane is not one that someone wrote. */
const maxActs = 3_000;

/** All by which the lane goes on though something failed. */
export function swallowedFailures(parts: FailureParts): readonly SwallowedFailure[] {
  const acts = actsOf(parts).slice(0, maxActs);
  const ofJobs = judgeOfJobs(actsByJob(acts));
  const ofStep = actsByStep(acts);
  const found = [...acts.flatMap((act) => swallowsOf(act, acts, ofStep, ofJobs)), ...ofGenerators(parts.lanes)];
  return [...new Map(found.map((one) => [keyOf(one.at), one])).values()];
}

function swallowsOf(
  act: Act,
  acts: readonly Act[],
  ofStep: ReturnType<typeof actsByStep>,
  ofJobs: ReturnType<typeof judgeOfJobs>,
): readonly SwallowedFailure[] {
  const found: SwallowedFailure[] = [];
  const { does, how, range, step } = act;
  const add = (
    one: Pick<SwallowedFailure, 'by' | 'of' | 'at'> & { readonly despite?: SwallowedFailure['despite'] },
  ): void => {
    found.push({ despite: [], ...one, does, how, range, origin: act.site?.origin ?? step.origin });
  };
  if (matters(act, acts)) {
    const ofCommand = swallowOfCommand(act);
    const setting = swallowOfStep(act, ofStep);
    const job = swallowOfJob(act);
    if (ofCommand) add({ ...ofCommand, of: 'command' });
    if (setting) add({ ...setting, of: 'step' });
    if (
      job &&
      (leaves(act) || acts.some((other) => leaves(other) && precedes(act, other) && other.job?.job !== act.job?.job))
    )
      add({ ...job, of: 'job' });
  }
  const inSteps = despiteSteps(act, ofStep);
  const inJobs = ofJobs(act);
  if (inSteps) add(inSteps);
  if (inJobs) add(inJobs);
  return found;
}

const alone: ReadonlySet<Doing> = new Set(['push', 'publish', 'sign', 'attest', 'verify']);

/**
 * A build or a scan matters where something goes out behind it, or has gone out in its job; a deployment that fails leaves
 * what ran before. A verification that demands too little has that fault first.
 */
function matters(act: Act, acts: readonly Act[]): boolean {
  const { does, lax, job } = act;
  if (does === 'deploy' || does === 'release' || lax) return false;
  if (alone.has(does)) return true;
  return acts.some(
    (other) =>
      leaves(other) && (precedes(act, other) || (does === 'scan' && job !== undefined && other.job?.job === job.job)),
  );
}

/** The generator of SLSA swallows its own failure where it is asked to; what it made is told by its output `outcome`. */
function ofGenerators(lanes: Lanes): readonly SwallowedFailure[] {
  return lanes.jobs.flatMap((job): readonly SwallowedFailure[] => {
    const { uses } = job.job;
    if (
      !uses ||
      `${uses.owner ?? ''}/${uses.repository ?? ''}`.toLowerCase() !== 'slsa-framework/slsa-github-generator'
    )
      return [];
    const setting = job.job.with.find(({ name }) => name === 'continue-on-error');
    if (!setting) return [];
    const { values, complete } = valueUnder(setting, job, {});
    if (!complete || !values.every((text) => text === 'true') || asksForOutcome(job)) return [];
    return [
      {
        by: 'input',
        of: 'job',
        at: setting.range,
        does: 'attest',
        how: 'slsa-github-generator',
        range: uses.range,
        origin: job.origin,
        despite: [],
      },
    ];
  });
}

function asksForOutcome({ job, workflow }: JobInstance): boolean {
  const outcome = `needs.${job.id}.outputs.outcome`;
  return workflow.file.text.includes(outcome);
}
