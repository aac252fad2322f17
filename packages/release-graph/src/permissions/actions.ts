import { all, beginsWith, hasValue, isOn, mentions, not, ownRepository, without } from './conditions.ts';
import type { StepView } from '../credentials/step-view.ts';
import type { ActionScopes, ScopeRow } from './model.ts';

const stepSecurity = 'step-security action knowledge base';
const attest = 'actions/attest README';

/** What is missing of these is not told: whether it matters is not known from the text. */
const optionally = (row: ScopeRow): ScopeRow => ({ ...row, optional: true });
const write = (scope: ScopeRow['scope'], when?: ScopeRow['when']): ScopeRow => ({ scope, level: 'write', ...(when && { when }) });
const read = (scope: ScopeRow['scope'], when?: ScopeRow['when']): ScopeRow => ({ scope, level: 'read', ...(when && { when }) });
const commentsOnPullRequest: ScopeRow = { scope: 'pull-requests', level: 'write', or: ['issues'] };

type Inputs = Readonly<Record<string, string>>;

/** Actions that take `github.token` by themselves; `token` names the inputs that may replace it. */
function byDefault(action: string, token: readonly string[], needs: readonly ScopeRow[], source = stepSecurity, example: Inputs = {}): ActionScopes {
  return { action, token: [...token, 'GITHUB_TOKEN', 'GH_TOKEN'], needs, byDefault: true, source, example };
}

/** Actions that only have the token they are given. */
function whenGiven(action: string, token: readonly string[], needs: readonly ScopeRow[], source = stepSecurity, example: Inputs = {}): ActionScopes {
  return { action, token: [...token, 'GITHUB_TOKEN', 'GH_TOKEN'], needs, byDefault: false, source, example };
}

/** On a pull request release-drafter may only label it. */
function draftsReleases({ step: { job } }: StepView): boolean | 'unknown' {
  const triggers = job?.workflow.triggers ?? [];
  return triggers.every(({ event }) => event.startsWith('pull_request')) ? 'unknown' : true;
}

const pushing: Inputs = { 'push-to-registry': 'true', 'subject-name': 'ghcr.io/acme/api' };
const attestations: readonly ScopeRow[] = [
  write('id-token'),
  write('attestations'),
  write('packages', all(isOn('push-to-registry'), beginsWith('subject-name', 'ghcr.io/'))),
  optionally(write('artifact-metadata', isOn('push-to-registry'))),
];

const releases: readonly ActionScopes[] = [
  byDefault('softprops/action-gh-release', ['token'], [write('contents', ownRepository('repository')), optionally(write('discussions', not(without('discussion_category_name'))))], stepSecurity, { discussion_category_name: 'news' }),
  byDefault('ncipollo/release-action', ['token'], [write('contents', ownRepository('repo')), optionally(write('discussions', not(without('discussionCategory'))))], stepSecurity, { discussionCategory: 'news' }),
  whenGiven('actions/create-release', [], [write('contents')]),
  whenGiven('actions/upload-release-asset', [], [write('contents')]),
  byDefault('svenstaro/upload-release-action', ['repo_token'], [write('contents', all(without('repo_name')))]),
  whenGiven('marvinpinto/action-automatic-releases', ['repo_token'], [write('contents')]),
  whenGiven('goreleaser/goreleaser-action', [], [
    write('contents', all(mentions('args', /(?:^|\s)(?:release|continue|publish)(?:\s|$)/), not(mentions('args', /--snapshot|--split|--skip[= ]\S*publish|--skip-publish/)))),
    optionally(write('packages')),
    optionally(write('id-token')),
    optionally(write('attestations')),
  ], 'goreleaser.com, "GitHub Actions"', { args: 'release --clean' }),
  byDefault('release-drafter/release-drafter', ['token'], [write('contents', all(draftsReleases, not(isOn('dry-run')), not(isOn('disable-releaser')))), optionally(write('pull-requests'))]),
  byDefault('googleapis/release-please-action', ['token'], [write('contents'), write('pull-requests'), optionally(write('issues'))], 'googleapis/release-please-action README'),
  byDefault('google-github-actions/release-please-action', ['token'], [write('contents'), write('pull-requests'), optionally(write('issues'))], 'googleapis/release-please-action README'),
  whenGiven('changesets/action', ['github-token'], [write('contents'), write('pull-requests'), optionally(write('issues')), optionally(write('id-token'))], 'changesets/action README'),
  whenGiven('cycjimmy/semantic-release-action', [], [write('contents', not(isOn('dry_run'))), optionally(write('issues')), optionally(write('pull-requests')), optionally(write('id-token'))]),
  whenGiven('codfish/semantic-release-action', [], [write('contents', not(isOn('dry-run'))), optionally(write('issues')), optionally(write('pull-requests')), optionally(write('id-token'))]),
  whenGiven('release-plz/action', [], [write('contents'), optionally(write('pull-requests')), optionally(write('id-token'))], 'release-plz.dev, "GitHub Action"'),
  whenGiven('marcoieni/release-plz-action', [], [write('contents'), optionally(write('pull-requests')), optionally(write('id-token'))], 'release-plz.dev, "GitHub Action"'),
  whenGiven('helm/chart-releaser-action', ['CR_TOKEN'], [write('contents')]),
  whenGiven('stefanprodan/helm-gh-pages', ['token'], [write('contents', without('repository'))]),
  whenGiven('mathieudutour/github-tag-action', ['github_token'], [write('contents', not(isOn('dry_run')))]),
  whenGiven('anothrnick/github-tag-action', [], [write('contents', not(isOn('DRY_RUN')))]),
  byDefault('anchore/sbom-action', ['github-token'], [optionally(write('contents')), optionally(read('actions'))]),
  byDefault('rubygems/release-gem', ['token'], [write('id-token'), optionally(write('contents'))], 'rubygems/release-gem README'),
];

const pullRequests: readonly ActionScopes[] = [
  byDefault('peter-evans/create-pull-request', ['token', 'branch-token'], [write('contents', without('push-to-fork')), write('pull-requests')], 'peter-evans/create-pull-request README'),
  byDefault('peter-evans/create-or-update-comment', ['token'], [{ scope: 'issues', level: 'write', or: ['pull-requests'], when: ownRepository('repository') }]),
  byDefault('peter-evans/find-comment', ['token'], [optionally(read('issues')), optionally(read('pull-requests'))]),
  byDefault('peter-evans/enable-pull-request-automerge', ['token'], [write('contents'), write('pull-requests')], 'peter-evans/enable-pull-request-automerge README'),
  byDefault('thollander/actions-comment-pull-request', ['github-token', 'GITHUB_TOKEN'], [commentsOnPullRequest]),
  byDefault('marocchino/sticky-pull-request-comment', ['GITHUB_TOKEN'], [commentsOnPullRequest]),
  byDefault('actions/labeler', ['repo-token'], [write('pull-requests'), optionally(write('issues'))]),
  byDefault('actions/stale', ['repo-token'], [
    write('issues', not(all(hasValue('days-before-issue-stale', ['-1']), hasValue('days-before-issue-close', ['-1'])))),
    optionally(write('pull-requests')),
    optionally(write('contents', isOn('delete-branch'))),
    optionally(write('actions')),
  ], 'actions/stale README', { 'delete-branch': 'true' }),
  byDefault('actions/first-interaction', ['repo-token', 'repo_token'], [{ scope: 'issues', level: 'write', or: ['pull-requests'] }, optionally(write('pull-requests'))]),
  byDefault('dessant/lock-threads', ['github-token'], [{ scope: 'issues', level: 'write', or: ['pull-requests', 'discussions'] }, optionally(write('pull-requests')), optionally(write('discussions'))]),
  byDefault('hmarr/auto-approve-action', ['github-token'], [write('pull-requests')]),
  whenGiven('pascalgn/automerge-action', [], [write('contents'), write('pull-requests')]),
  byDefault('fastify/github-action-merge-dependabot', ['github-token'], [write('contents'), write('pull-requests')]),
  byDefault('dependabot/fetch-metadata', ['github-token'], [optionally(read('pull-requests')), optionally(read('contents'))]),
  byDefault('amannn/action-semantic-pull-request', [], [optionally(read('pull-requests')), optionally(write('statuses', isOn('wip')))], stepSecurity, { wip: 'true' }),
  byDefault('dorny/paths-filter', ['token'], [optionally(read('pull-requests'))]),
  byDefault('tj-actions/changed-files', ['token'], [optionally(read('pull-requests'))]),
  byDefault('actions/dependency-review-action', ['repo-token'], [write('pull-requests', hasValue('comment-summary-in-pr', ['always', 'true'])), optionally(write('pull-requests', hasValue('comment-summary-in-pr', ['on-failure'])))], 'actions/dependency-review-action README', { 'comment-summary-in-pr': 'always' }),
  byDefault('korthout/backport-action', ['github_token'], [write('contents'), write('pull-requests')]),
  byDefault('zeebe-io/backport-action', ['github_token'], [write('contents'), write('pull-requests')]),
  whenGiven('repo-sync/pull-request', ['github_token'], [write('pull-requests')]),
  byDefault('crazy-max/ghaction-github-labeler', ['github-token'], [write('issues', not(isOn('dry-run')))], 'crazy-max/ghaction-github-labeler README'),
];

const checksAndPages: readonly ActionScopes[] = [
  byDefault('actions/attest', ['github-token'], attestations, attest, pushing),
  byDefault('actions/attest-build-provenance', ['github-token'], attestations, attest, pushing),
  byDefault('actions/attest-sbom', ['github-token'], attestations, attest, pushing),
  byDefault('github/codeql-action/upload-sarif', ['token'], [write('security-events'), optionally(read('actions'))], 'docs.github.com, "Uploading a SARIF file to GitHub"'),
  byDefault('github/codeql-action/analyze', ['token'], [write('security-events', not(hasValue('upload', ['never', 'false']))), optionally(read('actions')), optionally(read('packages'))]),
  byDefault('github/codeql-action/init', ['token'], [optionally(read('actions')), optionally(read('packages'))]),
  byDefault('github/codeql-action/autobuild', ['token'], []),
  byDefault('ossf/scorecard-action', ['repo_token'], [write('id-token', isOn('publish_results')), optionally(write('security-events')), optionally(read('actions'))], 'ossf/scorecard-action README', { publish_results: 'true' }),
  byDefault('actions/deploy-pages', ['token'], [write('pages'), write('id-token')], 'actions/deploy-pages README'),
  byDefault('actions/configure-pages', ['token'], [optionally(read('pages')), optionally(write('pages', isOn('enablement')))], 'actions/configure-pages README', { enablement: 'true' }),
  whenGiven('peaceiris/actions-gh-pages', ['github_token'], [write('contents', without('personal_token', 'deploy_key', 'external_repository'))], 'peaceiris/actions-gh-pages README'),
  byDefault('jamesives/github-pages-deploy-action', ['token', 'github_token', 'access_token'], [write('contents', all(without('ssh-key', 'repository-name'), not(isOn('dry-run'))))], 'JamesIves/github-pages-deploy-action README'),
  byDefault('dorny/test-reporter', ['token'], [write('checks'), optionally(read('actions'))]),
  byDefault('enricomi/publish-unit-test-result-action', ['github_token'], [write('checks', not(hasValue('check_run', ['false']))), optionally(write('pull-requests'))]),
  byDefault('mikepenz/action-junit-report', ['token'], [optionally(write('checks')), optionally(write('pull-requests'))], 'mikepenz/action-junit-report README'),
  byDefault('actions/delete-package-versions', ['token'], [write('packages')]),
  byDefault('bobheadxi/deployments', ['token'], [write('deployments')]),
  whenGiven('chrnorm/deployment-action', ['token'], [write('deployments')]),
  whenGiven('chrnorm/deployment-status', ['token'], [write('deployments')]),
  byDefault('styfle/cancel-workflow-action', ['access_token'], [write('actions')]),
  byDefault('benc-uk/workflow-dispatch', ['token'], [write('actions', ownRepository('repo'))], 'REST reference, workflow dispatch event'),
  byDefault('peter-evans/repository-dispatch', ['token'], [write('contents', ownRepository('repository'))], 'peter-evans/repository-dispatch README'),
  byDefault('nrwl/nx-set-shas', ['gh-token'], [optionally(read('actions'))], 'nrwl/nx-set-shas README'),
  byDefault('lewagon/wait-on-check-action', ['repo-token'], [optionally(read('checks'))]),
  whenGiven('fountainhead/action-wait-for-check', ['token'], [optionally(read('checks'))]),
  byDefault('dawidd6/action-download-artifact', ['github_token'], [optionally(read('actions'))]),
  byDefault('actions/ai-inference', ['token'], [read('models')], 'docs.github.com, GitHub Models'),
  byDefault('docker/scout-action', ['github-token'], [optionally(write('pull-requests'))], 'docker/scout-action README'),
  byDefault('azure/k8s-deploy', ['token'], [optionally(read('actions'))]),
];

/** Actions whose need does not depend on GITHUB_TOKEN: they ask for an OIDC token. Logins to providers are in the tables of credentials. */
const oidc: readonly ActionScopes[] = [
  oidcOnly('codecov/codecov-action', write('id-token', isOn('use_oidc')), 'codecov/codecov-action README', { use_oidc: 'true' }),
  oidcOnly('codecov/test-results-action', write('id-token', isOn('use_oidc')), 'codecov/test-results-action README', { use_oidc: 'true' }),
  oidcOnly('sigstore/gh-action-sigstore-python', write('id-token'), 'sigstore/gh-action-sigstore-python README'),
  oidcOnly('octo-sts/action', write('id-token'), 'octo-sts/action README'),
];

function oidcOnly(action: string, need: ScopeRow, source: string, example: Inputs = {}): ActionScopes {
  return { action, needs: [need], token: [], byDefault: false, source, example };
}

export const actionScopes: readonly ActionScopes[] = [...releases, ...pullRequests, ...checksAndPages, ...oidc];
