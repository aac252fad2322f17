const idleFolders =
  /^(?:\.git|\.github|\.gitlab|\.circleci|\.buildkite|\.vscode|\.idea|\.husky|\.devcontainer|\.changeset|\.nx|\.turbo|\.cache|\.storybook|node_modules|docs?|documentation|e2e|cypress|playwright|coverage|examples?|charts?|helm|k8s|kubernetes|kustomize|terraform|infra|infrastructure)$/i;
const idleFiles =
  /^(?:.+\.mdx?|licen[cs]e.*|changelog.*|codeowners|\.git\w+|\.editorconfig|(?:docker|container)file.*|.+\.(?:docker|container)file|.*\.dockerignore|(?:docker-)?compose.*\.ya?ml|\.env.*|plimsoll\..+|\.pre-commit.*|renovate\.json5?|\.gitlab-ci.*|jenkinsfile|makefile|justfile|\.ds_store|\.prettier.*|skaffold.*\.ya?ml|tiltfile)$/i;

const workspaceFiles =
  /^(?:package\.json|.+[-.]lock(?:\.\w+|b)?|npm-shrinkwrap\.json|pnpm-workspace\.yaml|nx\.json|turbo\.jsonc?|lerna\.json|project\.json|workspace\.json|tsconfig[\w.-]*\.json|\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.c?js|bunfig\.toml|\.nvmrc|\.node-version|\.swcrc|\.babelrc.*|babel\.config\..+|[\w.-]+\.(?:preset|config)\.[cm]?[jt]s)$/;
/** Configurations of tools that check, and build nothing. */
const checkers =
  /^(?:eslint|prettier|jest|vitest|playwright|cypress|commitlint|lint-staged|stylelint|\.?syncpack|knip|release-it)\b/;
const workspaceFolders = /^(?:\.yarn|patches)$/;

/** Whether nearly no build reads a file or folder of this name, at the root of what is copied. */
export function isLeftOut(name: string, isFolder: boolean): boolean {
  return (isFolder ? idleFolders : idleFiles).test(name);
}

/** Whether the install and the builds of a JavaScript workspace read a file or folder of this name at its root. */
export function isWorkspaceFile(name: string, isFolder: boolean): boolean {
  return isFolder ? workspaceFolders.test(name) : workspaceFiles.test(name) && !checkers.test(name);
}
