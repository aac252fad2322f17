import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';
import { deployed, graphOf, indented, job, run } from './deployments.testing.ts';

const ofScript = (script: string, more?: Readonly<Record<string, string>>) => deployed(job(run(script)), more);

describe('a command that names its image', () => {
  test.each([
    ['kubectl set image deployment/api api=ghcr.io/acme/api:1', 'kubectl set image: ghcr.io/acme/api by tag 1'],
    ['kubectl -n shop set image deploy/api "*=acme/api@sha256:1"', 'kubectl set image: acme/api by digest sha256:1'],
    ['kubectl set image deploy/api a=acme/a:1 b=acme/b:2', 'kubectl set image: acme/a by tag 1: acme/b by tag 2'],
    ['kubectl set image deploy/api api=acme/api', 'kubectl set image: acme/api by none ?'],
    ['kubectl set image deploy/api api=cr.acme.io:5000/api', 'kubectl set image: cr.acme.io:5000/api by none ?'],
    ['kubectl set image deploy/api api=$IMAGE', 'kubectl set image: ? by unknown ?'],
    ['TAG=1\nkubectl set image deploy/api api=acme/api:$TAG', 'kubectl set image: acme/api by tag 1'],
    ['helm upgrade -i api ./chart --set image.tag=1', 'helm upgrade: ? by tag 1'],
    [
      'helm upgrade -i api ./chart --set image.repository=acme/api,image.tag=1,replicas=2',
      'helm upgrade: acme/api by tag 1',
    ],
    ['helm upgrade -i api ./chart --set image.digest=$DIGEST,image.tag=1', 'helm upgrade: ? by digest $DIGEST'],
    ['helm upgrade -i api ./chart --set web.image.tag=1 --set api.image.tag=2', 'helm upgrade: ? by tag 1: ? by tag 2'],
    ['helm upgrade -i api ./chart --set global.imageTag=1', 'helm upgrade: ? by tag 1'],
    ['helm upgrade -i api ./chart --set=image=acme/api:1', 'helm upgrade: acme/api by tag 1'],
    ['helm upgrade -i api ./chart --set image.version=1', 'helm upgrade: ? by tag 1'],
    ['helm upgrade -i api ./chart --set image.tag=1@sha256:2', 'helm upgrade: ? by digest 1@sha256:2'],
    ['helm upgrade -i api ./chart --set image.pullPolicy=Always', 'helm upgrade'],
    ['argocd app set api --kustomize-image api=acme/api:1', 'argocd app set: acme/api by tag 1'],
    ['argocd app set api -p image.tag=1', 'argocd app set: ? by tag 1'],
    ['gcloud run deploy api --image=gcr.io/acme/api:1 --region r', 'gcloud run deploy: gcr.io/acme/api by tag 1'],
    [
      'az containerapp update -n a -g b --image acme.azurecr.io/a:1',
      'az containerapp update: acme.azurecr.io/a by tag 1',
    ],
    [
      'az webapp config container set -n a --docker-custom-image-name acme.azurecr.io/a:1',
      'az webapp config container set: acme.azurecr.io/a by tag 1',
    ],
    ['flyctl deploy --image registry.fly.io/api:1', 'flyctl deploy: registry.fly.io/api by tag 1'],
    ['fly deploy -i registry.fly.io/api@sha256:1', 'flyctl deploy: registry.fly.io/api by digest sha256:1'],
    [
      'aws lambda update-function-code --function-name a --image-uri acme/a:1',
      'aws lambda update-function-code: acme/a by tag 1',
    ],
    ['docker service update --image acme/api:1 shop_api', 'docker service update: acme/api by tag 1'],
    ['nomad job run -var image_tag=1 api.hcl', 'nomad job run: ? by tag 1'],
    ['skaffold deploy --images acme/api:1', 'skaffold deploy: acme/api by tag 1'],
    [
      'gcloud deploy releases create r --images a=acme/a:1,b=acme/b:2',
      'gcloud deploy releases create: acme/a by tag 1: acme/b by tag 2',
    ],
    [
      `kubectl patch deploy/api -p '{"spec":{"template":{"spec":{"containers":[{"image":"acme/api:1"}]}}}}'`,
      'kubectl patch: acme/api by tag 1',
    ],
    [
      'kubectl create deployment api --image acme/api:1 --dry-run=client -o yaml | kubectl apply -f -',
      'kubectl apply: acme/api by tag 1',
    ],
  ])('%s', (script, expected) => {
    expect(ofScript(script)).toEqual([expected]);
  });
});

describe('no deployment', () => {
  test.each([
    'helm template api ./chart --set image.tag=1',
    'helm upgrade --install api ./chart --set image.tag=1 --dry-run',
    'kubectl apply -f k8s/ --dry-run=server',
    'kubectl get pods',
    'kubectl rollout undo deployment/api',
    'kind create cluster\nkubectl apply -f k8s/\nkubectl set image deploy/api api=acme/api:1',
    'minikube start\nhelm install api ./chart --set image.tag=1',
    'k3d cluster create\nkubectl run api --image acme/api:1',
    'make kind-up\nhelm install api ./chart --set image.tag=1',
    './hack/setup-kind.sh\nhelm install api ./chart --set image.tag=1',
    'kubectl --context kind-test set image deploy/api api=acme/api:1',
    'docker run -d -p 80:80 acme/api:1\ncurl localhost',
    'kubectl set image deploy/api api=localhost:5001/api:1',
    'docker compose up -d\nnpm test',
    'echo kubectl set image deploy/api api=acme/api:1',
    'kustomize edit set image api=acme/api:1\nkustomize build . > install.yaml',
    'gcloud container clusters create test\nhelm install api ./chart --set image.tag=1',
  ])('%s', (script) => {
    expect(deployed(job(run(script), '', 'build'))).toEqual([]);
  });

  test('a cluster that an action makes is gone with its job', () => {
    const steps = `- uses: helm/kind-action@v1\n${run('helm install api ./chart --set image.tag=1')}`;
    expect(deployed(job(steps))).toEqual([]);
  });

  test('a job that tests deploys nothing, but in an environment', () => {
    const steps = run('kubectl set image deploy/api api=acme/api:1');
    expect(deployed(job(steps, '', 'e2e'))).toEqual([]);
    expect(deployed(job(steps, '    environment: test\n', 'e2e'))).toHaveLength(1);
    expect(deployed(job(steps, '', 'deploy-test'))).toHaveLength(1);
  });
});

describe('what manifests hold', () => {
  const kind = (script: string, files: Readonly<Record<string, string>> = {}) =>
    graphOf(job(run(script)), files).deployments.map(({ of }) => of);
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers: [{ name: a, image: acme/a:1 }]\n';
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: {}\n';

  test('a file without an image deploys none; one that is not there may', () => {
    expect(kind('kubectl apply -f k8s/config.yaml', { 'k8s/config.yaml': config })).toEqual(['code']);
    expect(kind('kubectl apply -f k8s', { 'k8s/config.yaml': config, 'k8s/pod.yaml': pod })).toEqual(['images']);
    expect(kind('kubectl apply -f out.yaml')).toEqual(['images']);
    expect(kind('cd k8s\nkubectl apply -f config.yaml', { 'k8s/config.yaml': config })).toEqual(['code']);
  });

  test('what others release is infrastructure', () => {
    expect(kind('kubectl apply -f https://example.com/cert-manager.yaml')).toEqual(['code']);
    expect(kind('helm upgrade -i ingress ingress-nginx/ingress-nginx')).toEqual(['code']);
    expect(kind('helm upgrade -i api oci://ghcr.io/acme/charts/api --version 1')).toEqual(['images']);
    expect(kind('helm upgrade -i api charts/api', { 'charts/api/Chart.yaml': 'name: api\n' })).toEqual(['images']);
  });

  test('a secret that is made and applied is no image', () => {
    expect(
      kind('kubectl create secret generic a --from-literal=b=c --dry-run=client -o yaml | kubectl apply -f -'),
    ).toEqual(['code']);
    expect(kind('kubectl create namespace a')).toEqual([]);
  });

  test('a here-document names its images', () => {
    const script =
      'TAG=1\ncat <<EOF | kubectl apply -f -\nkind: Pod\nspec:\n  containers:\n    - image: acme/api:$TAG\nEOF';
    expect(ofScript(script)).toEqual(['kubectl apply: acme/api by tag 1']);
    expect(kind('kubectl apply -f - <<EOF\nkind: Namespace\nmetadata: { name: a }\nEOF')).toEqual(['code']);
  });
});

describe('what is written into files', () => {
  const script = 'kustomize edit set image api=acme/api:1';

  test('it belongs to what is applied after it', () => {
    expect(ofScript(`${script}\nkustomize build . | kubectl apply -f -`)).toEqual(['kubectl apply: acme/api by tag 1']);
  });

  test('or is deployed from the repository to which it is pushed', () => {
    expect(ofScript(`${script}\ngit commit -am x\ngit push`)).toEqual(['kustomize edit set image: acme/api by tag 1']);
    expect(ofScript(`yq -i '.image.tag = "1"' values.yaml\ngit push`)).toEqual(['yq: ? by tag 1']);
    expect(ofScript(`sed -i "s|image: acme/api:.*|image: acme/api:1|" api.yaml\ngit push`)).toEqual([
      'sed: acme/api by tag 1',
    ]);
    expect(ofScript(`TAG=1 yq -i '.image.tag = strenv(TAG)' values.yaml\ngit push`)).toEqual([
      'yq: ? by tag strenv(TAG)',
    ]);
  });

  test('that is another repository, or the job is there to deploy', () => {
    const edit = run('yq -i \'.image.tag = "1"\' apps/api/values.yaml\ngit push');
    const other = '- uses: actions/checkout@v6\n  with: { repository: acme/gitops }\n';
    const inRelease = (steps: string) =>
      buildGraph(documentsOf({ '.github/workflows/release.yml': job(steps, '', 'bump') })).deployments.length;
    expect(inRelease(edit)).toBe(0);
    expect(inRelease(run(`${script}\ngit push`))).toBe(0);
    expect(inRelease(other + edit)).toBe(1);
  });

  test('the values of the own chart are no deployment', () => {
    const chart = { 'charts/api/Chart.yaml': 'name: api\n', 'charts/api/values.yaml': 'image: { tag: a }\n' };
    expect(ofScript(`yq -i '.image.tag = "1"' charts/api/values.yaml\ngit push`, chart)).toEqual([]);
  });

  test('yq takes the tag from the environment', () => {
    const steps = `- env: { TAG: "1" }\n  run: |\n    yq -i '.image.tag = strenv(TAG)' values.yaml\n    git push\n`;
    expect(deployed(job(steps))).toEqual(['yq: ? by tag 1']);
  });

  test.each([
    `sed -i "s/version: .*/version: 1/" Chart.yaml\ngit push`,
    `yq -i '.version = "1"' Chart.yaml\ngit push`,
    `sed -i "s|acme/api:.*|acme/api:1|" README.md\ngit push`,
    `yq '.image.tag' values.yaml\ngit push`,
  ])('no image is deployed by %s', (text) => {
    expect(ofScript(text)).toEqual([]);
  });
});

describe('another machine', () => {
  const ssh = (script: string) =>
    `- uses: appleboy/ssh-action@v1\n  with:\n    host: example.com\n    script: |\n${indented(script, 6)}\n`;

  test.each([
    ['docker run -d --name api acme/api:1', ['docker run: acme/api by tag 1']],
    ['docker pull acme/api:1\ndocker stop api\ndocker run -d acme/api:1', ['docker run: acme/api by tag 1']],
    ['docker pull acme/api:1\ndocker compose up -d', ['docker compose up: acme/api by tag 1']],
    ['cd /srv\nTAG=1 docker compose up -d', ['docker compose up: ? by tag 1']],
    ['export IMAGE_TAG=1\ndocker-compose up -d', ['docker compose up: ? by tag 1']],
    ['docker stack deploy -c stack.yaml shop', ['docker stack deploy']],
    ['kubectl set image deploy/api api=acme/api:1', ['kubectl set image: acme/api by tag 1']],
    ['systemctl restart api', []],
  ])('a script of appleboy/ssh-action: %s', (script, expected) => {
    expect(deployed(job(ssh(script)))).toEqual(expected);
  });

  test.each([
    'ssh deploy@host "docker pull acme/api:1 && docker run -d acme/api:1"',
    "ssh deploy@host << 'EOF'\ndocker run -d acme/api:1\nEOF",
    'ssh -i key -o StrictHostKeyChecking=no deploy@host docker run -d acme/api:1',
    'docker context use prod\ndocker run -d acme/api:1',
    'DOCKER_HOST=ssh://deploy@host docker run -d acme/api:1',
    'docker -H ssh://deploy@host run -d acme/api:1',
  ])('%s', (script) => {
    expect(ofScript(script)).toEqual(['docker run: acme/api by tag 1']);
  });

  test('DOCKER_HOST over ssh', () => {
    const steps = '- env: { DOCKER_HOST: "ssh://deploy@host" }\n  run: docker compose up -d\n';
    expect(deployed(job(steps))).toEqual(['docker compose up']);
  });
});

describe('actions', () => {
  const uses = (name: string, inputs: string) => deployed(job(`- uses: ${name}\n  with:\n${indented(inputs, 4)}\n`));

  test('ECS takes the image of the render step', () => {
    const steps =
      '- id: render\n  uses: aws-actions/amazon-ecs-render-task-definition@v1\n  with:\n    image: acme/api:1\n' +
      '- uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n  with:\n    task-definition: ${{ steps.render.outputs.task-definition }}\n';
    expect(deployed(job(steps))).toEqual(['aws-actions/amazon-ecs-deploy-task-definition: acme/api by tag 1']);
  });

  test('an image that a step writes to its outputs is read from there', () => {
    const steps =
      '- id: image\n  env: { TAG: "${{ github.sha }}" }\n  run: echo "image=acme/api:$TAG" >> "$GITHUB_OUTPUT"\n' +
      '- uses: aws-actions/amazon-ecs-render-task-definition@v1\n  with:\n    image: ${{ steps.image.outputs.image }}\n';
    expect(deployed(job(steps))).toEqual([
      'aws-actions/amazon-ecs-render-task-definition: acme/api by tag ${{ github.sha }}',
    ]);
  });

  test.each([
    [
      'google-github-actions/deploy-cloudrun@v3',
      'image: gcr.io/acme/api:1',
      'google-github-actions/deploy-cloudrun: gcr.io/acme/api by tag 1',
    ],
    ['google-github-actions/deploy-cloudrun@v3', 'source: .', 'google-github-actions/deploy-cloudrun'],
    ['azure/webapps-deploy@v3', 'images: acme/a:1', 'azure/webapps-deploy: acme/a by tag 1'],
    [
      'azure/k8s-deploy@v5',
      'images: |\n  acme/a:1\n  acme/b@sha256:2',
      'azure/k8s-deploy: acme/a by tag 1: acme/b by digest sha256:2',
    ],
    ['superfly/flyctl-actions@v1', 'args: deploy --image acme/a:1', 'flyctl deploy: acme/a by tag 1'],
    ['actions-hub/kubectl@v1', 'args: set image deploy/a a=acme/a:1', 'kubectl set image: acme/a by tag 1'],
    [
      'azure/CLI@v2',
      'inlineScript: az containerapp update -n a --image acme/a:1',
      'az containerapp update: acme/a by tag 1',
    ],
    [
      'google-github-actions/create-cloud-deploy-release@v1',
      'images: a=acme/a:1,b=acme/b:2',
      'google-github-actions/create-cloud-deploy-release: acme/a by tag 1: acme/b by tag 2',
    ],
    [
      'bitovi/github-actions-deploy-eks-helm@v1',
      'values: replicas=2,image.tag=${{ github.sha }}',
      'bitovi/github-actions-deploy-eks-helm: ? by tag ${{ github.sha }}',
    ],
  ])('%s with %s', (name, inputs, expected) => {
    expect(uses(name, inputs)).toEqual([expected]);
  });
});

test('scripts that a workflow calls are followed', () => {
  const makefile = 'TAG ?= dev\ndeploy:\n\tkubectl set image deploy/api api=acme/api:$(TAG)\n';
  expect(ofScript('make deploy TAG=1', { Makefile: makefile })).toEqual(['kubectl set image: acme/api by tag 1']);
  const manifest = '{"scripts":{"deploy":"flyctl deploy --image acme/api:1"}}';
  expect(ofScript('npm run deploy', { 'package.json': manifest })).toEqual(['flyctl deploy: acme/api by tag 1']);
  const script = '#!/bin/sh\nhelm upgrade -i api ./chart --set image.tag="$TAG"\n';
  expect(ofScript('TAG=1 ./scripts/deploy.sh', { 'scripts/deploy.sh': script })).toEqual(['helm upgrade: ? by tag 1']);
});

test('a script that no workflow calls deploys by hand, and is no deployment of the lane', () => {
  expect(ofScript('npm ci', { Makefile: 'deploy:\n\tkubectl set image deploy/api api=acme/api:1\n' })).toEqual([]);
});

test('what only pull requests deploy is a preview', () => {
  const steps = run('kubectl set image deploy/api api=acme/api:1');
  const preview = (on: string, condition = '') =>
    graphOf(job(`${steps}${condition}`).replace('on: push', on)).deployments.map((one) => one.preview === true);
  expect(preview('on: pull_request')).toEqual([true]);
  expect(preview('on: [push, pull_request]')).toEqual([false]);
  expect(preview('on: [push, pull_request]', "  if: github.event_name == 'pull_request'\n")).toEqual([true]);
});
