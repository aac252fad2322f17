import type { ProviderRow, RegistryLoginRow } from '../model.ts';

/** Container registries and builders which belong to no cloud, and clusters. */
export const registries: readonly ProviderRow[] = [
  {
    provider: 'Docker Hub',
    alternative: {
      kind: 'limited',
      permission: true,
      text: 'A personal account has only a token: let it expire, and limit it to what is pushed. An organization with a Team or Business plan can add an OIDC connection for this repository instead.',
      login: {
        uses: 'docker/login-action',
        with: { username: '<organization>' },
        env: { DOCKERHUB_OIDC_CONNECTIONID: '<connection id>' },
      },
    },
    actions: [{ action: 'docker/oidc-action', inputs: [], keyless: ['connection_id'] }],
    variables: [],
    commands: [],
    registries: [
      {
        host: /^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|registry\.hub\.docker\.com|hub\.docker\.com)$/,
        example: 'docker.io',
      },
    ],
    source: 'docker/login-action v4 README, "Docker Hub" with OpenID Connect; github/docs pull request 45243',
  },
  {
    provider: 'Quay',
    alternative: {
      kind: 'limited',
      permission: true,
      text: 'Give the robot account a federation for this repository (Quay 3.13 and the hosted service), and exchange the run’s OIDC token for a short-lived robot token at /oauth2/federation/robot/token; no official action does it.',
    },
    actions: [],
    variables: [],
    commands: [],
    registries: [{ host: /^quay\.io$/, example: 'quay.io' }],
    source: 'Red Hat Quay API reference, "Auth federated robot token"',
  },
  {
    provider: 'Chainguard',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Create an assumable identity for this repository.',
      login: {
        uses: 'chainguard-dev/setup-chainctl',
        with: { identity: '<identity>' },
        from: { identity: ['identity'] },
        then: 'which logs in to cgr.dev as well',
      },
    },
    actions: [{ action: 'chainguard-dev/setup-chainctl', inputs: [], keyless: ['identity'] }],
    variables: [],
    commands: [],
    registries: [{ host: /^cgr\.dev$/, example: 'cgr.dev' }],
    source: 'chainguard-dev/setup-chainctl README',
  },
  {
    provider: 'Depot',
    alternative: {
      kind: 'oidc',
      permission: true,
      text: 'Add a trust relationship for this repository to the Depot project; the action then takes the token of the run.',
      login: { uses: 'depot/build-push-action', with: {} },
    },
    actions: [
      { action: 'depot/build-push-action', inputs: ['token'], variables: ['DEPOT_TOKEN'], keylessByDefault: true },
      {
        action: 'depot/bake-action',
        inputs: ['token'],
        variables: ['DEPOT_TOKEN'],
        keylessByDefault: true,
        alternative: { login: { uses: 'depot/bake-action', with: {} } },
      },
    ],
    variables: [],
    commands: [],
    registries: [],
    source: 'depot.dev docs, "Authentication: OIDC trust relationships"',
  },
  {
    provider: 'Kubernetes',
    alternative: {
      kind: 'limited',
      permission: true,
      text: 'Where the cluster is a cloud’s, log in to the cloud by OIDC and fetch a short-lived kubeconfig (`aws eks update-kubeconfig`, google-github-actions/get-gke-credentials, azure/aks-set-context); elsewhere let the API server trust token.actions.githubusercontent.com, or bind the service account to one namespace.',
    },
    actions: [
      { action: 'azure/k8s-set-context', inputs: ['kubeconfig', 'k8s-secret'] },
      { action: 'steebchen/kubectl', inputs: ['config'], variables: ['KUBE_CONFIG_DATA'] },
      { action: 'actions-hub/kubectl', inputs: [], variables: ['KUBE_CONFIG'] },
      { action: 'tale/kubectl-action', inputs: ['base64-kube-config'] },
    ],
    variables: [
      {
        names: ['KUBE_CONFIG_DATA', 'KUBE_CONFIG', 'KUBECONFIG', 'KUBECONFIG_DATA'],
        usedBy: ['kubectl', 'helm', 'kustomize', 'helmfile'],
      },
    ],
    commands: [],
    registries: [],
    source: 'docs.github.com, OIDC with cloud providers; Kubernetes docs, "Using Authentication Configuration"',
  },
];

/** Actions that log in to a registry. */
export const registryLogins: readonly RegistryLoginRow[] = [
  {
    action: 'docker/login-action',
    registry: 'registry',
    username: 'username',
    password: 'password',
    defaultHost: 'docker.io',
    source: 'docker/login-action v4 action.yml',
  },
  {
    action: 'docker/build-push-action',
    registry: 'registry',
    username: 'username',
    password: 'password',
    defaultHost: 'docker.io',
    source: 'docker/build-push-action v1 action.yml',
  },
  {
    action: 'azure/docker-login',
    registry: 'login-server',
    username: 'username',
    password: 'password',
    defaultHost: 'registry.azurecr.io',
    source: 'Azure/docker-login action.yml',
  },
  {
    action: 'redhat-actions/podman-login',
    registry: 'registry',
    username: 'username',
    password: 'password',
    defaultHost: '',
    source: 'redhat-actions/podman-login action.yml',
  },
  {
    action: 'redhat-actions/push-to-registry',
    registry: 'registry',
    username: 'username',
    password: 'password',
    defaultHost: '',
    source: 'redhat-actions/push-to-registry action.yml',
  },
  {
    action: 'elgohr/publish-docker-github-action',
    registry: 'registry',
    username: 'username',
    password: 'password',
    defaultHost: 'docker.io',
    source: 'elgohr/Publish-Docker-Github-Action action.yml',
  },
  {
    action: 'mr-smithers-excellent/docker-build-push',
    registry: 'registry',
    username: 'username',
    password: 'password',
    defaultHost: 'docker.io',
    source: 'mr-smithers-excellent/docker-build-push action.yml',
  },
];
