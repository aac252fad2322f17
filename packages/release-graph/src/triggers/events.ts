import type { Reach } from './model.ts';

export interface EventFacts {
  readonly by: Reach['by'];
  readonly code: Reach['code'];
  readonly privileged: boolean;
  readonly cache: Reach['cache'];
  /** Activity types that only somebody with rights in the repository can cause. */
  readonly gated?: readonly string[];
}

const base = { code: 'default branch', cache: 'default branch' } as const;
const stranger: EventFacts = { by: 'anyone', privileged: true, ...base };
const writer: EventFacts = { by: 'writers', privileged: true, code: 'ref', cache: 'ref' };
const service: EventFacts = { by: 'service', privileged: true, ...base };
const pullRequest: EventFacts = { by: 'anyone', privileged: false, code: 'pull request', cache: 'pull request' };

const gated = [
  'labeled',
  'unlabeled',
  'assigned',
  'unassigned',
  'milestoned',
  'demilestoned',
  'review_requested',
  'locked',
  'unlocked',
  'auto_merge_enabled',
  'auto_merge_disabled',
  'enqueued',
  'pinned',
  'unpinned',
  'transferred',
  'answered',
  'unanswered',
  'category_changed',
] as const;

/** GitHub: Events that trigger workflows; Dependency caching: restrictions for accessing a cache. */
const table: Readonly<Record<string, EventFacts>> = {
  pull_request: { ...pullRequest, gated },
  pull_request_review: pullRequest,
  pull_request_review_comment: pullRequest,
  pull_request_target: { ...stranger, gated },
  issue_comment: stranger,
  issues: { ...stranger, gated: gated.filter((type) => type !== 'labeled') },
  discussion: { ...stranger, gated: gated.filter((type) => type !== 'labeled') },
  discussion_comment: stranger,
  commit_comment: stranger,
  fork: stranger,
  watch: stranger,
  gollum: stranger,
  workflow_run: stranger,
  push: writer,
  create: writer,
  delete: { ...writer, ...base },
  release: writer,
  workflow_dispatch: writer,
  repository_dispatch: { ...writer, ...base },
  merge_group: writer,
  deployment: writer,
  deployment_status: writer,
  label: { ...writer, ...base },
  milestone: { ...writer, ...base },
  schedule: { by: 'schedule', privileged: true, ...base },
  workflow_call: { by: 'callers', privileged: true, code: 'ref', cache: 'ref' },
};

/** What is known of an event. One that is not known is GitHub's or an app's: `check_run`, `status`, `page_build`. */
export function factsOf(event: string): EventFacts {
  return Object.hasOwn(table, event) ? (table[event] ?? service) : service;
}
