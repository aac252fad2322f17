import type { DeployPlatform, ImageArgument } from '../tools/index.ts';

/** How an action of another repository deploys. */
export interface DeployAction {
  readonly platform: DeployPlatform;
  readonly of?: 'code';
  /** `files`: it only writes what another step or a controller makes run. */
  readonly effect?: 'files';
  /** Inputs that name images; several stand one a line. */
  readonly images?: Readonly<Record<string, ImageArgument['part']>>;
  /** An input with `name=image`, one a line. */
  readonly assigned?: string;
  /** An input that holds the arguments of this tool. */
  readonly arguments?: { readonly input: string; readonly tool: string };
  /** An input that holds a script, of the runner or of another machine. */
  readonly script?: { readonly input: string; readonly remote: boolean };
  /** An input with the values of a chart: `image.tag=1`, or YAML. */
  readonly values?: string;
  /** Inputs without which it deploys no image. */
  readonly onlyWith?: readonly string[];
  /** Inputs which, given, mean that the platform builds what it runs. */
  readonly builds?: readonly string[];
  /** The input that names the file which an earlier step wrote. */
  readonly reads?: string;
}

const remote = (input: string): DeployAction => ({ platform: 'Docker', script: { input, remote: true } });
const local = (platform: DeployPlatform, input: string): DeployAction => ({
  platform,
  script: { input, remote: false },
});
const of = (platform: DeployPlatform, tool: string, input = 'args'): DeployAction => ({
  platform,
  arguments: { input, tool },
});
const code: DeployAction = { platform: 'a site or function', of: 'code' };

/** By `owner/repository/path`, in lower case. Sources: the `action.yml` of each. */
export const deployActions: Readonly<Record<string, DeployAction>> = {
  'aws-actions/amazon-ecs-render-task-definition': {
    platform: 'Amazon ECS',
    effect: 'files',
    images: { image: 'reference' },
    onlyWith: ['image'],
  },
  'aws-actions/amazon-ecs-deploy-task-definition': { platform: 'Amazon ECS', reads: 'task-definition' },
  'aws-actions/amazon-ecs-deploy-express-service': { platform: 'Amazon ECS', images: { image: 'reference' } },
  'aws-actions/aws-lambda-deploy': {
    platform: 'AWS Lambda',
    images: { 'image-uri': 'reference' },
    onlyWith: ['image-uri'],
  },
  'awslabs/amazon-app-runner-deploy': {
    platform: 'AWS App Runner',
    images: { image: 'reference' },
    builds: ['source-connection-arn'],
  },
  'aws-actions/amazon-app-runner-deploy': { platform: 'AWS App Runner', images: { image: 'reference' } },
  'google-github-actions/deploy-cloudrun': {
    platform: 'Google Cloud Run',
    images: { image: 'reference' },
    builds: ['source'],
  },
  'google-github-actions/create-cloud-deploy-release': { platform: 'Google Cloud Deploy', assigned: 'images' },
  'google-github-actions/deploy-appengine': code,
  'google-github-actions/deploy-cloud-functions': code,
  'google-github-actions/ssh-compute': remote('command'),
  'azure/webapps-deploy': { platform: 'Azure App Service', images: { images: 'reference' }, onlyWith: ['images'] },
  'azure/functions-container-action': { platform: 'Azure App Service', images: { image: 'reference' } },
  'azure/k8s-deploy': { platform: 'Kubernetes', images: { images: 'reference' } },
  'azure/container-apps-deploy-action': {
    platform: 'Azure Container Apps',
    images: { imagetodeploy: 'reference' },
    builds: ['appsourcepath'],
  },
  'azure/aci-deploy': { platform: 'Azure Container Instances', images: { image: 'reference' } },
  'azure/cli': local('Azure Container Apps', 'inlinescript'),
  'azure/static-web-apps-deploy': code,
  'azure/functions-action': code,
  'superfly/flyctl-actions': of('Fly.io', 'flyctl'),
  'superfly/fly-pr-review-apps': { platform: 'Fly.io', images: { image: 'reference' } },
  'digitalocean/app_action/deploy': { platform: 'DigitalOcean' },
  'akhileshns/heroku-deploy': { platform: 'Heroku', of: 'code' },
  'appleboy/ssh-action': remote('script'),
  'fifsky/ssh-action': remote('command'),
  'garygrossgarten/github-action-ssh': remote('command'),
  'cross-the-world/ssh-pipeline': remote('script'),
  'd3rhase/ssh-command-action': remote('command'),
  'actions-hub/kubectl': of('Kubernetes', 'kubectl'),
  'steebchen/kubectl': of('Kubernetes', 'kubectl', 'command'),
  'kodermax/kubectl-aws-eks': of('Kubernetes', 'kubectl'),
  'ianbelcher/eks-kubectl-action': of('Kubernetes', 'kubectl'),
  'stefanprodan/kube-tools': local('Kubernetes', 'command'),
  'wyrihaximus/github-action-helm3': local('Kubernetes', 'exec'),
  'koslib/helm-eks-action': local('Kubernetes', 'command'),
  'bitovi/github-actions-deploy-eks-helm': { platform: 'Kubernetes', values: 'values' },
  'deliverybot/helm': { platform: 'Kubernetes', values: 'values' },
  'helmfile/helmfile-action': of('Kubernetes', 'helmfile', 'helmfile-args'),
  'clowdhaus/argo-cd-action': { platform: 'Argo CD', arguments: { input: 'options', tool: 'argocd' } },
  'fjogeleit/yaml-update-action': { platform: 'a Git repository', effect: 'files' },
  'mikefarah/yq': local('Kubernetes', 'cmd'),
  'cssnr/stack-deploy-action': { platform: 'Docker' },
  'sagebind/docker-swarm-deploy-action': { platform: 'Docker', script: { input: 'args', remote: true } },
  'wshihadeh/docker-deployment-action': { platform: 'Docker', arguments: { input: 'args', tool: 'docker' } },
  'actions/deploy-pages': code,
  'cloudflare/wrangler-action': code,
  'cloudflare/pages-action': code,
  'amondnet/vercel-action': code,
  'nwtgck/actions-netlify': code,
  'netlify/actions/cli': code,
  'firebaseextended/action-hosting-deploy': code,
  'peaceiris/actions-gh-pages': code,
  'jamesives/github-pages-deploy-action': code,
  'serverless/github-action': code,
  'einaregilsson/beanstalk-deploy': code,
};
