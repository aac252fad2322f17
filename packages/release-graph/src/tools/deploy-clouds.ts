import { lastOption, optionValues, sliceWord } from '@plimsoll/documents';
import type { ShellWord } from '@plimsoll/documents';
import { argumentsOf, assigned, deploy, imagesInJson, variableImage } from './deploy-parts.ts';
import type { CallBase, DeployPlatform, ImageArgument } from './model.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

/** A tool that takes an image through an option of one of these names. */
function byOption(
  calls: ToolRow['calls'],
  platform: DeployPlatform,
  values: string,
  names: readonly string[],
  examples: ToolRow['examples'],
): ToolRow {
  return row({
    calls,
    does: 'deploy',
    options: { values },
    read: (call) => deploy(call, platform, { images: argumentsOf(optionValues(call, ...names), 'reference') }),
    examples,
  });
}

const awsValues =
  'cluster service task-definition desired-count region profile output query cli-input-json container-definitions family ' +
  'execution-role-arn task-role-arn network-mode requires-compatibilities cpu memory volumes tags runtime-platform ' +
  'function-name image-uri zip-file s3-bucket s3-key code role package-type service-arn source-configuration service-name ' +
  'deployment-configuration health-check-grace-period-seconds network-configuration load-balancers capacity-provider-strategy';

const amazon: readonly ToolRow[] = [
  row({
    calls: ['aws ecs register-task-definition'],
    does: 'deploy',
    options: { values: awsValues },
    read: (call) =>
      deploy(call, 'Amazon ECS', {
        effect: 'files',
        images: optionValues(call, 'container-definitions', 'cli-input-json').flatMap(imagesInJson),
      }),
    examples: {
      is: [
        `aws ecs register-task-definition --family api --container-definitions '[{"name":"api","image":"acme/api:1"}]'`,
        'aws --region eu-west-1 ecs register-task-definition --cli-input-json file://task.json',
      ],
      isNot: ['aws ecs describe-task-definition --task-definition api'],
    },
  }),
  row({
    calls: ['aws ecs update-service', 'aws ecs create-service'],
    does: 'deploy',
    options: { values: awsValues },
    read: (call) => {
      const changes = lastOption(call, 'task-definition', 'force-new-deployment', 'cli-input-json');
      return changes ? deploy(call, 'Amazon ECS', {}) : undefined;
    },
    examples: {
      is: ['aws ecs update-service --cluster c --service api --force-new-deployment'],
      isNot: ['aws ecs update-service --cluster c --service api --desired-count 2', 'aws ecs wait services-stable'],
    },
  }),
  row({
    calls: ['ecs deploy'],
    does: 'deploy',
    options: { values: 't,tag i,image region profile timeout e,env s,secret role', switches: '' },
    read: (call) => deploy(call, 'Amazon ECS', { images: argumentsOf(optionValues(call, 'tag'), 'tag') }),
    examples: { is: ['ecs deploy cluster api -t 1.2.3 --timeout 600'], isNot: ['ecs scale cluster api 2'] },
  }),
  byOption(
    ['ecs-deploy'],
    'Amazon ECS',
    'i,image c,cluster n,service-name d,task-definition t,timeout r,region p,profile k,aws-access-key s,aws-secret-key e,tag-env-var D,desired-count',
    ['image'],
    { is: ['ecs-deploy -c prod -n api -i acme/api:1 -t 300'], isNot: ['ecs-cli ps'] },
  ),
  byOption(['aws lambda update-function-code'], 'AWS Lambda', awsValues, ['image-uri'], {
    is: ['aws lambda update-function-code --function-name api --image-uri 1.dkr.ecr.eu-west-1.amazonaws.com/api:1'],
    isNot: ['aws lambda invoke --function-name api out.json'],
  }),
  row({
    calls: ['aws apprunner update-service', 'aws apprunner create-service', 'aws apprunner start-deployment'],
    does: 'deploy',
    options: { values: awsValues },
    read: (call) =>
      deploy(call, 'AWS App Runner', { images: optionValues(call, 'source-configuration').flatMap(imagesInJson) }),
    examples: {
      is: ['aws apprunner start-deployment --service-arn a'],
      isNot: ['aws apprunner list-services'],
    },
  }),
];

const gcloudValues =
  'image region project platform service-account set-env-vars update-env-vars set-secrets update-secrets memory cpu port ' +
  'max-instances min-instances concurrency timeout tag revision-suffix to-revisions account impersonate-service-account format ' +
  'add-cloudsql-instances set-cloudsql-instances vpc-connector vpc-egress ingress labels update-labels container network subnet ' +
  'image-url version container-image zone images release delivery-pipeline skaffold-file source args command task-timeout ' +
  'max-retries tasks env-vars-file service-min-instances execution-environment cpu-boost verbosity configuration';

const runNames = [
  'run deploy',
  'run services update',
  'run jobs deploy',
  'run jobs update',
  'run jobs create',
  'run worker-pools deploy',
] as const;
const tracks = ['gcloud', 'gcloud beta', 'gcloud alpha'] as const;

const google: readonly ToolRow[] = [
  row({
    calls: tracks.flatMap((track) => runNames.map((name) => `${track} ${name}`)) as [string, ...string[]],
    does: 'deploy',
    options: { values: gcloudValues, switches: 'q,quiet' },
    read: (call) => {
      const images = argumentsOf(optionValues(call, 'image'), 'reference');
      return deploy(call, 'Google Cloud Run', { images, ...(images.length === 0 && { of: 'code' }) });
    },
    examples: {
      is: [
        'gcloud run deploy api --image europe-docker.pkg.dev/acme/apps/api:1 --region europe-west1',
        'gcloud beta run services update api --image=gcr.io/acme/api:1',
      ],
      isNot: ['gcloud run services describe api', 'gcloud builds submit --tag gcr.io/acme/api'],
    },
  }),
  row({
    calls: ['gcloud run services replace', 'gcloud run jobs replace'],
    does: 'deploy',
    options: { values: gcloudValues },
    read: (call) => deploy(call, 'Google Cloud Run', { sources: call.positionals }),
    examples: { is: ['gcloud run services replace service.yaml'], isNot: ['gcloud run services list'] },
  }),
  byOption(['gcloud compute instances update-container'], 'Google Compute Engine', gcloudValues, ['container-image'], {
    is: ['gcloud compute instances update-container vm --container-image gcr.io/acme/api:1'],
    isNot: ['gcloud compute instances list'],
  }),
  row({
    calls: ['gcloud deploy releases create'],
    does: 'deploy',
    options: { values: gcloudValues },
    read: (call) =>
      deploy(call, 'Google Cloud Deploy', { images: optionValues(call, 'images').flatMap(commaAssigned) }),
    examples: {
      is: [
        'gcloud deploy releases create r1 --delivery-pipeline p --images api=gcr.io/acme/api:1,web=gcr.io/acme/web:1',
      ],
      isNot: ['gcloud deploy releases list'],
    },
  }),
];

/** `a=x:1,b=y:2` */
function commaAssigned(word: ShellWord): readonly ImageArgument[] {
  let start = 0;
  return word.text.split(',').flatMap((piece) => {
    const from = start;
    start += piece.length + 1;
    return assigned(sliceWord(word, from, from + piece.length), 'reference');
  });
}

const azValues =
  'n,name g,resource-group i,image docker-custom-image-name container-image-name c,deployment-container-image-name p,plan s,slot ' +
  'registry-server registry-username registry-password environment target-port ingress cpu memory set-env-vars env-vars ' +
  'replace-env-vars revision-suffix min-replicas max-replicas container-name yaml location l subscription registry-login-server ' +
  'sitecontainers-spec-file docker-registry-server-url docker-registry-server-user docker-registry-server-password u r query o,output ' +
  'command-line dns-name-label ports source';

const microsoft: readonly ToolRow[] = [
  byOption(
    [
      'az webapp config container set',
      'az webapp create',
      'az functionapp config container set',
      'az functionapp create',
    ],
    'Azure App Service',
    azValues,
    ['docker-custom-image-name', 'container-image-name', 'image', 'deployment-container-image-name'],
    {
      is: ['az webapp config container set -n api -g rg --docker-custom-image-name acme.azurecr.io/api:1'],
      isNot: ['az webapp restart -n api -g rg', 'az webapp deploy --src-path app.zip'],
    },
  ),
  row({
    calls: [
      'az containerapp update',
      'az containerapp create',
      'az containerapp up',
      'az containerapp job update',
      'az containerapp job create',
    ],
    does: 'deploy',
    options: { values: azValues },
    read: (call) => {
      const images = argumentsOf(optionValues(call, 'image'), 'reference');
      if (images.length > 0) return deploy(call, 'Azure Container Apps', { images });
      return call.tool === 'az containerapp up' || lastOption(call, 'source')
        ? deploy(call, 'Azure Container Apps', { of: 'code' })
        : undefined;
    },
    examples: {
      is: ['az containerapp update -n api -g rg --image acme.azurecr.io/api:1'],
      isNot: ['az containerapp show -n api -g rg', 'az containerapp update -n api -g rg --min-replicas 1'],
    },
  }),
  byOption(['az container create'], 'Azure Container Instances', azValues, ['image'], {
    is: ['az container create -g rg -n api --image acme.azurecr.io/api:1'],
    isNot: ['az container logs -g rg -n api'],
  }),
];

const flyValues =
  'a,app i,image c,config dockerfile e,env org r,region primary-region strategy build-arg build-secret build-target image-label ' +
  'wait-timeout release-command-timeout vm-size vm-memory t,access-token only-regions exclude-regions max-unavailable file-local';

function fly(call: CallBase) {
  const images = argumentsOf(optionValues(call, 'image'), 'reference');
  return deploy(call, 'Fly.io', { images, ...(images.length === 0 && { of: 'code' }) });
}

const platforms: readonly ToolRow[] = [
  row({
    calls: ['flyctl deploy', 'fly deploy'],
    does: 'deploy',
    options: { values: flyValues },
    read: fly,
    examples: {
      is: ['flyctl deploy --image ghcr.io/acme/api:1', 'fly deploy --remote-only'],
      isNot: ['flyctl status', 'fly secrets set A=b'],
    },
  }),
  row({
    calls: ['flyctl machine update', 'fly machine update', 'flyctl machine run', 'fly machine run', 'fly m run'],
    does: 'deploy',
    options: { values: flyValues },
    read: (call) => {
      const named = argumentsOf(optionValues(call, 'image'), 'reference');
      const images = call.tool.endsWith('update') ? named : argumentsOf(call.positionals.slice(0, 1), 'reference');
      return images.length === 0 ? undefined : deploy(call, 'Fly.io', { images });
    },
    examples: { is: ['fly machine update 1 --image ghcr.io/acme/api:1'], isNot: ['fly machine list'] },
  }),
  row({
    calls: ['heroku container:release'],
    does: 'deploy',
    options: { values: 'a,app r,remote' },
    read: (call) => deploy(call, 'Heroku', {}),
    examples: { is: ['heroku container:release web -a api'], isNot: ['heroku container:push web', 'heroku config'] },
  }),
  row({
    calls: ['nomad job run', 'nomad run'],
    does: 'deploy',
    options: { values: 'var var-file address region namespace token hcl2-strict check-index', singleDash: true },
    read: (call) =>
      deploy(call, 'Nomad', { images: optionValues(call, 'var').flatMap(variableImage), sources: call.positionals }),
    examples: {
      is: ['nomad job run -var image_tag=1 api.nomad.hcl', 'nomad run api.nomad'],
      isNot: ['nomad job status api', 'nomad job plan api.nomad'],
    },
  }),
  row({
    calls: ['doctl apps create-deployment'],
    does: 'deploy',
    options: { values: 'format t,access-token' },
    read: (call) => deploy(call, 'DigitalOcean', {}),
    examples: { is: ['doctl apps create-deployment 1 --wait'], isNot: ['doctl apps list'] },
  }),
];

export const deployClouds: readonly ToolRow[] = [...amazon, ...google, ...microsoft, ...platforms];
