/** An action that runs code of the folder it works in: its scripts, its build files, its configuration. */
interface Row {
  /** It builds an image of it, and runs nothing on the runner itself. */
  readonly image?: true;
  /** The input that names the folder. */
  readonly folder?: string;
  /** An input without which nothing of the folder is run. */
  readonly with?: string;
}

const table: Readonly<Record<string, Row>> = {
  'docker/build-push-action': { image: true, folder: 'context', with: 'context' },
  'docker/bake-action': { image: true, folder: 'source', with: 'source' },
  'depot/build-push-action': { image: true, folder: 'context', with: 'context' },
  'depot/bake-action': { image: true, folder: 'workdir' },
  'redhat-actions/buildah-build': { image: true, folder: 'context' },
  'mr-smithers-excellent/docker-build-push': { image: true, folder: 'directory' },
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
