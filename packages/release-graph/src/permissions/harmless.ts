/**
 * Actions that write nothing with GITHUB_TOKEN, and ask for no OIDC token where the tables of credentials do not say so.
 * They may read with it. Names end before a path: `actions/cache` stands for `actions/cache/save` too.
 */
export const harmlessActions: ReadonlySet<string> = new Set([
  ...['actions/checkout', 'actions/cache', 'actions/upload-artifact', 'actions/download-artifact', 'actions/upload-pages-artifact'],
  ...['actions/setup-node', 'actions/setup-python', 'actions/setup-go', 'actions/setup-java', 'actions/setup-dotnet'],
  ...['actions/create-github-app-token', 'actions/setup-ruby', 'actions/setup-haskell'],
  ...['docker/setup-buildx-action', 'docker/setup-qemu-action', 'docker/setup-docker-action', 'docker/setup-compose-action'],
  ...['docker/login-action', 'docker/metadata-action', 'docker/build-push-action', 'docker/bake-action', 'docker/oidc-action'],
  ...['aws-actions/configure-aws-credentials', 'aws-actions/amazon-ecr-login', 'aws-actions/amazon-ecs-render-task-definition'],
  ...['aws-actions/amazon-ecs-deploy-task-definition', 'google-github-actions/auth', 'google-github-actions/setup-gcloud'],
  ...['google-github-actions/get-gke-credentials', 'google-github-actions/deploy-cloudrun', 'azure/login', 'azure/setup-helm'],
  ...['azure/setup-kubectl', 'azure/webapps-deploy', 'azure/aks-set-context', 'azure/cli', 'hashicorp/setup-terraform'],
  ...['hashicorp/vault-action', 'jfrog/setup-jfrog-cli', 'pulumi/auth-actions', 'pypa/gh-action-pypi-publish', 'nuget/login'],
  ...['rust-lang/crates-io-auth-action', 'rubygems/configure-rubygems-credentials', 'depot/setup-action'],
  ...['pnpm/action-setup', 'oven-sh/setup-bun', 'denoland/setup-deno', 'ruby/setup-ruby', 'astral-sh/setup-uv', 'astral-sh/ruff-action'],
  ...['dtolnay/rust-toolchain', 'swatinem/rust-cache', 'actions-rust-lang/setup-rust-toolchain', 'dart-lang/setup-dart'],
  ...['gradle/wrapper-validation-action', 'arduino/setup-protoc', 'bufbuild/buf-setup-action', 'extractions/setup-just', 'arduino/setup-task'],
  ...['helm/kind-action', 'helm/chart-testing-action', 'imjasonh/setup-crane', 'imjasonh/setup-ko', 'ko-build/setup-ko', 'oras-project/setup-oras'],
  ...['sigstore/cosign-installer', 'anchore/scan-action', 'aquasecurity/trivy-action', 'hadolint/hadolint-action', 'aquasecurity/setup-trivy'],
  ...['slsa-framework/slsa-verifier', 'step-security/harden-runner', 'crate-ci/typos', 'ludeeus/action-shellcheck', 'codecov/codecov-action'],
  ...['jlumbroso/free-disk-space', 'slackapi/slack-github-action', 'crazy-max/ghaction-dump-context', 'crazy-max/ghaction-import-gpg'],
  ...['browser-actions/setup-chrome', 'cypress-io/github-action', 'jetify-com/devbox-install-action', 'mikefarah/yq', 'nrwl/nx-set-shas'],
]);

/** Commands that reach neither GitHub's API nor an OIDC token. */
export const harmlessCommands: ReadonlySet<string> = new Set([
  ...['echo', 'printf', 'cat', 'ls', 'cp', 'mv', 'rm', 'mkdir', 'rmdir', 'touch', 'ln', 'chmod', 'chown', 'cd', 'pwd', 'pushd', 'popd'],
  ...['test', '[', '[[', 'true', 'false', ':', 'exit', 'return', 'sleep', 'set', 'unset', 'export', 'local', 'declare', 'readonly', 'shift'],
  ...['read', 'trap', 'wait', 'date', 'env', 'which', 'command', 'type', 'hash', 'umask', 'ulimit', 'let'],
  ...['grep', 'sed', 'awk', 'cut', 'tr', 'sort', 'uniq', 'head', 'tail', 'wc', 'tee', 'find', 'jq', 'yq', 'diff', 'basename'],
  ...['dirname', 'realpath', 'readlink', 'stat', 'du', 'df', 'tar', 'zip', 'unzip', 'gzip', 'gunzip', 'xz', 'base64', 'sha256sum', 'sha512sum'],
  ...['md5sum', 'shasum', 'openssl', 'gpg', 'envsubst', 'seq', 'uname', 'whoami', 'id', 'hostname', 'apt-get', 'apt', 'apk', 'dnf', 'yum'],
  ...['docker', 'podman', 'buildah', 'skopeo', 'crane', 'oras', 'helm', 'kubectl', 'kustomize', 'kind', 'trivy', 'syft', 'grype', 'hadolint'],
  ...['go', 'gofmt', 'golangci-lint', 'tsc', 'eslint', 'prettier', 'pytest', 'ruff', 'mypy', 'rustup', 'shellcheck', 'git'],
]);
