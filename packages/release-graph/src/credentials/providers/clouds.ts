import type { ProviderRow } from '../model.ts';

/** Clouds, and what manages secrets and infrastructure in them. */
export const clouds: readonly ProviderRow[] = [
  {
    provider: 'AWS',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Create an IAM role that trusts this repository through the OIDC provider token.actions.githubusercontent.com.',
      login: {
        uses: 'aws-actions/configure-aws-credentials',
        with: { 'role-to-assume': 'arn:aws:iam::<account>:role/<role>', 'aws-region': '<region>' },
        from: {
          'role-to-assume': ['role-to-assume', 'AWS_ROLE_ARN', 'AWS_ROLE_TO_ASSUME'],
          'aws-region': ['aws-region', 'aws_region', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'region'],
        },
      },
    },
    actions: [
      {
        action: 'aws-actions/configure-aws-credentials',
        inputs: ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'],
        keyless: ['role-to-assume'],
      },
      { action: 'einaregilsson/beanstalk-deploy', inputs: ['aws_access_key', 'aws_secret_key'] },
      { action: 'reggionick/s3-deploy', inputs: [], variables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] },
    ],
    variables: [{ names: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] }],
    commands: [
      { words: ['aws', 'configure', 'set', 'aws_access_key_id'], options: [], positional: 0 },
      { words: ['aws', 'configure', 'set', 'aws_secret_access_key'], options: [], positional: 0 },
    ],
    registries: [
      {
        host: /^(?:\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws)|public\.ecr\.aws)$/,
        example: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
        name: /(?:^|_)ECR(?:_|$)/,
        temporaryUsers: ['AWS'],
        alternative: {
          text: 'Log in to AWS with a role, and to ECR with what that login leaves in the environment.',
          login: {
            uses: 'aws-actions/configure-aws-credentials',
            with: { 'role-to-assume': 'arn:aws:iam::<account>:role/<role>', 'aws-region': '<region>' },
            from: { 'role-to-assume': ['AWS_ROLE_ARN'], 'aws-region': ['AWS_REGION', 'AWS_DEFAULT_REGION'] },
            then: 'then docker/login-action with `registry: <registry>` and neither username nor password',
          },
        },
      },
    ],
    source:
      'aws-actions/configure-aws-credentials v6 action.yml and README; docker/login-action README, "AWS Elastic Container Registry"',
  },
  {
    provider: 'Google Cloud',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Create a workload identity pool whose provider trusts this repository.',
      login: {
        uses: 'google-github-actions/auth',
        with: {
          workload_identity_provider:
            'projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>',
          service_account: '<name>@<project>.iam.gserviceaccount.com',
        },
        from: {
          workload_identity_provider: ['workload_identity_provider'],
          service_account: ['service_account', 'GCP_SERVICE_ACCOUNT'],
        },
      },
    },
    actions: [
      {
        action: 'google-github-actions/auth',
        inputs: ['credentials_json'],
        keyless: ['workload_identity_provider'],
      },
      { action: 'google-github-actions/setup-gcloud', inputs: ['service_account_key'] },
      { action: 'google-github-actions/deploy-cloudrun', inputs: ['credentials'] },
      { action: 'google-github-actions/deploy-cloud-functions', inputs: ['credentials'] },
      { action: 'google-github-actions/deploy-appengine', inputs: ['credentials'] },
      { action: 'google-github-actions/get-gke-credentials', inputs: ['credentials'] },
      { action: 'google-github-actions/get-secretmanager-secrets', inputs: ['credentials'] },
      { action: 'google-github-actions/upload-cloud-storage', inputs: ['credentials'] },
    ],
    variables: [
      {
        names: [
          'GOOGLE_CREDENTIALS',
          'GCLOUD_SERVICE_KEY',
          'GOOGLE_APPLICATION_CREDENTIALS',
          'GOOGLE_APPLICATION_CREDENTIALS_JSON',
        ],
      },
      {
        names: ['GCP_SA_KEY', 'GCP_CREDENTIALS', 'GCP_SERVICE_ACCOUNT_KEY', 'GCE_SA_KEY', 'GKE_SA_KEY'],
        usedBy: ['gcloud', 'gsutil', 'firebase', 'terraform'],
      },
    ],
    commands: [{ words: ['gcloud', 'auth', 'activate-service-account'], options: ['--key-file'], anySecret: true }],
    registries: [
      {
        host: /^(?:[a-z0-9-]+-docker\.pkg\.dev|(?:[a-z]+\.)?gcr\.io)$/,
        example: 'europe-docker.pkg.dev',
        name: /(?:^|_)(?:GAR|GCR)(?:_|$)/,
        temporaryUsers: ['oauth2accesstoken'],
        keyUsers: ['_json_key', '_json_key_base64'],
        alternative: {
          text: 'Log in to Google Cloud with a workload identity, and to the registry with the access token of that login.',
          login: {
            uses: 'google-github-actions/auth',
            with: {
              workload_identity_provider:
                'projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>',
              service_account: '<name>@<project>.iam.gserviceaccount.com',
              token_format: 'access_token',
            },
            then: 'with `id: auth`, then docker/login-action with `registry: <registry>`, `username: oauth2accesstoken` and `password: ${{ steps.auth.outputs.access_token }}`',
          },
        },
      },
    ],
    source: 'google-github-actions/auth v3 README; docker/login-action README, "Google Artifact Registry"',
  },
  {
    provider: 'Azure',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Give an app registration or a managed identity a federated credential for this repository.',
      login: {
        uses: 'azure/login',
        with: { 'client-id': '<client id>', 'tenant-id': '<tenant id>', 'subscription-id': '<subscription id>' },
        from: {
          'client-id': ['client-id', 'AZURE_CLIENT_ID', 'ARM_CLIENT_ID'],
          'tenant-id': ['tenant-id', 'AZURE_TENANT_ID', 'ARM_TENANT_ID'],
          'subscription-id': ['subscription-id', 'AZURE_SUBSCRIPTION_ID', 'ARM_SUBSCRIPTION_ID'],
        },
      },
    },
    actions: [
      { action: 'azure/login', inputs: ['creds'], keyless: ['client-id'] },
      { action: 'azure/webapps-deploy', inputs: ['publish-profile'] },
      { action: 'azure/functions-action', inputs: ['publish-profile'] },
      { action: 'azure/functions-container-action', inputs: ['publish-profile'] },
      { action: 'azure/aks-set-context', inputs: ['creds'] },
      { action: 'azure/container-apps-deploy-action', inputs: ['azureCredentials'] },
    ],
    variables: [
      { names: ['AZURE_CREDENTIALS', 'AZURE_CLIENT_SECRET'] },
      { names: ['ARM_CLIENT_SECRET', 'ARM_ACCESS_KEY'] },
    ],
    commands: [{ words: ['az', 'login'], options: ['--password', '-p'], only: '--service-principal' }],
    registries: [
      {
        host: /^[a-z0-9]+\.azurecr\.(?:io|cn|us)$/,
        example: 'acme.azurecr.io',
        name: /(?:^|_)(?:ACR|AZURECR)(?:_|$)/,
        temporaryUsers: ['00000000-0000-0000-0000-000000000000'],
        alternative: {
          text: 'Log in to Azure with a federated credential, and to the registry with what that login leaves behind.',
          login: {
            uses: 'azure/login',
            with: { 'client-id': '<client id>', 'tenant-id': '<tenant id>', 'subscription-id': '<subscription id>' },
            from: {
              'client-id': ['AZURE_CLIENT_ID'],
              'tenant-id': ['AZURE_TENANT_ID'],
              'subscription-id': ['AZURE_SUBSCRIPTION_ID'],
            },
            then: 'then `run: az acr login --name <registry name>`',
          },
        },
      },
    ],
    source:
      'Azure/login v3 README and action.yml; Terraform azurerm provider, "Authenticating using OpenID Connect"; az acr login reference',
  },
  {
    provider: 'HashiCorp Vault',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Let the JWT auth method of Vault trust token.actions.githubusercontent.com, with a role for this repository.',
      login: {
        uses: 'hashicorp/vault-action',
        with: { url: '<url>', method: 'jwt', role: '<role>', secrets: '<secrets>' },
        from: { url: ['url', 'VAULT_ADDR'], role: ['role'], secrets: ['secrets'] },
      },
    },
    actions: [
      {
        action: 'hashicorp/vault-action',
        inputs: ['token', 'roleId', 'secretId', 'githubToken', 'jwtPrivateKey', 'password'],
        keyless: ['role'],
        keylessOnly: { input: 'method', values: ['jwt'] },
      },
    ],
    variables: [{ names: ['VAULT_TOKEN', 'VAULT_SECRET_ID'] }],
    commands: [{ words: ['vault', 'login'], options: [], positional: 0 }],
    registries: [],
    source: 'hashicorp/vault-action v3.4 action.yml; docs.github.com, "Configuring OpenID Connect in HashiCorp Vault"',
  },
  {
    provider: 'HCP',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Create a workload identity provider for this repository in the HCP project.',
      login: {
        uses: 'hashicorp/hcp-auth-action',
        with: {
          workload_identity_provider:
            'iam/project/<project>/service-principal/<name>/workload-identity-provider/<provider>',
        },
        from: { workload_identity_provider: ['workload_identity_provider'] },
      },
    },
    actions: [
      {
        action: 'hashicorp/hcp-auth-action',
        inputs: ['client_id', 'client_secret'],
        keyless: ['workload_identity_provider'],
      },
    ],
    variables: [{ names: ['HCP_CLIENT_SECRET'] }],
    commands: [],
    registries: [],
    source: 'hashicorp/hcp-auth-action README',
  },
  {
    provider: 'Infisical',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Give a machine identity the OIDC auth method, bound to this repository.',
      login: {
        uses: 'Infisical/secrets-action',
        with: { method: 'oidc', 'identity-id': '<identity id>' },
        from: { 'identity-id': ['identity-id'] },
      },
    },
    actions: [
      {
        action: 'infisical/secrets-action',
        inputs: ['client-id', 'client-secret'],
        keyless: ['identity-id'],
        keylessOnly: { input: 'method', values: ['oidc'] },
      },
    ],
    variables: [],
    commands: [],
    registries: [],
    source: 'Infisical/secrets-action README, "OIDC Auth"',
  },
  {
    provider: 'Pulumi Cloud',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Register token.actions.githubusercontent.com as an OIDC issuer of the Pulumi organization (which token types it gives depends on the edition).',
      login: {
        uses: 'pulumi/auth-actions',
        with: {
          organization: '<organization>',
          'requested-token-type': 'urn:pulumi:token-type:access_token:organization',
        },
        from: { organization: ['organization'] },
      },
    },
    actions: [
      { action: 'pulumi/actions', inputs: [], variables: ['PULUMI_ACCESS_TOKEN'] },
      { action: 'pulumi/auth-actions', inputs: [], keyless: ['organization'] },
    ],
    variables: [{ names: ['PULUMI_ACCESS_TOKEN'] }],
    commands: [],
    registries: [],
    source: 'pulumi.com docs, "OIDC issuers: GitHub"',
  },
  {
    provider: 'Octopus Deploy',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Give a service account an OIDC identity for this repository.',
      login: {
        uses: 'OctopusDeploy/login',
        with: { server: '<url>', service_account_id: '<service account id>' },
        from: { server: ['server', 'OCTOPUS_URL'], service_account_id: ['service_account_id'] },
      },
    },
    actions: [{ action: 'octopusdeploy/login', inputs: ['api_key'], keyless: ['service_account_id'] }],
    variables: [{ names: ['OCTOPUS_API_KEY'] }],
    commands: [],
    registries: [],
    source: 'docs.github.com, list of OIDC providers; OctopusDeploy/login README',
  },
];
