import type { UntrustedText } from './model.ts';

export type Source = Omit<UntrustedText, 'path' | 'range'>;

interface Row extends Source {
  /** Behind `github.`; `*` stands for an index. */
  readonly path: string;
}

const PULL_REQUEST = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
] as const;
const ISSUE = ['issues', 'issue_comment'] as const;

function rows(by: Source['by'], events: readonly string[], fields: Readonly<Record<string, string>>): readonly Row[] {
  return Object.entries(fields).map(([path, what]) => ({ path, what, by, events }));
}

function commit(path: string): Readonly<Record<string, string>> {
  return {
    [`${path}.message`]: 'a commit message',
    [`${path}.author.name`]: "a commit author's name",
    [`${path}.author.email`]: "a commit author's address",
    [`${path}.committer.name`]: "a committer's name",
    [`${path}.committer.email`]: "a committer's address",
  };
}

function repository(path: string): Readonly<Record<string, string>> {
  return {
    [`${path}.default_branch`]: "the name of a fork's branch",
    [`${path}.description`]: "a fork's description",
    [`${path}.homepage`]: "a fork's homepage",
  };
}

/**
 * The fields of `github` that are free text. GitHub, Security hardening: script injections. Logins, repository names, numbers,
 * commits, dates and URLs hold no characters that a shell reads.
 */
const table: readonly Row[] = [
  ...rows('anyone', ['pull_request', 'pull_request_target'], { head_ref: "the name of a pull request's branch" }),
  ...rows('anyone', PULL_REQUEST, {
    'event.pull_request.title': 'the title of a pull request',
    'event.pull_request.body': 'the text of a pull request',
    'event.pull_request.head.ref': "the name of a pull request's branch",
    'event.pull_request.head.label': "the name of a pull request's branch",
    ...repository('event.pull_request.head.repo'),
    'event.changes.title.from': 'an earlier title',
    'event.changes.body.from': 'an earlier text',
  }),
  ...rows('anyone', ISSUE, {
    'event.issue.title': 'the title of an issue',
    'event.issue.body': 'the text of an issue',
  }),
  ...rows('anyone', ['issue_comment', 'pull_request_review_comment', 'commit_comment', 'discussion_comment'], {
    'event.comment.body': 'the text of a comment',
  }),
  ...rows('anyone', ['pull_request_review'], { 'event.review.body': 'the text of a review' }),
  ...rows('anyone', ['pull_request_review_comment'], { 'event.review_comment.body': 'the text of a review comment' }),
  ...rows('anyone', ['discussion', 'discussion_comment'], {
    'event.discussion.title': 'the title of a discussion',
    'event.discussion.body': 'the text of a discussion',
  }),
  ...rows('anyone', ['gollum'], {
    'event.pages.*.page_name': 'the name of a wiki page',
    'event.pages.*.title': 'the title of a wiki page',
  }),
  ...rows('anyone', ['fork'], repository('event.forkee')),
  ...rows('anyone', ['workflow_run'], {
    'event.workflow_run.head_branch': "the name of a pull request's branch",
    'event.workflow_run.display_title': 'the title of a run, which is that of its pull request',
    ...commit('event.workflow_run.head_commit'),
    ...repository('event.workflow_run.head_repository'),
  }),
  ...rows('merged', ['push'], { ...commit('event.head_commit'), ...commit('event.commits.*') }),
  ...rows('merged', ['merge_group'], commit('event.merge_group.head_commit')),
  ...rows('writers', ['push', 'create', 'delete', 'release', 'workflow_dispatch', 'deployment', 'registry_package'], {
    ref: 'the name of a branch or tag',
    ref_name: 'the name of a branch or tag',
    'event.ref': 'the name of a branch or tag',
  }),
  ...rows('writers', ['push'], { 'event.base_ref': 'the name of a branch' }),
  ...rows('writers', PULL_REQUEST, {
    base_ref: 'the name of a branch of this repository',
    'event.pull_request.base.ref': 'the name of a branch of this repository',
    'event.pull_request.labels.*.name': 'the name of a label',
    'event.pull_request.milestone.title': 'the title of a milestone',
  }),
  ...rows('writers', ISSUE, {
    'event.issue.labels.*.name': 'the name of a label',
    'event.issue.milestone.title': 'the title of a milestone',
  }),
  ...rows('writers', ['label', ...PULL_REQUEST, ...ISSUE], {
    'event.label.name': 'the name of a label',
    'event.label.description': 'the description of a label',
  }),
  ...rows('writers', ['release'], {
    'event.release.name': 'the name of a release',
    'event.release.body': 'the text of a release',
    'event.release.tag_name': 'the name of a tag',
    'event.release.target_commitish': 'the name of a branch',
  }),
  ...rows('writers', ['repository_dispatch'], { 'event.client_payload': 'what a repository_dispatch brings' }),
  ...rows('writers', ['deployment', 'deployment_status'], { 'event.deployment.ref': 'the name of a branch or tag' }),
];

const byPath: ReadonlyMap<string, Row> = new Map(table.map((row) => [row.path, row]));

/** Whether a field of `github` is free text. The path begins behind `github`; `*` stands for what is not a literal name. */
export function sourceAt(path: readonly string[]): Source | undefined {
  const plain = path.map((name) => (/^\d+$/.test(name) ? '*' : name.toLowerCase()));
  if (plain[0] === 'event' && plain[1] === 'client_payload') return byPath.get('event.client_payload');
  return byPath.get(plain.join('.'));
}

/** What is free text below an object of `github`, such as `github.event`: what `toJSON()` of it holds. The worst first. */
export function sourcesWithin(path: readonly string[]): readonly (Source & { readonly path: string })[] {
  const prefix = path.map((name) => `${name.toLowerCase()}.`).join('');
  return table.filter((row) => row.path.startsWith(prefix));
}
