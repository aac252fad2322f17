import { lastOption } from '@plimsoll/documents';
import type { ArgumentSpec, ShellWord } from '@plimsoll/documents';
import { gradleNames, gradleOptions, mavenNames, mavenOptions } from './builders.ts';
import type { CallBase, Ecosystem, PublishCall } from './model.ts';
import { given, isOn, valueOf } from './parts.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

/** The names that a tool's options have for what a publication says. */
interface Names {
  readonly registry?: string;
  readonly provenance?: string;
  readonly password?: string;
}

function publish(
  call: CallBase,
  ecosystem: Ecosystem,
  names: Names = {},
  packages: readonly ShellWord[] = call.positionals,
) {
  return {
    ecosystem,
    packages,
    dryRun: isOn(lastOption(call, 'dry-run')) === true,
    ...given<Pick<PublishCall, 'registry' | 'provenance' | 'password'>>({
      registry: names.registry === undefined ? undefined : valueOf(call, names.registry),
      provenance: names.provenance === undefined ? undefined : lastOption(call, names.provenance),
      password: names.password === undefined ? undefined : lastOption(call, names.password),
    }),
  };
}

/** One row for a tool whose publication is a subcommand. */
function packageRow(
  calls: ToolRow['calls'],
  ecosystem: Ecosystem,
  options: ArgumentSpec,
  names: Names,
  examples: ToolRow['examples'],
): ToolRow {
  return row({ calls, does: 'publish', options, read: (call) => publish(call, ecosystem, names), examples });
}

const npmOptions: ArgumentSpec = {
  values:
    'registry tag access otp w,workspace provenance-file C,prefix userconfig loglevel F,filter cwd new-version tolerate-republish',
  switches: 'n,dry-run r,recursive',
};
const npm: Names = { registry: 'registry', provenance: 'provenance' };

/** `yarn workspace web npm publish`, `yarn workspaces foreach -A npm publish`. */
function yarnWorkspaces(call: CallBase) {
  const at = call.positionals.findIndex(
    (word, i) => word.text === 'npm' && call.positionals[i + 1]?.text === 'publish',
  );
  const plain = call.positionals.findIndex((word, i) => word.text === 'publish' && i < 2);
  if (at < 0 && plain < 0) return undefined;
  return publish(call, 'npm', npm, call.positionals.slice(at < 0 ? plain + 1 : at + 2));
}

const javascript: readonly ToolRow[] = [
  packageRow(['npm publish', 'npm stage publish'], 'npm', npmOptions, npm, {
    is: ['npm publish --access public --provenance', 'npm publish dist/pkg --dry-run', 'npm --prefix web publish'],
    isNot: ['npm pack', 'npm run publish', 'npm unpublish app'],
  }),
  packageRow(['pnpm publish'], 'npm', npmOptions, npm, {
    is: ['pnpm publish --no-git-checks', 'pnpm -r publish', 'pnpm --filter web publish'],
    isNot: ['pnpm pack', 'pnpm run publish'],
  }),
  packageRow(['yarn npm publish', 'yarn publish', 'bun publish'], 'npm', npmOptions, npm, {
    is: ['yarn npm publish --provenance', 'yarn publish --registry https://npm.example'],
    isNot: ['yarn npm login', 'yarn install'],
  }),
  row({
    calls: ['yarn workspaces foreach', 'yarn workspace', 'yarn workspaces run'],
    does: 'publish',
    options: { ...npmOptions, values: `${npmOptions.values} include exclude from since j,jobs` },
    read: yarnWorkspaces,
    examples: {
      is: ['yarn workspaces foreach -A npm publish', 'yarn workspace web npm publish'],
      isNot: ['yarn workspaces foreach run build'],
    },
  }),
  packageRow(['lerna publish'], 'npm', npmOptions, npm, {
    is: ['npx lerna publish from-package --yes'],
    isNot: ['npx lerna version', 'lerna run publish'],
  }),
  packageRow(['changeset publish', '@changesets/cli publish'], 'npm', npmOptions, npm, {
    is: ['pnpm changeset publish', 'npx @changesets/cli publish', 'yarn changeset publish'],
    isNot: ['changeset version'],
  }),
];

const python: readonly ToolRow[] = [
  packageRow(
    ['twine upload'],
    'pypi',
    {
      values:
        'r,repository repository-url sign-with i,identity u,username p,password c,comment config-file cert client-cert',
    },
    { registry: 'repository-url', provenance: 'attestations', password: 'password' },
    {
      is: ['twine upload dist/*', 'python -m twine upload -u __token__ -p "$T" dist/*'],
      isNot: ['twine check dist/*'],
    },
  ),
  packageRow(
    ['uv publish'],
    'pypi',
    {
      values:
        'publish-url index check-url t,token u,username p,password trusted-publishing keyring-provider directory project config-file',
    },
    { registry: 'publish-url', password: 'token' },
    { is: ['uv publish --trusted-publishing always', 'uv publish dist/*'], isNot: ['uv build', 'uv run publish'] },
  ),
  packageRow(
    ['poetry publish'],
    'pypi',
    { values: 'r,repository u,username p,password cert client-cert dist-dir C,directory P,project' },
    { registry: 'repository', password: 'password' },
    { is: ['poetry publish --build -u __token__ -p "$T"'], isNot: ['poetry build'] },
  ),
  packageRow(
    ['hatch publish', 'flit publish', 'pdm publish', 'maturin publish', 'maturin upload', 'rye publish'],
    'pypi',
    { values: 'r,repo u,user a,auth repository username P,password p,package token repository-url' },
    { registry: 'repo', password: 'password' },
    { is: ['hatch publish -u __token__', 'maturin upload wheels/*'], isNot: ['hatch build', 'maturin build'] },
  ),
];

const otherIndexes: readonly ToolRow[] = [
  packageRow(
    ['cargo publish'],
    'crates',
    {
      values: 'p,package registry index token manifest-path target target-dir F,features j,jobs Z config',
      switches: 'n,dry-run',
    },
    { registry: 'registry', password: 'token' },
    { is: ['cargo publish -p app --token "$T"', 'cargo +stable publish'], isNot: ['cargo build', 'cargo package'] },
  ),
  packageRow(
    ['gem push'],
    'rubygems',
    { values: 'k,key host otp attestation p,http-proxy' },
    { registry: 'host', provenance: 'attestation' },
    { is: ['gem push app-1.0.gem', 'bundle exec gem push app-1.0.gem'], isNot: ['gem build app.gemspec'] },
  ),
  packageRow(
    ['dotnet nuget push'],
    'nuget',
    { values: 'k,api-key s,source sk,symbol-api-key ss,symbol-source t,timeout configfile' },
    { registry: 'source', password: 'api-key' },
    {
      is: ['dotnet nuget push "*.nupkg" -k "$K" -s https://api.nuget.org/v3/index.json'],
      isNot: ['dotnet pack', 'dotnet nuget add source x'],
    },
  ),
  packageRow(
    ['nuget push'],
    'nuget',
    { values: 'ApiKey Source SymbolApiKey SymbolSource Timeout ConfigFile', singleDash: true },
    { registry: 'Source', password: 'ApiKey' },
    { is: ['nuget push app.nupkg -ApiKey "$K" -Source https://api.nuget.org/v3/index.json'], isNot: ['nuget pack'] },
  ),
  row({
    calls: mavenNames,
    does: 'publish',
    options: mavenOptions,
    read: (call) =>
      call.positionals.some((word) =>
        /^(?:deploy(?::deploy(?:-file)?)?|release:perform|nexus-staging:deploy|central-publishing:publish)$/.test(
          word.text,
        ),
      )
        ? publish(call, 'maven', {}, [])
        : undefined,
    examples: {
      is: ['mvn -B -P release deploy -DskipTests', './mvnw deploy:deploy-file'],
      isNot: ['mvn verify', 'mvn jib:build'],
    },
  }),
  row({
    calls: gradleNames,
    does: 'publish',
    options: gradleOptions,
    read: (call) =>
      call.positionals.some((word) => /(?:^|:)publish(?!ToMavenLocal|\w*ToMavenLocal)\w*$/.test(word.text))
        ? publish(call, 'maven', {}, [])
        : undefined,
    examples: {
      is: ['./gradlew publish', 'gradle :lib:publishToSonatype'],
      isNot: ['./gradlew publishToMavenLocal', './gradlew build'],
    },
  }),
  row({
    calls: ['helm push', 'helm cm-push'],
    does: 'publish',
    options: { values: 'ca-file cert-file key-file u,username p,password v,version kube-context n,namespace' },
    digests: { stdout: 'log' },
    read: (call) => ({
      ...publish(call, 'helm', { password: 'password' }, call.positionals.slice(0, 1)),
      ...given<Pick<PublishCall, 'registry'>>({ registry: call.positionals[1] }),
    }),
    examples: {
      is: ['helm push app-1.tgz oci://ghcr.io/acme/charts'],
      isNot: ['helm package app', 'helm upgrade app .'],
    },
  }),
  row({
    calls: ['goreleaser release', 'goreleaser publish', 'goreleaser continue', 'goreleaser'],
    does: 'publish',
    options: { values: 'f,config k,key p,parallelism release-footer release-header release-notes skip team timeout' },
    read: (call) => {
      if (call.positionals.length > 0) return undefined;
      const skipped = call.options.some(
        ({ name, value }) => name === 'skip' && value?.text.split(',').includes('publish'),
      );
      const snapshot = isOn(lastOption(call, 'snapshot', 'skip-publish', 'split')) === true;
      return { ...publish(call, 'goreleaser', {}, []), dryRun: skipped || snapshot };
    },
    examples: {
      is: ['goreleaser release --clean', 'goreleaser --rm-dist', 'goreleaser continue --merge'],
      isNot: ['goreleaser check', 'goreleaser build'],
    },
  }),
];

export const packages: readonly ToolRow[] = [...javascript, ...python, ...otherIndexes];
