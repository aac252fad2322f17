import { known, nothing, unknownValue } from '../conditions/possible.ts';
import type { Possible } from '../conditions/possible.ts';
import { factsOf } from './events.ts';

/**
 * How a run of somebody without rights is thought through.
 * `author`: what a condition asks of the author of a pull request or comment does not hold.
 * `alone`: nobody has lent a hand either: no label is set, nothing is merged.
 */
export type Stranger = 'author' | 'alone';

/** Of people who have no part in the repository; a contributor is one whose pull request was merged once. */
const ASSOCIATIONS = ['NONE', 'FIRST_TIMER', 'FIRST_TIME_CONTRIBUTOR', 'CONTRIBUTOR', 'MANNEQUIN'] as const;

/** A field of `github.event` in a run that a stranger causes; undefined where that tells nothing. `path` begins behind `github`. */
export function strangerField(
  path: readonly string[],
  stranger: Stranger,
  { event, types = [] }: { readonly event: string; readonly types?: readonly string[] },
): Possible | undefined {
  const [context, ...fields] = path.map((name) => name.toLowerCase());
  if (context !== 'event') return undefined;
  const name = fields.join('.');
  if (name.endsWith('.author_association')) return ASSOCIATIONS.map((one) => ({ known: one }));
  if (/\.user\.(?:login|id|type)$|^sender\.(?:login|id)$/.test(name)) return somebody(name);
  if (event === 'workflow_run') return workflowRunField(fields);
  return stranger === 'alone' ? aloneField(name, event, types) : undefined;
}

function aloneField(name: string, event: string, types: readonly string[]): Possible | undefined {
  if (/^(?:pull_request|issue|discussion)\.labels(?:\.|$)/.test(name)) return [{ items: [] }];
  if (/^(?:label|assignee|milestone|requested_reviewer|requested_team)(?:\.|$)/.test(name)) return nothing;
  if (/\.(?:assignee|milestone|auto_merge)(?:\.|$)/.test(name)) return nothing;
  if (name === 'pull_request.merged' || name === 'pull_request.merged_at') return known(false);
  if (name !== 'action' || types.length === 0) return undefined;
  const gated = factsOf(event).gated ?? [];
  return types.filter((type) => !gated.includes(type)).map((type) => ({ known: type }));
}

/** The run of another workflow for a pull request from a fork. */
function workflowRunField(fields: readonly string[]): Possible | undefined {
  const [root, field = '', ...rest] = fields;
  if (root !== 'workflow_run') return undefined;
  const name = `github.event.${fields.join('.')}`;
  switch (field) {
    case 'event':
      return known('pull_request');
    case 'pull_requests':
      return rest.length === 0 ? [{ items: [] }] : nothing;
    case 'head_repository':
      if (rest[0] === 'fork') return known(true);
      return rest[0] === 'full_name' || rest[0] === 'owner' || rest[0] === 'id' ? somebody(name) : undefined;
    case 'actor':
    case 'triggering_actor':
      return somebody(name);
    default:
      return undefined;
  }
}

function somebody(name: string): Possible {
  return unknownValue(name, { truthy: true, unnamed: true });
}
