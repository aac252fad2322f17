import { all, beginsWith, hasValue, isOn, not, ownRepository, without } from '../conditions.ts';
import type { ActionScopes, ScopeRow } from '../model.ts';
import { byDefault, oidcOnly, optionally, read, whenGiven, write } from './rows.ts';
import type { Inputs } from './rows.ts';

const attest = 'actions/attest README';
const pushing: Inputs = { 'push-to-registry': 'true', 'subject-name': 'ghcr.io/acme/api' };
const attestations: readonly ScopeRow[] = [
  write('id-token'),
  write('attestations'),
  write('packages', all(isOn('push-to-registry'), beginsWith('subject-name', 'ghcr.io/'))),
  optionally(write('artifact-metadata', isOn('push-to-registry'))),
];

/** Attestations, checks, pages, deployments and workflow runs. */
export const checksAndPages: readonly ActionScopes[] = [
  byDefault('actions/attest', ['github-token'], attestations, attest, pushing),
  byDefault('actions/attest-build-provenance', ['github-token'], attestations, attest, pushing),
  byDefault('actions/attest-sbom', ['github-token'], attestations, attest, pushing),
  byDefault(
    'github/codeql-action/upload-sarif',
    ['token'],
    [write('security-events'), optionally(read('actions'))],
    'docs.github.com, "Uploading a SARIF file to GitHub"',
  ),
  byDefault(
    'github/codeql-action/analyze',
    ['token'],
    [
      write('security-events', not(hasValue('upload', ['never', 'false']))),
      optionally(read('actions')),
      optionally(read('packages')),
    ],
  ),
  byDefault('github/codeql-action/init', ['token'], [optionally(read('actions')), optionally(read('packages'))]),
  byDefault('github/codeql-action/autobuild', ['token'], []),
  byDefault(
    'ossf/scorecard-action',
    ['repo_token'],
    [write('id-token', isOn('publish_results')), optionally(write('security-events')), optionally(read('actions'))],
    'ossf/scorecard-action README',
    { publish_results: 'true' },
  ),
  byDefault('actions/deploy-pages', ['token'], [write('pages'), write('id-token')], 'actions/deploy-pages README'),
  byDefault(
    'actions/configure-pages',
    ['token'],
    [optionally(read('pages')), optionally(write('pages', isOn('enablement')))],
    'actions/configure-pages README',
    { enablement: 'true' },
  ),
  whenGiven(
    'peaceiris/actions-gh-pages',
    ['github_token'],
    [write('contents', without('personal_token', 'deploy_key', 'external_repository'))],
    'peaceiris/actions-gh-pages README',
  ),
  byDefault(
    'jamesives/github-pages-deploy-action',
    ['token', 'github_token', 'access_token'],
    [write('contents', all(without('ssh-key', 'repository-name'), not(isOn('dry-run'))))],
    'JamesIves/github-pages-deploy-action README',
  ),
  byDefault('dorny/test-reporter', ['token'], [write('checks'), optionally(read('actions'))]),
  byDefault(
    'enricomi/publish-unit-test-result-action',
    ['github_token'],
    [write('checks', not(hasValue('check_run', ['false']))), optionally(write('pull-requests'))],
  ),
  byDefault(
    'mikepenz/action-junit-report',
    ['token'],
    [optionally(write('checks')), optionally(write('pull-requests'))],
    'mikepenz/action-junit-report README',
  ),
  byDefault('actions/delete-package-versions', ['token'], [write('packages')]),
  byDefault('bobheadxi/deployments', ['token'], [write('deployments')]),
  whenGiven('chrnorm/deployment-action', ['token'], [write('deployments')]),
  whenGiven('chrnorm/deployment-status', ['token'], [write('deployments')]),
  byDefault('styfle/cancel-workflow-action', ['access_token'], [write('actions')]),
  byDefault(
    'benc-uk/workflow-dispatch',
    ['token'],
    [write('actions', ownRepository('repo'))],
    'REST reference, workflow dispatch event',
  ),
  byDefault(
    'peter-evans/repository-dispatch',
    ['token'],
    [write('contents', ownRepository('repository'))],
    'peter-evans/repository-dispatch README',
  ),
  byDefault('nrwl/nx-set-shas', ['gh-token'], [optionally(read('actions'))], 'nrwl/nx-set-shas README'),
  byDefault('lewagon/wait-on-check-action', ['repo-token'], [optionally(read('checks'))]),
  whenGiven('fountainhead/action-wait-for-check', ['token'], [optionally(read('checks'))]),
  byDefault('dawidd6/action-download-artifact', ['github_token'], [optionally(read('actions'))]),
  byDefault('actions/ai-inference', ['token'], [read('models')], 'docs.github.com, GitHub Models'),
  byDefault(
    'docker/scout-action',
    ['github-token'],
    [optionally(write('pull-requests'))],
    'docker/scout-action README',
  ),
  byDefault('azure/k8s-deploy', ['token'], [optionally(read('actions'))]),
];

/** Actions whose need does not depend on GITHUB_TOKEN: they ask for an OIDC token. Logins to providers are in the tables of credentials. */
export const oidc: readonly ActionScopes[] = [
  oidcOnly('codecov/codecov-action', write('id-token', isOn('use_oidc')), 'codecov/codecov-action README', {
    use_oidc: 'true',
  }),
  oidcOnly('codecov/test-results-action', write('id-token', isOn('use_oidc')), 'codecov/test-results-action README', {
    use_oidc: 'true',
  }),
  oidcOnly('sigstore/gh-action-sigstore-python', write('id-token'), 'sigstore/gh-action-sigstore-python README'),
  oidcOnly('octo-sts/action', write('id-token'), 'octo-sts/action README'),
];
