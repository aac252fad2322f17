import { describe, expect, test } from 'vitest';
import { deployed, graphOf, job, run } from './deployments.testing.ts';

const compose = {
  'compose.yaml': 'services:\n  api:\n    image: ghcr.io/acme/api:${TAG:-latest}\n  db:\n    image: postgres:17\n',
};
const manifest = {
  'k8s/api.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - name: a\n      image: ghcr.io/acme/api:__TAG__\n',
};

describe('a compose file with a variable', () => {
  test.each([
    ['docker context use prod\nTAG=1 docker compose up -d', ['docker compose up: ghcr.io/acme/api by tag 1']],
    ['docker context use prod\nexport TAG=1\ndocker compose up -d', ['docker compose up: ghcr.io/acme/api by tag 1']],
    [
      'docker context use prod\nTAG=sha256:1 docker compose up -d',
      ['docker compose up: ghcr.io/acme/api by digest sha256:1'],
    ],
    ['docker context use prod\nOTHER=1 docker compose up -d', ['docker compose up']],
  ])('%s', (script, expected) => {
    expect(deployed(job(run(script)), compose)).toEqual(expected);
  });

  test('that the step sets is marked at the command', () => {
    const steps = '- env: { TAG: "${{ github.sha }}", DOCKER_HOST: "ssh://a@b" }\n  run: docker compose up -d\n';
    const [image] = graphOf(job(steps), compose).deployments.flatMap(({ images }) => images);
    expect(image).toMatchObject({ name: 'ghcr.io/acme/api', by: 'tag', identity: '${{ github.sha }}' });
    expect(image && image.range.file.text.slice(image.range.start, image.range.end)).toBe('docker compose up -d');
    expect(image?.through.map(({ label }) => label)).toEqual(['TAG is set here']);
  });
});

describe('a manifest with a placeholder', () => {
  const applied = (name: string) => [`kubectl apply: ghcr.io/acme/api by ${name}`];

  test.each([
    ['sed -i "s|__TAG__|1|" k8s/api.yaml\nkubectl apply -f k8s', applied('tag 1')],
    ['TAG=1\nsed "s/__TAG__/${TAG}/g" k8s/api.yaml | kubectl apply -f -', applied('tag 1')],
    [
      'sed -i "s|ghcr.io/acme/api:__TAG__|ghcr.io/acme/api@sha256:1|" k8s/api.yaml\nkubectl apply -f k8s',
      applied('digest sha256:1'),
    ],
    ['sed -i "s|name: a|name: b|" k8s/api.yaml\nkubectl apply -f k8s', ['kubectl apply']],
  ])('%s', (script, expected) => {
    expect(deployed(job(run(script)), manifest)).toEqual(expected);
  });

  test('that envsubst fills in', () => {
    const files = { 'k8s/api.yaml': manifest['k8s/api.yaml'].replace('__TAG__', '${TAG}') };
    const step = (script: string) => `- env: { TAG: "1" }\n${run(script).replace('- run', '  run')}`;
    expect(deployed(job(step('envsubst < k8s/api.yaml | kubectl apply -f -')), files)).toEqual(applied('tag 1'));
    expect(deployed(job(step('cat k8s/api.yaml | envsubst | kubectl apply -f -')), files)).toEqual(applied('tag 1'));
    expect(deployed(job(run('envsubst < k8s/api.yaml | kubectl apply -f -')), files)).toEqual(['kubectl apply']);
  });
});

test('a task definition gets its image through jq', () => {
  const script =
    'aws ecs describe-task-definition --task-definition api > task.json\n' +
    'jq --arg IMAGE "acme/api:$GITHUB_SHA" \'.taskDefinition.containerDefinitions[0].image = $IMAGE\' task.json > new.json\n' +
    'aws ecs register-task-definition --cli-input-json file://new.json\n' +
    'aws ecs update-service --cluster c --service api --task-definition api\n';
  expect(deployed(job(run(script)))).toEqual(['aws ecs update-service: acme/api by tag ${{ github.sha }}']);
});

test('a plan gets its images through variables', () => {
  expect(deployed(job(run('terraform apply -auto-approve -var="image_tag=1" -var region=eu')))).toEqual([
    'terraform apply: ? by tag 1',
  ]);
  expect(deployed(job(run('terraform apply -auto-approve')))).toEqual(['terraform apply']);
});

test('an action that two jobs call deploys twice', () => {
  const action =
    'name: roll\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      run: kubectl rollout restart deploy/api\n';
  const two = `${job('- uses: ./roll\n', '    environment: eu\n', 'eu')}  us:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: ./roll\n`;
  const { deployments } = graphOf(two, { 'roll/action.yml': action });
  expect(deployments.map(({ origin, environment }) => [origin.job?.id, environment?.written])).toEqual([
    ['eu', 'eu'],
    ['us', undefined],
  ]);
});
