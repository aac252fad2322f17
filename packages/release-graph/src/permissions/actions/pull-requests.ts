import { all, hasValue, isOn, not, ownRepository, without } from '../conditions.ts';
import type { ActionScopes, ScopeRow } from '../model.ts';
import { byDefault, optionally, read, stepSecurity, whenGiven, write } from './rows.ts';

const commentsOnPullRequest: ScopeRow = { scope: 'pull-requests', level: 'write', or: ['issues'] };

/** Pull requests, issues and their comments. */
export const pullRequests: readonly ActionScopes[] = [
  byDefault(
    'peter-evans/create-pull-request',
    ['token', 'branch-token'],
    [write('contents', without('push-to-fork')), write('pull-requests')],
    'peter-evans/create-pull-request README',
  ),
  byDefault(
    'peter-evans/create-or-update-comment',
    ['token'],
    [{ scope: 'issues', level: 'write', or: ['pull-requests'], when: ownRepository('repository') }],
  ),
  byDefault('peter-evans/find-comment', ['token'], [optionally(read('issues')), optionally(read('pull-requests'))]),
  byDefault(
    'peter-evans/enable-pull-request-automerge',
    ['token'],
    [write('contents'), write('pull-requests')],
    'peter-evans/enable-pull-request-automerge README',
  ),
  byDefault('thollander/actions-comment-pull-request', ['github-token', 'GITHUB_TOKEN'], [commentsOnPullRequest]),
  byDefault('marocchino/sticky-pull-request-comment', ['GITHUB_TOKEN'], [commentsOnPullRequest]),
  byDefault('actions/labeler', ['repo-token'], [write('pull-requests'), optionally(write('issues'))]),
  byDefault(
    'actions/stale',
    ['repo-token'],
    [
      write(
        'issues',
        not(all(hasValue('days-before-issue-stale', ['-1']), hasValue('days-before-issue-close', ['-1']))),
      ),
      optionally(write('pull-requests')),
      optionally(write('contents', isOn('delete-branch'))),
      optionally(write('actions')),
    ],
    'actions/stale README',
    { 'delete-branch': 'true' },
  ),
  byDefault(
    'actions/first-interaction',
    ['repo-token', 'repo_token'],
    [{ scope: 'issues', level: 'write', or: ['pull-requests'] }, optionally(write('pull-requests'))],
  ),
  byDefault(
    'dessant/lock-threads',
    ['github-token'],
    [
      { scope: 'issues', level: 'write', or: ['pull-requests', 'discussions'] },
      optionally(write('pull-requests')),
      optionally(write('discussions')),
    ],
  ),
  byDefault('hmarr/auto-approve-action', ['github-token'], [write('pull-requests')]),
  whenGiven('pascalgn/automerge-action', [], [write('contents'), write('pull-requests')]),
  byDefault('fastify/github-action-merge-dependabot', ['github-token'], [write('contents'), write('pull-requests')]),
  byDefault(
    'dependabot/fetch-metadata',
    ['github-token'],
    [optionally(read('pull-requests')), optionally(read('contents'))],
  ),
  byDefault(
    'amannn/action-semantic-pull-request',
    [],
    [optionally(read('pull-requests')), optionally(write('statuses', isOn('wip')))],
    stepSecurity,
    { wip: 'true' },
  ),
  byDefault('dorny/paths-filter', ['token'], [optionally(read('pull-requests'))]),
  byDefault('tj-actions/changed-files', ['token'], [optionally(read('pull-requests'))]),
  byDefault(
    'actions/dependency-review-action',
    ['repo-token'],
    [
      write('pull-requests', hasValue('comment-summary-in-pr', ['always', 'true'])),
      optionally(write('pull-requests', hasValue('comment-summary-in-pr', ['on-failure']))),
    ],
    'actions/dependency-review-action README',
    { 'comment-summary-in-pr': 'always' },
  ),
  byDefault('korthout/backport-action', ['github_token'], [write('contents'), write('pull-requests')]),
  byDefault('zeebe-io/backport-action', ['github_token'], [write('contents'), write('pull-requests')]),
  whenGiven('repo-sync/pull-request', ['github_token'], [write('pull-requests')]),
  byDefault(
    'crazy-max/ghaction-github-labeler',
    ['github-token'],
    [write('issues', not(isOn('dry-run')))],
    'crazy-max/ghaction-github-labeler README',
  ),
];
