import type { CommandScopes, ScopeRow, WorkflowScopes } from './model.ts';

const write = (scope: ScopeRow['scope']): ScopeRow => ({ scope, level: 'write' });
const optionally = (row: ScopeRow): ScopeRow => ({ ...row, optional: true });

const cli = 'docs.github.com, permissions required for GITHUB_TOKEN; cli.github.com manual';

function gh(group: string, subcommands: readonly string[], needs: readonly ScopeRow[]): readonly CommandScopes[] {
  return subcommands.map((subcommand) => ({
    words: ['gh', group, subcommand],
    needs,
    token: ['GH_TOKEN', 'GITHUB_TOKEN'],
    source: cli,
  }));
}

/** Commands that use the token of `GH_TOKEN` or `GITHUB_TOKEN`. */
export const commandScopes: readonly CommandScopes[] = [
  ...gh(
    'release',
    ['create', 'upload', 'edit', 'delete', 'delete-asset'],
    [write('contents'), optionally(write('discussions'))],
  ),
  ...gh('pr', ['create'], [write('pull-requests'), optionally(write('contents'))]),
  ...gh('pr', ['comment'], [{ scope: 'pull-requests', level: 'write', or: ['issues'] }]),
  ...gh('pr', ['edit'], [{ scope: 'pull-requests', level: 'write', or: ['issues'] }]),
  ...gh('pr', ['close', 'reopen', 'ready', 'review', 'lock', 'unlock'], [write('pull-requests')]),
  ...gh('pr', ['merge'], [write('pull-requests'), write('contents')]),
  ...gh(
    'issue',
    ['create', 'close', 'comment', 'delete', 'edit', 'lock', 'pin', 'reopen', 'transfer', 'unlock', 'unpin'],
    [{ scope: 'issues', level: 'write', or: ['pull-requests'] }],
  ),
  ...gh('label', ['create', 'edit', 'delete', 'clone'], [{ scope: 'issues', level: 'write', or: ['pull-requests'] }]),
  ...gh('workflow', ['run', 'enable', 'disable'], [write('actions')]),
  ...gh('run', ['cancel', 'rerun', 'delete'], [write('actions')]),
  ...gh('cache', ['delete'], [write('actions')]),
  ...gh('attestation', ['verify', 'download'], [{ scope: 'attestations', level: 'read', optional: true }]),
  {
    words: ['semantic-release'],
    needs: [
      write('contents'),
      optionally(write('issues')),
      optionally(write('pull-requests')),
      optionally(write('id-token')),
    ],
    token: ['GITHUB_TOKEN', 'GH_TOKEN'],
    source: 'semantic-release docs, "GitHub Actions"',
  },
  {
    words: ['goreleaser', 'release'],
    needs: [
      write('contents'),
      optionally(write('packages')),
      optionally(write('id-token')),
      optionally(write('attestations')),
    ],
    token: ['GITHUB_TOKEN', 'GH_TOKEN'],
    source: 'goreleaser.com, "GitHub Actions"',
  },
];

/** `gh` groups and subcommands which only read, or write nothing of GitHub's. */
export const readingCommands: ReadonlySet<string> = new Set([
  ...[
    'release view',
    'release list',
    'release download',
    'pr view',
    'pr list',
    'pr diff',
    'pr checks',
    'pr status',
    'pr checkout',
  ],
  ...[
    'issue view',
    'issue list',
    'issue status',
    'run view',
    'run list',
    'run watch',
    'run download',
    'workflow view',
    'workflow list',
  ],
  ...[
    'repo view',
    'repo clone',
    'repo list',
    'cache list',
    'auth status',
    'auth login',
    'auth setup-git',
    'auth token',
    'label list',
  ],
  ...[
    'attestation verify',
    'attestation download',
    'attestation trusted-root',
    'search prs',
    'search issues',
    'extension install',
  ],
]);

const generators = 'slsa-framework/slsa-github-generator README';
const refused = (scope: ScopeRow['scope']): ScopeRow => ({ scope, level: 'read', refused: true });

/** Reusable workflows of other repositories: what their jobs ask for, the calling job has to grant. */
export const workflowScopes: readonly WorkflowScopes[] = [
  {
    workflow: 'slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml',
    needs: [refused('actions'), write('id-token'), write('packages')],
    source: generators,
  },
  {
    workflow: 'slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml',
    needs: [refused('actions'), write('id-token'), write('contents')],
    source: generators,
  },
  {
    workflow: 'slsa-framework/slsa-github-generator/.github/workflows/builder_go_slsa3.yml',
    needs: [refused('actions'), write('id-token'), write('contents')],
    source: generators,
  },
  ...['build.yml', 'bake.yml'].map((file) => ({
    workflow: `docker/github-builder/.github/workflows/${file}`,
    needs: [optionally(write('id-token')), optionally(write('packages'))],
    source: 'docker/github-builder README: it signs where it gets an OIDC token',
  })),
];
