import type { ProviderRow } from '../model.ts';

/** Package indexes that take a token of the run ("trusted publishing"). */
export const packageIndexes: readonly ProviderRow[] = [
  {
    provider: 'npm',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Name this workflow as trusted publisher of the package on npmjs.com, and publish with npm 11.5.1 or later and no token; provenance comes with it.',
      login: {
        uses: 'actions/setup-node',
        with: { 'node-version': '24', 'registry-url': 'https://registry.npmjs.org' },
        then: 'then `npm publish` with no token in `env` or .npmrc',
      },
    },
    actions: [
      { action: 'js-devtools/npm-publish', inputs: ['token'], keylessByDefault: true },
      {
        action: 'changesets/action',
        inputs: [],
        variables: ['NPM_TOKEN', 'NODE_AUTH_TOKEN'],
        publishesWith: 'publish',
      },
      { action: 'cycjimmy/semantic-release-action', inputs: [], variables: ['NPM_TOKEN', 'NODE_AUTH_TOKEN'] },
      { action: 'codfish/semantic-release-action', inputs: [], variables: ['NPM_TOKEN', 'NODE_AUTH_TOKEN'] },
      { action: 'primer/publish', inputs: [], variables: ['NPM_AUTH_TOKEN'] },
      { action: 'pascalgn/npm-publish-action', inputs: [], variables: ['NPM_AUTH_TOKEN'] },
    ],
    variables: [
      {
        names: ['NODE_AUTH_TOKEN', 'NPM_TOKEN', 'NPM_AUTH_TOKEN', 'NPM_CONFIG_TOKEN', 'YARN_NPM_AUTH_TOKEN'],
        usedBy: 'npm',
      },
    ],
    commands: [],
    registries: [],
    source: 'docs.npmjs.com, "Trusted publishing for npm packages"',
  },
  {
    provider: 'PyPI',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Name this workflow as trusted publisher of the project on PyPI, and leave the password out.',
      login: { uses: 'pypa/gh-action-pypi-publish', with: {} },
    },
    actions: [
      { action: 'pypa/gh-action-pypi-publish', inputs: ['password'], keylessByDefault: true },
      { action: 'jrubics/poetry-publish', inputs: ['pypi_token'] },
      { action: 'pyo3/maturin-action', inputs: [], variables: ['MATURIN_PYPI_TOKEN', 'MATURIN_PASSWORD'] },
      { action: 'python-semantic-release/upload-to-pypi', inputs: ['password', 'token'] },
    ],
    variables: [
      {
        names: [
          'TWINE_PASSWORD',
          'UV_PUBLISH_TOKEN',
          'UV_PUBLISH_PASSWORD',
          'POETRY_PYPI_TOKEN_PYPI',
          'POETRY_HTTP_BASIC_PYPI_PASSWORD',
          'HATCH_INDEX_AUTH',
          'FLIT_PASSWORD',
          'MATURIN_PYPI_TOKEN',
          'MATURIN_PASSWORD',
          'PDM_PUBLISH_PASSWORD',
        ],
      },
      { names: ['PYPI_TOKEN', 'PYPI_API_TOKEN', 'PYPI_PASSWORD'], usedBy: 'pypi' },
    ],
    commands: [{ words: ['poetry', 'config', 'pypi-token.pypi'], options: [], positional: 0 }],
    registries: [],
    source: 'docs.pypi.org, "Publishing with a trusted publisher"; zizmor, use-trusted-publishing',
  },
  {
    provider: 'crates.io',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Name this workflow as trusted publisher of the crate on crates.io.',
      login: {
        uses: 'rust-lang/crates-io-auth-action',
        with: {},
        then: 'with `id: auth`, then `CARGO_REGISTRY_TOKEN: ${{ steps.auth.outputs.token }}` in `env` of the publishing step',
      },
    },
    actions: [
      { action: 'rust-lang/crates-io-auth-action', inputs: [], keylessByDefault: true },
      { action: 'katyo/publish-crates', inputs: ['registry-token'] },
    ],
    variables: [{ names: ['CARGO_REGISTRY_TOKEN', 'CRATES_IO_TOKEN'] }],
    commands: [{ words: ['cargo', 'login'], options: [], positional: 0 }],
    registries: [],
    source: 'crates.io docs, "Trusted Publishing"',
  },
  {
    provider: 'RubyGems',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Name this workflow as trusted publisher of the gem on RubyGems.org.',
      login: { uses: 'rubygems/configure-rubygems-credentials', with: {}, then: 'then `gem push` with no API key' },
    },
    actions: [
      { action: 'rubygems/configure-rubygems-credentials', inputs: ['api-token'], keylessByDefault: true },
      { action: 'rubygems/release-gem', inputs: [], keylessByDefault: true },
      { action: 'cadwallion/publish-rubygems-action', inputs: [], variables: ['RUBYGEMS_API_KEY'] },
    ],
    variables: [{ names: ['GEM_HOST_API_KEY', 'RUBYGEMS_API_KEY', 'RUBYGEMS_AUTH_TOKEN'], usedBy: 'rubygems' }],
    commands: [],
    registries: [],
    source: 'guides.rubygems.org, "Trusted Publishing"; zizmor, use-trusted-publishing',
  },
  {
    provider: 'NuGet',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Add a trusted publishing policy for this workflow on nuget.org.',
      login: {
        uses: 'NuGet/login',
        with: { user: '<nuget.org user>' },
        from: { user: ['user'] },
        then: 'with `id: login`, then `dotnet nuget push … --api-key ${{ steps.login.outputs.NUGET_API_KEY }}`',
      },
    },
    actions: [
      { action: 'nuget/login', inputs: [], keyless: ['user'] },
      { action: 'alirezanet/publish-nuget', inputs: ['NUGET_KEY'] },
      { action: 'brandedoutcast/publish-nuget', inputs: ['NUGET_KEY'] },
    ],
    variables: [{ names: ['NUGET_API_KEY', 'NUGET_TOKEN', 'NUGET_KEY'], usedBy: 'nuget' }],
    commands: [],
    registries: [],
    source: 'NuGet/login README; learn.microsoft.com, "Trusted Publishing" of nuget.org',
  },
  {
    provider: 'pub.dev',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Allow automated publishing from GitHub Actions in the package’s admin page on pub.dev, and publish with its reusable workflow or after dart-lang/setup-dart.',
    },
    actions: [],
    variables: [{ names: ['PUB_CREDENTIALS', 'PUB_DEV_CREDENTIALS'] }],
    commands: [],
    registries: [],
    source: 'dart.dev, "Automated publishing of packages to pub.dev"; zizmor, use-trusted-publishing',
  },
  {
    provider: 'JFrog',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Add an OIDC integration for GitHub Actions to the JFrog platform, with an identity mapping for this repository.',
      login: {
        uses: 'jfrog/setup-jfrog-cli',
        with: { 'oidc-provider-name': '<provider>' },
        env: { JF_URL: '<url>' },
        from: { 'oidc-provider-name': ['oidc-provider-name'], JF_URL: ['JF_URL'] },
      },
    },
    actions: [
      {
        action: 'jfrog/setup-jfrog-cli',
        inputs: [],
        variables: ['JF_ACCESS_TOKEN', 'JF_PASSWORD', 'JF_ENV_1'],
        keyless: ['oidc-provider-name'],
      },
    ],
    variables: [{ names: ['JF_ACCESS_TOKEN', 'JF_PASSWORD'] }],
    commands: [
      { words: ['jf', 'config', 'add'], options: ['--access-token', '--password'] },
      { words: ['jf', 'c', 'add'], options: ['--access-token', '--password'] },
      { words: ['jfrog', 'config', 'add'], options: ['--access-token', '--password'] },
      { words: ['jfrog', 'rt', 'config'], options: ['--access-token', '--password', '--apikey'] },
    ],
    registries: [
      {
        host: /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.jfrog\.io$/,
        example: 'acme.jfrog.io',
        alternative: {
          login: {
            uses: 'jfrog/setup-jfrog-cli',
            with: { 'oidc-provider-name': '<provider>' },
            env: { JF_URL: 'https://<registry>' },
            then: 'with `id: jfrog`, then docker/login-action with `registry: <registry>`, `username: ${{ steps.jfrog.outputs.oidc-user }}` and `password: ${{ steps.jfrog.outputs.oidc-token }}`',
          },
        },
      },
    ],
    source: 'jfrog/setup-jfrog-cli README; docs.github.com, "Configuring OpenID Connect in JFrog"',
  },
  {
    provider: 'Cloudsmith',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Add an OIDC provider for GitHub Actions and a service account to the Cloudsmith workspace.',
      login: {
        uses: 'cloudsmith-io/cloudsmith-cli-action',
        with: { 'oidc-namespace': '<workspace>', 'oidc-service-slug': '<service account>' },
        from: { 'oidc-namespace': ['oidc-namespace', 'owner'], 'oidc-service-slug': ['oidc-service-slug'] },
      },
    },
    actions: [
      { action: 'cloudsmith-io/cloudsmith-cli-action', inputs: ['api-key'], keyless: ['oidc-service-slug'] },
      { action: 'cloudsmith-io/action', inputs: ['api-key'] },
    ],
    variables: [{ names: ['CLOUDSMITH_API_KEY'] }],
    commands: [],
    registries: [{ host: /^docker\.cloudsmith\.(?:io|com)$/, example: 'docker.cloudsmith.io' }],
    source: 'cloudsmith-io/cloudsmith-cli-action release notes and README',
  },
];
