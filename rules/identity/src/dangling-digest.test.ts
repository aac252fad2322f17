import { faultsOf, runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { danglingDigest } from './dangling-digest.ts';

const release = '.github/workflows/release.yml';
const dockerfiles = { Dockerfile: 'FROM scratch\n' };

const none = (files: Record<string, string>) => expect(faultsOf(danglingDigest, files)).resolves.toEqual([]);

function indented(text: string, by: number): string {
  return text.trimEnd().replace(/^(?=.)/gm, ' '.repeat(by)) + '\n';
}

const push = `- id: push
  uses: docker/build-push-action@v6
  with: { push: true, tags: "ghcr.io/acme/api:\${{ github.sha }}" }
`;

interface Job {
  readonly keys?: string;
  readonly steps?: string;
}

/** A workflow of these jobs, whose keys and steps are given with no indentation. */
function workflow(jobs: Readonly<Record<string, Job>>, on = '{ push: { branches: [main] } }'): string {
  const texts = Object.entries(jobs).map(
    ([id, { keys = '', steps }]) =>
      `  ${id}:\n${indented(keys, 4)}${steps === undefined ? '' : `    runs-on: ubuntu-24.04\n    steps:\n${indented(steps, 6)}`}`,
  );
  return `on: ${on}\njobs:\n${texts.join('').replace(/\n\n/g, '\n')}`;
}

const of = (jobs: Readonly<Record<string, Job>>, on?: string) => ({ [release]: workflow(jobs, on), ...dockerfiles });
const outputs = 'outputs:\n  digest: ${{ steps.push.outputs.digest }}\n';
const use = (expression: string) =>
  `- run: kubectl set image deployment/api api=ghcr.io/acme/api@\${{ ${expression} }}\n`;

test('a step of that id has to be in the same job', async () => {
  await none(of({ image: { steps: push + use('«steps.psuh.outputs.digest»') } }));
  await none(
    of({ image: { steps: push }, deploy: { keys: 'needs: image', steps: use('«steps.push.outputs.digest»') } }),
  );
  await none(of({ image: { steps: push + use('steps.push.outputs.digest') } }));
});

test('a step that comes later has given nothing yet; the outputs of the job are read at its end', async () => {
  await none(of({ image: { steps: use('«steps.push.outputs.digest»') + push } }));
  await none(of({ image: { keys: outputs, steps: push } }));
});

test('actions of Docker give what they give', async () => {
  const meta = '- id: meta\n  uses: docker/metadata-action@v5\n  with: { images: ghcr.io/acme/api }\n';
  await none(of({ image: { steps: meta + push + use('«steps.meta.outputs.digest»') } }));
  const bake = '- id: bake\n  uses: docker/bake-action@v6\n  with: { push: true }\n';
  await none(of({ image: { steps: bake + use('«steps.bake.outputs.digest»') } }));
  await none(of({ image: { steps: push + use('«steps.push.outputs.image-digest»') } }));
});

test('bake gives the metadata of the targets that it builds', async () => {
  const hcl = {
    'docker-bake.hcl': ['api', 'web', 'docs']
      .map((name) => `target "${name}" {\n  context = "."\n  tags = ["ghcr.io/acme/${name}:1"]\n}\n`)
      .concat('group "default" { targets = ["api", "web"] }\n')
      .join(''),
  };
  const bake = '- id: bake\n  uses: docker/bake-action@v6\n  with: { source: ., push: true }\n';
  const read = (target: string, expression = 'steps.bake.outputs.metadata') =>
    use(`fromJSON(${expression})['${target}']['containerimage.digest']`);
  await none({ ...of({ image: { steps: bake + read('web') } }), ...hcl });
  await none({ ...of({ image: { steps: bake + read('docs', '«steps.bake.outputs.metadata»') } }), ...hcl });
});

test('outputs of other actions are not known', async () => {
  await none(of({ image: { steps: '- id: x\n  uses: acme/build@v1\n' + use('steps.x.outputs.digest') } }));
});

test.each([
  ['nothing', 'docker push ghcr.io/acme/api:1', '«steps.x.outputs.digest»'],
  ['another name', 'echo "sha=$(crane digest ghcr.io/acme/api:1)" >> "$GITHUB_OUTPUT"', '«steps.x.outputs.digest»'],
  ['that name', 'echo "digest=$(crane digest ghcr.io/acme/api:1)" >> "$GITHUB_OUTPUT"', 'steps.x.outputs.digest'],
  ['it with printf', 'printf "digest=%s" "$D" >> $GITHUB_OUTPUT', 'steps.x.outputs.digest'],
  ['it with tee', 'echo "digest=$D" | tee -a "$GITHUB_OUTPUT"', 'steps.x.outputs.digest'],
  ['it in a block', '{ echo "digest<<END"; cat digest.txt; echo END; } >> "$GITHUB_OUTPUT"', 'steps.x.outputs.digest'],
  ['a name put together', 'echo "${NAME}-digest=$D" >> "$GITHUB_OUTPUT"', 'steps.x.outputs.api-digest'],
  ['what a container writes', 'docker run -v "$GITHUB_OUTPUT:/out" acme/build', 'steps.x.outputs.digest'],
  ['a file', 'cat outputs.env >> "$GITHUB_OUTPUT"', 'steps.x.outputs.digest'],
  ['something by another program', './ci/push.sh', 'steps.x.outputs.digest'],
  ['it the old way', 'echo "::set-output name=digest::$D"', 'steps.x.outputs.digest'],
])('a script that writes %s', async (_, script, read) => {
  await none(of({ image: { steps: `- id: x\n  run: |\n    ${script}\n${use(read)}` } }));
});

test('a build that does not push has no digest in a registry', async () => {
  const build = '- id: push\n  uses: docker/build-push-action@v6\n  with: { load: true, tags: "api:test" }\n';
  await none(of({ image: { steps: build + use('«steps.push.outputs.digest»') } }));
  await none(of({ image: { keys: outputs.replace('steps.push.outputs.digest', '«$&»'), steps: build } }));
  await none(of({ image: { steps: `${build}- run: echo \${{ steps.push.outputs.digest }}\n` } }));
  await none(of({ image: { steps: `${build}- run: docker run --rm api@\${{ steps.push.outputs.digest }}\n` } }));
  const exported = build.replace('load: true', 'outputs: "type=oci,dest=image.tar"');
  await none(of({ image: { steps: exported + use('steps.push.outputs.digest') } }));
});

test('a push under a condition is one, and so is one that an input decides', async () => {
  const when = (value: string) => push.replace('push: true', `push: "${value}"`) + use('steps.push.outputs.digest');
  await none(of({ image: { steps: when("${{ github.event_name != 'pull_request' }}") } }, '[push, pull_request]'));
  await none(
    of({ image: { steps: when('${{ inputs.push }}') } }, '{ workflow_call: { inputs: { push: { type: string } } } }'),
  );
});

test('a needed job has to be there, to be needed, and to have the output', async () => {
  const image = { keys: outputs, steps: push };
  const deploy = (needs: string, read: string) => of({ image, deploy: { keys: needs, steps: use(read) } });
  await none(deploy('needs: image', 'needs.image.outputs.digest'));
  await none(deploy('needs: [image]', '«needs.image.outputs.image-digest»'));
  await none(deploy('needs: []', '«needs.image.outputs.digest»'));
  await none(deploy('needs: image', '«needs.build.outputs.digest»'));
});

test('what is needed by a needed job alone is out of sight', async () => {
  const jobs = {
    image: { keys: outputs, steps: push },
    test: { keys: 'needs: image', steps: '- run: make test\n' },
    deploy: { keys: 'needs: test', steps: use('«needs.image.outputs.digest»') },
  };
  await none(of(jobs));
});

test('a called workflow gives the outputs that it declares', async () => {
  const called = (declared: string, value: string) => ({
    '.github/workflows/build.yml': workflow(
      { image: { keys: outputs, steps: push } },
      `\n  workflow_call:\n    outputs:\n      ${declared}:\n        value: \${{ ${value} }}`,
    ),
  });
  const caller = (read: string) =>
    of({ build: { keys: 'uses: ./.github/workflows/build.yml' }, deploy: { keys: 'needs: build', steps: use(read) } });
  await none({ ...caller('needs.build.outputs.digest'), ...called('digest', 'jobs.image.outputs.digest') });
  await none({ ...caller('«needs.build.outputs.sha-digest»'), ...called('digest', 'jobs.image.outputs.digest') });
  await none({ ...caller('needs.build.outputs.digest'), ...called('digest', '«jobs.images.outputs.digest»') });
  await none({ ...caller('needs.build.outputs.digest'), ...called('digest', '«jobs.image.outputs.image-digest»') });
});

test('a workflow of another repository may give anything', async () => {
  const build = { keys: 'uses: acme/ci/.github/workflows/build.yml@v1' };
  await none(of({ build, deploy: { keys: 'needs: build', steps: use('needs.build.outputs.digest') } }));
});

test('a composite action gives what it declares, from its own steps', async () => {
  const action = (value: string) => ({
    'publish/action.yml': `name: publish\noutputs:\n  digest:\n    value: \${{ ${value} }}\nruns:\n  using: composite\n  steps:\n${indented(push, 4)}`,
  });
  const caller = (read: string) => of({ image: { steps: '- id: x\n  uses: ./publish\n' + use(read) } });
  await none({ ...caller('steps.x.outputs.digest'), ...action('steps.push.outputs.digest') });
  await none({ ...caller('«steps.x.outputs.image-digest»'), ...action('steps.push.outputs.digest') });
  await none({ ...caller('steps.x.outputs.digest'), ...action('«steps.build.outputs.digest»') });
});

test('the outputs of a job with a matrix are overwritten leg by leg', async () => {
  const matrix = (axis: string) => `strategy:\n  matrix:\n    ${axis}\n`;
  const marked = 'outputs:\n  digest: «${{ steps.push.outputs.digest }}»\n';
  await none(of({ image: { keys: matrix('app: [api, web]') + marked, steps: push } }));
  await none(of({ image: { keys: matrix('app: [api]') + outputs, steps: push } }));
  await none(of({ image: { keys: matrix('app: "${{ fromJSON(vars.APPS) }}"') + marked, steps: push } }));
  const named = 'outputs:\n  image: «ghcr.io/acme/api@${{ steps.push.outputs.digest }}»\n';
  await none(of({ image: { keys: matrix('app: [api, web]') + named, steps: push } }));
});

test('an output of its own for each leg is overwritten by none', async () => {
  const keys = `strategy:
  matrix:
    app: [api, web]
outputs:
  api-digest: \${{ steps.out.outputs.api-digest }}
  web-digest: \${{ steps.out.outputs.web-digest }}
`;
  const out =
    '- id: out\n  run: echo "${{ matrix.app }}-digest=${{ steps.push.outputs.digest }}" >> "$GITHUB_OUTPUT"\n';
  await none(of({ image: { keys, steps: push + out } }));
});

test('an output that one leg alone sets is its own', async () => {
  const keys = 'strategy:\n  matrix:\n    app: [api, web]\n' + outputs;
  const only = push.replace('  uses', "  if: matrix.app == 'api'\n  uses");
  await none(of({ image: { keys, steps: only } }));
  const byRunner = push.replace('  uses', "  if: runner.os == 'Linux'\n  uses");
  await none(of({ image: { keys, steps: byRunner } }));
  const chosen = keys.replace('steps.push', "matrix.app == 'api' && steps.push");
  await none(of({ image: { keys: chosen, steps: push } }));
});

test('a matrix of calls is overwritten as well, and told where it is read', async () => {
  const called = workflow(
    { image: { keys: outputs, steps: push } },
    '\n  workflow_call:\n    outputs:\n      digest:\n        value: ${{ jobs.image.outputs.digest }}',
  );
  const build = { keys: 'strategy:\n  matrix:\n    app: [api, web]\nuses: ./.github/workflows/build.yml' };
  const deploy = { keys: 'needs: build', steps: use('«needs.build.outputs.digest»') };
  await none({ ...of({ build, deploy }), '.github/workflows/build.yml': called });
});

const platform = (arch: string) => ({
  keys: outputs,
  steps: `- id: push
  uses: docker/build-push-action@v6
  with:
    platforms: linux/${arch}
    outputs: type=image,name=ghcr.io/acme/api,push-by-digest=true,push=true
`,
});
const merge = `- run: docker buildx imagetools create --metadata-file index.json -t ghcr.io/acme/api:1.0.0 ghcr.io/acme/api@\${{ needs.amd64.outputs.digest }} ghcr.io/acme/api@\${{ needs.arm64.outputs.digest }}\n`;
const index = `- id: index\n  run: echo "digest=$(jq -r '.["containerimage.digest"]' index.json)" >> "$GITHUB_OUTPUT"\n`;

test('behind the merge the digest of one platform is not that of the image', async () => {
  const jobs = (keys: string, read: string) => ({
    amd64: platform('amd64'),
    arm64: platform('arm64'),
    merge: { keys: `needs: [amd64, arm64]\n${keys}`, steps: merge + index },
    deploy: { keys: 'needs: [merge, amd64]', steps: use(read) },
  });
  const own = 'outputs:\n  digest: ${{ steps.index.outputs.digest }}\n';
  await none(of(jobs(own, 'needs.merge.outputs.digest')));
  await none(of(jobs(own, '«needs.amd64.outputs.digest»')));
  await none(of(jobs('outputs:\n  digest: ${{ «needs.amd64.outputs.digest» }}\n', 'needs.merge.outputs.digest')));
  await none(
    of(jobs('outputs:\n  digest-amd64: ${{ needs.amd64.outputs.digest }}\n', 'needs.merge.outputs.digest-amd64')),
  );
});

test('and neither is it where something is verified or signed with it', async () => {
  const { [release]: text = '' } = of({
    amd64: platform('amd64'),
    arm64: platform('arm64'),
    merge: { keys: 'needs: [amd64, arm64]', steps: merge },
  });
  const proof = (step: string) => ({
    ...dockerfiles,
    [release]: `${text}  proof:\n    needs: [merge, amd64]\n    runs-on: ubuntu-24.04\n    steps:\n${indented(step, 6)}`,
  });
  const verify = `- env: { DIGEST: "\${{ READ }}" }\n  run: gh attestation verify "oci://ghcr.io/acme/api@$DIGEST" -R acme/api\n`;
  await none(proof(verify.replace('READ', '«needs.amd64.outputs.digest»')));
  const sign = (read: string) => `- run: cosign sign --yes ghcr.io/acme/api@\${{ ${read} }}\n`;
  await none(proof(sign('«needs.amd64.outputs.digest»')));
  await none(proof(`${sign('needs.amd64.outputs.digest')}- run: cosign sign --yes "$INDEX"\n`));
  await none(proof('- run: trivy image ghcr.io/acme/api@${{ needs.amd64.outputs.digest }}\n'));
});

test('a container and a called workflow want a digest as well', async () => {
  const image = { keys: outputs, steps: push };
  const container = 'needs: image\ncontainer: ghcr.io/acme/api@${{ «needs.image.outputs.sha» }}\n';
  await none(of({ image, test: { keys: container, steps: '- run: make test\n' } }));
  const call =
    'needs: image\nuses: ./.github/workflows/deploy.yml\nwith: { digest: "${{ «needs.image.outputs.digst» }}" }\n';
  await none(of({ image, deploy: { keys: call } }));
});

test('what is read for something else than a digest is not judged', async () => {
  const steps = `${push}- run: echo \${{ steps.nothing.outputs.version }}
- id: upload
  uses: actions/upload-artifact@v4
- run: echo \${{ steps.upload.outputs.artifact-digest }}
`;
  await none(of({ image: { steps } }));
});

test('one of two ways may be missing', async () => {
  const steps = push + use('steps.rebuild.outputs.digest || steps.push.outputs.digest');
  await none(of({ image: { steps } }));
});

test('what takes a digest says that one is meant', async () => {
  const attest = (read: string) =>
    `- uses: actions/attest@v4\n  with:\n    subject-name: ghcr.io/acme/api\n    subject-digest: \${{ ${read} }}\n`;
  await none(of({ image: { steps: push + attest('«steps.push.outputs.sha»') } }));
  const variable = '- env: { DIGEST: "${{ «steps.push.outputs.sha» }}" }\n  run: ./deploy.sh\n';
  await none(of({ image: { steps: push + variable } }));
});

test.each([
  ['needs: image', 'needs.image.outputs.image-digest', 'Write ${{ needs.image.outputs.digest }}'],
  ['needs: image', 'steps.push.outputs.digest', 'Write ${{ needs.image.outputs.digest }}'],
  ['needs: []', 'needs.image.outputs.digest', 'Write needs: image at job "deploy"'],
])('with %s the help for %s shows what to write', async (needs, read, help) => {
  const jobs = { image: { keys: outputs, steps: push }, deploy: { keys: needs, steps: use(read) } };
  const { findings } = await runExample(danglingDigest, of(jobs));
  expect(findings.map((one) => one.help)).toEqual([help]);
});
