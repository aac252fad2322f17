import type { ActionRow, CommandRow, ProviderRow, RegistryRow, VariableRow } from '../model.ts';

/** The hosting action takes only a key; the command line of Firebase takes the login of Google Cloud. */
const firebase: ProviderRow = {
  provider: 'Firebase',
  alternative: {
    kind: 'limited',
    permission: true,
    text: 'The Firebase CLI takes the credentials of a Google Cloud login; FirebaseExtended/action-hosting-deploy takes only a key.',
    login: {
      uses: 'google-github-actions/auth',
      with: {
        workload_identity_provider:
          'projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>',
        service_account: '<name>@<project>.iam.gserviceaccount.com',
      },
      then: 'then `run: npx firebase-tools deploy`',
    },
  },
  actions: [
    { action: 'firebaseextended/action-hosting-deploy', inputs: ['firebaseServiceAccount'] },
    { action: 'w9jds/firebase-action', inputs: [], variables: ['FIREBASE_TOKEN', 'GCP_SA_KEY'] },
  ],
  variables: [{ names: ['FIREBASE_TOKEN'] }],
  commands: [{ words: ['firebase'], options: ['--token'] }],
  registries: [],
  source: 'firebase-tools README: FIREBASE_TOKEN is deprecated in favour of application default credentials',
};

/**
 * Providers with no OIDC for workflows, as far as is known. Only those whose key can change what runs or ships are here:
 * a token of a scanner or of a coverage service says nothing about a release.
 */
export const platforms: readonly ProviderRow[] = [
  firebase,
  platform(
    'Cloudflare',
    'Limit the API token to the account and the permissions that this deployment needs, and let it expire.',
    {
      actions: [
        {
          action: 'cloudflare/wrangler-action',
          inputs: ['apiToken', 'apiKey'],
          variables: ['CLOUDFLARE_API_TOKEN', 'CF_API_TOKEN'],
        },
        { action: 'cloudflare/pages-action', inputs: ['apiToken'] },
      ],
      variables: [{ names: ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_KEY'] }],
      source: 'cloudflare/wrangler-action issue 402 (open, 2026-08)',
    },
  ),
  platform(
    'Vercel',
    'Give the token a scope and an expiry date, and keep it in an environment that only the deploying job can use.',
    {
      actions: [{ action: 'amondnet/vercel-action', inputs: ['vercel-token'] }],
      variables: [{ names: ['VERCEL_TOKEN'] }],
      commands: [{ words: ['vercel'], options: ['--token', '-t'] }],
      source: 'vercel.com docs: OIDC opens protected deployments only',
    },
  ),
  platform(
    'Netlify',
    'Keep the token in an environment that only the deploying job can use, and replace it regularly.',
    {
      actions: [{ action: 'nwtgck/actions-netlify', inputs: [], variables: ['NETLIFY_AUTH_TOKEN'] }],
      variables: [{ names: ['NETLIFY_AUTH_TOKEN'] }],
      commands: [{ words: ['netlify'], options: ['--auth'] }],
      source: 'no OIDC found in its documentation (2026-11)',
    },
  ),
  platform('Fly.io', 'Use a deploy token of the one app (`fly tokens create deploy`), with an expiry.', {
    variables: [{ names: ['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN'] }],
    source: 'no OIDC found in its documentation (2026-11)',
  }),
  platform(
    'Heroku',
    'Use an authorization with an expiry (`heroku authorizations:create --expires-in`), in an environment that only the deploying job can use.',
    {
      actions: [{ action: 'akhileshns/heroku-deploy', inputs: ['heroku_api_key'] }],
      variables: [{ names: ['HEROKU_API_KEY'] }],
      registries: [{ host: /^registry\.heroku\.com$/, example: 'registry.heroku.com' }],
      source: 'no OIDC found in its documentation (2026-11)',
    },
  ),
  platform(
    'DigitalOcean',
    'Use a token with custom scopes and an expiry, in an environment that only the deploying job can use.',
    {
      actions: [
        { action: 'digitalocean/action-doctl', inputs: ['token'] },
        { action: 'digitalocean/app_action', inputs: ['token'] },
        { action: 'digitalocean/app_action/deploy', inputs: ['token'] },
      ],
      variables: [{ names: ['DIGITALOCEAN_ACCESS_TOKEN'] }],
      commands: [{ words: ['doctl', 'auth', 'init'], options: ['--access-token', '-t'] }],
      registries: [{ host: /^registry\.digitalocean\.com$/, example: 'registry.digitalocean.com' }],
      source: 'DigitalOcean tutorial of 2025-10: only through a proxy of one’s own',
    },
  ),
  platform(
    'HCP Terraform',
    'Use a team token of the one workspace, and dynamic provider credentials for what its runs reach.',
    {
      actions: [
        { action: 'hashicorp/setup-terraform', inputs: ['cli_config_credentials_token'] },
        { action: 'hashicorp/tfc-workflows-github/actions/create-run', inputs: [], variables: ['TF_API_TOKEN'] },
        { action: 'hashicorp/tfc-workflows-github/actions/apply-run', inputs: [], variables: ['TF_API_TOKEN'] },
      ],
      variables: [{ names: ['TF_API_TOKEN', 'TF_TOKEN_app_terraform_io'] }],
      source: 'no inbound OIDC found in its documentation (2026-11)',
    },
  ),
  platform(
    'Maven Central',
    'Keep the user token in an environment that only the publishing job can use, and replace it regularly.',
    {
      variables: [
        {
          names: [
            'MAVEN_CENTRAL_TOKEN',
            'MAVEN_CENTRAL_PASSWORD',
            'MAVEN_PASSWORD',
            'OSSRH_TOKEN',
            'OSSRH_PASSWORD',
            'SONATYPE_PASSWORD',
            'ORG_GRADLE_PROJECT_mavenCentralPassword',
            'JRELEASER_MAVENCENTRAL_TOKEN',
          ],
          usedBy: 'maven',
        },
      ],
      source: 'no OIDC found in its documentation (2026-11)',
    },
  ),
  platform(
    'SSH',
    'Prefer what opens a session without a stored key (AWS Systems Manager, Google IAP), or certificates of an SSH certificate authority; else limit the key to one command and address in authorized_keys.',
    {
      actions: [
        { action: 'appleboy/ssh-action', inputs: ['key', 'password'] },
        { action: 'appleboy/scp-action', inputs: ['key', 'password'] },
        { action: 'easingthemes/ssh-deploy', inputs: ['SSH_PRIVATE_KEY'], variables: ['SSH_PRIVATE_KEY'] },
        { action: 'burnett01/rsync-deployments', inputs: ['remote_key'] },
      ],
      source: 'the actions’ README files; SSH has no OIDC of its own',
    },
  ),
];

interface PlatformRows {
  readonly actions?: readonly ActionRow[];
  readonly variables?: readonly VariableRow[];
  readonly commands?: readonly CommandRow[];
  readonly registries?: readonly RegistryRow[];
  readonly source: string;
}

function platform(provider: string, text: string, rows: PlatformRows): ProviderRow {
  const { actions = [], variables = [], commands = [], registries = [], source } = rows;
  return {
    provider,
    alternative: { kind: 'none', permission: false, text },
    actions,
    variables,
    commands,
    registries,
    source,
  };
}
