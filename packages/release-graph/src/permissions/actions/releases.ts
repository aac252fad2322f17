import { all, isOn, mentions, not, ownRepository, without } from '../conditions.ts';
import type { StepView } from '../../credentials/step-view.ts';
import type { ActionScopes } from '../model.ts';
import { byDefault, optionally, read, stepSecurity, whenGiven, write } from './rows.ts';

/** Releases, packages and tags. */
export const releases: readonly ActionScopes[] = [
  byDefault(
    'softprops/action-gh-release',
    ['token'],
    [
      write('contents', ownRepository('repository')),
      optionally(write('discussions', not(without('discussion_category_name')))),
    ],
    stepSecurity,
    { discussion_category_name: 'news' },
  ),
  byDefault(
    'ncipollo/release-action',
    ['token'],
    [write('contents', ownRepository('repo')), optionally(write('discussions', not(without('discussionCategory'))))],
    stepSecurity,
    { discussionCategory: 'news' },
  ),
  whenGiven('actions/create-release', [], [write('contents')]),
  whenGiven('actions/upload-release-asset', [], [write('contents')]),
  byDefault('svenstaro/upload-release-action', ['repo_token'], [write('contents', all(without('repo_name')))]),
  whenGiven('marvinpinto/action-automatic-releases', ['repo_token'], [write('contents')]),
  whenGiven(
    'goreleaser/goreleaser-action',
    [],
    [
      write(
        'contents',
        all(
          mentions('args', /(?:^|\s)(?:release|continue|publish)(?:\s|$)/),
          not(mentions('args', /--snapshot|--split|--skip[= ]\S*publish|--skip-publish/)),
        ),
      ),
      optionally(write('packages')),
      optionally(write('id-token')),
      optionally(write('attestations')),
    ],
    'goreleaser.com, "GitHub Actions"',
    { args: 'release --clean' },
  ),
  byDefault(
    'release-drafter/release-drafter',
    ['token'],
    [
      write('contents', all(draftsReleases, not(isOn('dry-run')), not(isOn('disable-releaser')))),
      optionally(write('pull-requests')),
    ],
  ),
  byDefault(
    'googleapis/release-please-action',
    ['token'],
    [write('contents'), write('pull-requests'), optionally(write('issues'))],
    'googleapis/release-please-action README',
  ),
  byDefault(
    'google-github-actions/release-please-action',
    ['token'],
    [write('contents'), write('pull-requests'), optionally(write('issues'))],
    'googleapis/release-please-action README',
  ),
  whenGiven(
    'changesets/action',
    ['github-token'],
    [write('contents'), write('pull-requests'), optionally(write('issues')), optionally(write('id-token'))],
    'changesets/action README',
  ),
  whenGiven(
    'cycjimmy/semantic-release-action',
    [],
    [
      write('contents', not(isOn('dry_run'))),
      optionally(write('issues')),
      optionally(write('pull-requests')),
      optionally(write('id-token')),
    ],
  ),
  whenGiven(
    'codfish/semantic-release-action',
    [],
    [
      write('contents', not(isOn('dry-run'))),
      optionally(write('issues')),
      optionally(write('pull-requests')),
      optionally(write('id-token')),
    ],
  ),
  whenGiven(
    'release-plz/action',
    [],
    [write('contents'), optionally(write('pull-requests')), optionally(write('id-token'))],
    'release-plz.dev, "GitHub Action"',
  ),
  whenGiven(
    'marcoieni/release-plz-action',
    [],
    [write('contents'), optionally(write('pull-requests')), optionally(write('id-token'))],
    'release-plz.dev, "GitHub Action"',
  ),
  whenGiven('helm/chart-releaser-action', ['CR_TOKEN'], [write('contents')]),
  whenGiven('stefanprodan/helm-gh-pages', ['token'], [write('contents', without('repository'))]),
  whenGiven('mathieudutour/github-tag-action', ['github_token'], [write('contents', not(isOn('dry_run')))]),
  whenGiven('anothrnick/github-tag-action', [], [write('contents', not(isOn('DRY_RUN')))]),
  byDefault('anchore/sbom-action', ['github-token'], [optionally(write('contents')), optionally(read('actions'))]),
  byDefault(
    'rubygems/release-gem',
    ['token'],
    [write('id-token'), optionally(write('contents'))],
    'rubygems/release-gem README',
  ),
];

/** On a pull request release-drafter may only label it. */
function draftsReleases({ step: { job } }: StepView): boolean | 'unknown' {
  const triggers = job?.workflow.triggers ?? [];
  return triggers.every(({ event }) => event.startsWith('pull_request')) ? 'unknown' : true;
}
