import type { Action, Job, Step, Workflow } from '@plimsoll/documents';
import { alwaysTrue } from '@plimsoll/release-graph';
import type { LaneUnits } from './units-lane.ts';
import type { Workspace } from './units.ts';

type LaneCollectors = { readonly [U in keyof LaneUnits]: (workspace: Workspace) => Iterable<LaneUnits[U]> };

export const laneCollectors: LaneCollectors = {
  swallowedFailure: ({ graph }) => graph().swallowedFailures,
  pullRequestRelease: ({ graph }) => graph().pullRequestReleases,
  cancelledPublication: ({ graph }) => graph().cancelledPublications,
  *condition({ documents }) {
    for (const workflow of documents.workflows.values()) {
      for (const job of workflow.jobs) {
        yield* conditionOf(workflow, { job });
        for (const step of job.steps) yield* conditionOf(workflow, { job, step });
      }
    }
    for (const action of documents.actions.values())
      for (const step of action.steps) yield* conditionOf(action, { step });
  },
  scriptInjection: ({ graph }) => graph().strangers.scriptInjections,
  untrustedCheckout: ({ graph }) => graph().strangers.untrustedCode,
  poisonedCache: ({ graph }) => graph().strangers.poisonedCaches,
  untrustedRunner: ({ graph }) => graph().strangers.untrustedRunners,
  shadowBuild: ({ graph }) => graph().shadowBuilds,
  rebuild: ({ graph }) => graph().rebuilds,
  unrecordedLane: ({ graph }) => graph().unrecordedLanes,
};

function* conditionOf(
  owner: Workflow | Action,
  place: { readonly job?: Job; readonly step?: Step },
): Generator<LaneUnits['condition']> {
  const condition = (place.step ?? place.job)?.if;
  if (condition) yield { owner, ...place, condition, alwaysTrue: alwaysTrue(condition) };
}
