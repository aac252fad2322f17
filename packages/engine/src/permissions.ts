import { permissionEdits, withEdits } from '@plimsoll/release-graph';
import type { JobPermissions } from '@plimsoll/release-graph';
import { openWorkspace } from './check/workspace.ts';
import type { CheckOptions } from './model.ts';

/** A workflow with the least permissions of its jobs. */
export interface WorkflowPermissions {
  /** Relative to the root. */
  readonly path: string;
  readonly jobs: readonly PlannedJob[];
  /** Its text with them written; undefined where nothing is to change, or can be. */
  readonly changed: string | undefined;
}

export interface PlannedJob extends JobPermissions {
  /** Why `changed` leaves it as it is, though it is granted something else. */
  readonly notWritten: string | undefined;
}

export interface PermissionsPlan {
  readonly root: string;
  /** What is wrong with the paths that were given. */
  readonly problems: readonly string[];
  readonly workflows: readonly WorkflowPermissions[];
}

/** The least permissions of the jobs of the wanted workflows, by path, and how they would be written. */
export function planPermissions(options: CheckOptions): PermissionsPlan {
  const { scope, graph } = openWorkspace(options);
  const problems = scope.problems.map(({ message }) => message);
  if (problems.length > 0) return { root: scope.root, problems, workflows: [] };
  const wanted = graph().jobPermissions.filter(({ workflow }) => scope.includes(workflow.file.path));
  const workflows = [...Map.groupBy(wanted, ({ workflow }) => workflow.file)].map(([file, jobs]) => {
    const planned = jobs.map((job) => ({ job, ...permissionEdits(job) }));
    const edits = planned.flatMap((one) => one.edits);
    return {
      path: file.path,
      jobs: planned.map(({ job, reason }) => ({ ...job, notWritten: reason })),
      changed: edits.length === 0 ? undefined : withEdits(file.text, edits),
    };
  });
  return { root: scope.root, problems, workflows };
}
