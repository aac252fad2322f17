/** Actions that run code of the folder they work in: its scripts, its build files, its configuration. */
interface Row {
  /** The input that names the folder. */
  readonly folder?: string;
  /** An input without which nothing of the folder is run. */
  readonly with?: string;
}

const table: Readonly<Record<string, Row>> = {
  'docker/build-push-action': { folder: 'context', with: 'context' },
  'docker/bake-action': { folder: 'source', with: 'source' },
  'depot/build-push-action': { folder: 'context', with: 'context' },
  'depot/bake-action': { folder: 'workdir' },
  'redhat-actions/buildah-build': { folder: 'context' },
  'mr-smithers-excellent/docker-build-push': { folder: 'directory' },
  'ruby/setup-ruby': { with: 'bundler-cache', folder: 'working-directory' },
  'pnpm/action-setup': { with: 'run_install' },
  'cypress-io/github-action': { folder: 'working-directory' },
  'bahmutov/npm-install': { folder: 'working-directory' },
  'borales/actions-yarn': { folder: 'dir' },
  'gradle/gradle-build-action': { with: 'arguments', folder: 'build-root-directory' },
  'gradle/actions/setup-gradle': { with: 'arguments', folder: 'build-root-directory' },
  'pre-commit/action': {},
  'golangci/golangci-lint-action': { folder: 'working-directory' },
  'goreleaser/goreleaser-action': { folder: 'workdir' },
  'changesets/action': { folder: 'cwd' },
  'github/codeql-action/autobuild': { folder: 'working-directory' },
  'actions/jekyll-build-pages': { folder: 'source' },
  'pypa/cibuildwheel': { folder: 'package-dir' },
  'pyo3/maturin-action': { folder: 'working-directory' },
  'chromaui/action': { folder: 'workingDir' },
  'cloudflare/wrangler-action': { folder: 'workingDirectory' },
  'amondnet/vercel-action': { folder: 'working-directory' },
  'andresz1/size-limit-action': { folder: 'directory' },
  'preactjs/compressed-size-action': {},
  'artiomtr/jest-coverage-report-action': { folder: 'working-directory' },
  'devcontainers/ci': { folder: 'subFolder' },
  'pulumi/actions': { folder: 'work-dir' },
  'nick-fields/retry': { with: 'command' },
  'nrwl/nx-cloud': {},
  'superfly/flyctl-actions': {},
  'google-github-actions/deploy-cloudrun': { with: 'source', folder: 'source' },
};

export function executingAction(name: string | undefined): Row | undefined {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}
