import type { Trigger } from '@plimsoll/documents';
import { stepsBefore } from '../builds/workspace.ts';
import { runs } from '../conditions/index.ts';
import type { Runnable } from '../conditions/index.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import { factsOf } from './events.ts';
import type { Gate } from './model.ts';

/** What keeps a stranger's event from a job or step, until somebody who is trusted acts; undefined where nothing is known to. */
export function gateOf(trigger: Trigger, place: Runnable, job: JobInstance): Gate | undefined {
  const { event, types } = trigger;
  if (runs(place, { event, fork: true, stranger: 'author' }) === false)
    return { kind: 'author', what: 'a condition on its author' };
  const gated = factsOf(event).gated ?? [];
  if (types && types.length > 0 && types.every((type) => gated.includes(type)))
    return { kind: 'consent', what: `its activity (${types.join(', ')})` };
  if (runs(place, { event, fork: true, merged: false, stranger: 'alone' }) === false)
    return { kind: 'consent', what: 'a condition that somebody with rights makes true' };
  for (const one of withNeeded(job)) {
    const { environment } = one.job;
    if (environment) return { kind: 'consent', what: `the environment ${environment.value}` };
  }
  const asked = withNeeded(job).find(
    ({ job: { uses } }) => uses?.target === 'workflow' && GUARDS.test(uses.path ?? ''),
  );
  if (asked) return { kind: 'author', what: `the workflow ${asked.job.uses?.text ?? ''}` };
  return checksPermission(place, job) ? { kind: 'author', what: "a check of its author's rights" } : undefined;
}

/** A job, those that it needs, and the jobs which call it with theirs. */
function withNeeded(job: JobInstance): readonly JobInstance[] {
  const found = new Set<JobInstance>();
  const follow = (one: JobInstance): void => {
    if (found.has(one)) return;
    found.add(one);
    const ids = one.job.needs.map((need) => need.value);
    for (const other of one.instance.jobs) if (ids.includes(other.job.id)) follow(other);
    if (one.instance.caller) follow(one.instance.caller);
  };
  follow(job);
  return [...found];
}

/** Actions that ask which rights somebody has. */
const CHECKS =
  /permission|team-member|membership|check-user|check-actor|authoriz|is-organization-member|is-member|user-teams|trusted|allowlist|slash-command|^command\/$/i;
const CALLS =
  /getCollaboratorPermissionLevel|checkMembershipForUser|getMembershipFor|checkCollaborator|collaborators\/|\/members\/|\/memberships\/|author_?association/i;

/** Workflows of other repositories that are waited for, and may stop strangers. */
const GUARDS = /check|auth|guard|gate|permission|allow|trust|approv|verif/i;

/** An earlier step, or a job that is waited for, asks for the rights of who started the run: it is taken to stop others. */
function checksPermission(place: Runnable, job: JobInstance): boolean {
  const own = 'step' in place ? stepsBefore(place) : [];
  const others = withNeeded(job).filter((one) => one !== job);
  return [...own, ...others.flatMap((one) => withCalledSteps(one.steps))].some(asksForRights);
}

function asksForRights({ step }: StepInstance): boolean {
  const { uses, run } = step;
  if (uses?.target === 'action' && CHECKS.test(`${uses.repository ?? ''}/${uses.path ?? ''}`)) return true;
  const texts = [run?.value ?? '', ...step.with.map(({ value }) => value), ...step.env.map(({ value }) => value)];
  return texts.some((text) => CALLS.test(text));
}
