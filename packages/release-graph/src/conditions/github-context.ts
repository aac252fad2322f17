import type { Trigger } from '@plimsoll/documents';
import type { JobInstance } from '../lanes/model.ts';
import { strangerField } from '../triggers/strangers.ts';
import { actionsOf, rootInstance } from './events.ts';
import type { Assumption } from './model.ts';
import { either, known, nothing, unknownValue } from './possible.ts';
import type { Possible } from './possible.ts';
import { baseRefs, defaultNames, fullName, nameOf, refsOf, refType } from './refs.ts';

/** A field of the `github` context in a job under an assumption. Called workflows see that of their caller. */
export function githubField(job: JobInstance, path: readonly string[], assumption: Assumption): Possible {
  const { triggers } = rootInstance(job.instance).workflow;
  const started = triggers.filter(({ event }) => event !== 'workflow_call');
  const ofEvent = assumption.event === undefined ? started : started.filter(({ event }) => event === assumption.event);
  const values = ofEvent.map((trigger) => fieldUnder(job, path, trigger, assumption));
  const called = ofEvent.length < triggers.length && triggers.length > started.length && ofEvent.length === 0;
  if (ofEvent.length === 0 && assumption.event !== undefined)
    return fieldUnder(job, path, { event: assumption.event, range: job.job.idRange }, assumption);
  const open = called || (assumption.event === undefined && triggers.length > started.length);
  return either([...values, ...(open ? [unknownValue(`github.${path.join('.')}`)] : [])]);
}

function fieldUnder(job: JobInstance, path: readonly string[], trigger: Trigger, assumption: Assumption): Possible {
  const [field = '', ...rest] = path;
  const { stranger } = assumption;
  const ofStranger = stranger && strangerField(path, stranger, { event: trigger.event, types: actionsOf(trigger) });
  if (ofStranger) return ofStranger;
  const name = `github.${path.join('.')}`;
  const refs = refsOf(trigger, assumption, job.lanes.documents);
  switch (field.toLowerCase()) {
    case 'event_name':
      return known(trigger.event);
    case 'ref':
      return either(refs.map((ref) => [fullName(ref)]));
    case 'ref_name':
      return either(refs.map((ref) => [nameOf(ref)]));
    case 'ref_type':
      return either(refs.map((ref) => [refType(ref)]));
    case 'base_ref':
      return isPullRequest(trigger) ? baseRefs(trigger) : known('');
    case 'head_ref':
      return isPullRequest(trigger) ? unknownValue(name, { truthy: true }) : known('');
    case 'repository':
    case 'repository_owner':
      return home(name);
    case 'actor':
    case 'triggering_actor':
      return unknownValue(name, { truthy: true, unnamed: true });
    case 'event':
      return rest.length === 0 ? [{ structure: name }] : eventField(job, rest, trigger, assumption);
    default:
      return unknownValue(name, alwaysThere.has(field.toLowerCase()) ? { truthy: true } : {});
  }
}

const alwaysThere = new Set([
  'sha',
  'run_id',
  'run_number',
  'run_attempt',
  'workflow',
  'job',
  'server_url',
  'api_url',
  'repository_id',
  'repository_owner_id',
  'actor_id',
  'workflow_ref',
  'workflow_sha',
  'token',
]);

/** Fields of `github.event` that only some events have; elsewhere they are null. */
const eventFields: Readonly<Record<string, (event: string) => boolean>> = {
  pull_request: (event) => event.startsWith('pull_request'),
  number: (event) => event.startsWith('pull_request'),
  issue: (event) => event.startsWith('issue'),
  comment: (event) => event.includes('comment'),
  release: (event) => event === 'release',
  workflow_run: (event) => event === 'workflow_run',
  client_payload: (event) => event === 'repository_dispatch',
  inputs: (event) => event === 'workflow_dispatch',
  head_commit: (event) => event === 'push',
  commits: (event) => event === 'push',
  merge_group: (event) => event === 'merge_group',
  schedule: (event) => event === 'schedule',
  review: (event) => event.startsWith('pull_request_review'),
  discussion: (event) => event.startsWith('discussion'),
  label: (event) => /^(?:pull_request|issues|label|discussion)/.test(event),
  before: (event) => event === 'push' || event.startsWith('pull_request'),
  after: (event) => event === 'push' || event.startsWith('pull_request'),
  created: (event) => event === 'push',
  deleted: (event) => event === 'push',
  forced: (event) => event === 'push',
};

function eventField(job: JobInstance, path: readonly string[], trigger: Trigger, assumption: Assumption): Possible {
  const [field = '', ...rest] = path.map((name) => name.toLowerCase());
  const name = `github.event.${path.join('.')}`;
  const present = eventFields[field];
  if (present && !present(trigger.event)) return nothing;
  if (field === 'action') return actionUnder(trigger, assumption, name);
  if (field === 'label' && !actionsOf(trigger).some((action) => action.endsWith('labeled'))) return nothing;
  if (field === 'pull_request') return pullRequestField(rest, name, trigger, assumption);
  if (field === 'repository') return repositoryField(job, rest, name);
  if (rest.length === 0 && present)
    return field === 'schedule' ? unknownValue(name, { truthy: true }) : plain(field, name);
  if (field === 'workflow_run' && rest[0] === 'conclusion') return unknownValue(name, { truthy: true, neutral: true });
  return unknownValue(name);
}

function plain(field: string, name: string): Possible {
  return ['number', 'before', 'after'].includes(field)
    ? unknownValue(name, { truthy: true })
    : ['created', 'deleted', 'forced'].includes(field)
      ? unknownValue(name)
      : [{ structure: name }];
}

function actionUnder(trigger: Trigger, { action }: Assumption, name: string): Possible {
  if (action !== undefined) return known(action);
  const actions = actionsOf(trigger);
  if (actions.length > 0) return actions.map((one) => ({ known: one }));
  return ['push', 'schedule', 'workflow_dispatch'].includes(trigger.event) ? nothing : unknownValue(name);
}

/** A pull request that someone outside of the project has opened, ready for review. */
function pullRequestField(
  [field, ...inner]: readonly string[],
  name: string,
  trigger: Trigger,
  { action, fork, merged }: Assumption,
): Possible {
  switch (field) {
    case undefined:
      return [{ structure: name }];
    case 'merged': {
      const closes = action === undefined ? actionsOf(trigger).includes('closed') : action === 'closed';
      if (!closes) return known(false);
      return merged === undefined ? unknownValue(name) : known(merged);
    }
    case 'draft':
      return known(false);
    case 'number':
    case 'html_url':
    case 'title':
      return unknownValue(name, { truthy: true });
    case 'base':
      if (inner[0] === 'ref') return baseRefs(trigger);
      return inner[0] === 'repo' ? repositoryName(inner.slice(1), name) : unknownValue(name);
    case 'head':
      return headField(inner, name, fork);
    case 'user':
      return inner[0] === 'login' ? unknownValue(name, { truthy: true, unnamed: true }) : unknownValue(name);
    default:
      return unknownValue(name);
  }
}

function headField([field, ...inner]: readonly string[], name: string, fork: boolean | undefined): Possible {
  if (field === undefined) return [{ structure: name }];
  if (field === 'ref' || field === 'sha') return unknownValue(name, { truthy: true });
  const [ofRepository] = field === 'repo' || field === 'user' ? inner : [undefined];
  if (ofRepository === undefined) return [{ structure: name }];
  if (field === 'repo' && ofRepository === 'fork') return fork === undefined ? unknownValue(name) : known(fork);
  if (fork === undefined) return unknownValue(name);
  if (fork) return unknownValue(name, { truthy: true, unnamed: true });
  return field === 'repo' ? repositoryName(inner, name) : unknownValue(name, { truthy: true });
}

function repositoryName([field, inner]: readonly string[], name: string): Possible {
  if (field === 'full_name') return home('github.repository');
  if (field === 'owner' && inner === 'login') return home('github.repository_owner');
  if (field === 'id') return unknownValue('github.repository_id', { truthy: true });
  return unknownValue(name);
}

function home(name: string): Possible {
  return unknownValue(name, { truthy: true, neutral: true, home: true });
}

function repositoryField(job: JobInstance, [field, ...inner]: readonly string[], name: string): Possible {
  switch (field) {
    case undefined:
      return [{ structure: name }];
    case 'default_branch':
      return defaultNames(job.lanes.documents).map((one) => (typeof one === 'string' ? { known: one } : one));
    case 'fork':
      return known(false);
    case 'full_name':
    case 'owner':
    case 'id':
      return repositoryName([field, ...inner], name);
    default:
      return unknownValue(name, { neutral: true });
  }
}

function isPullRequest({ event }: Trigger): boolean {
  return event === 'pull_request' || event === 'pull_request_target';
}
