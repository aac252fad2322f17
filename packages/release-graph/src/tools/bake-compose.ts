import { optionValues } from '@plimsoll/documents';
import type { BakeCall, CallBase, ComposeCall } from './model.ts';
import { given, namedValues, optionsNamed, outputPushes, pushDecision, valueOf, isOn } from './parts.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';
import { lastOption } from '@plimsoll/documents';

function readBake(call: CallBase): Omit<BakeCall, keyof CallBase | 'does'> {
  const overrides = namedValues(call, 'set');
  const output = overrides.find(
    (each) => each.name.endsWith('.output') && each.value && outputPushes(each.value) === true,
  );
  const decision = output ? { pushes: true } : pushDecision(call);
  const asks = isOn(lastOption(call, 'print')) === true;
  return {
    files: optionValues(call, 'file'),
    targets: call.positionals,
    overrides,
    attestations: optionsNamed(call, 'provenance', 'sbom'),
    ...(asks ? { pushes: false } : decision),
    ...given<Pick<BakeCall, 'metadataFile'>>({ metadataFile: valueOf(call, 'metadata-file') }),
  };
}

function readCompose(call: CallBase, action: ComposeCall['action']): Omit<ComposeCall, keyof CallBase | 'does'> {
  return {
    action,
    files: optionValues(call, 'file'),
    services: call.positionals,
    buildArgs: namedValues(call, 'build-arg'),
    attestations: optionsNamed(call, 'provenance', 'sbom'),
    ...(action === 'build' ? pushDecision(call) : { pushes: action === 'push' }),
  };
}

const upValues = 'attach exit-code-from no-attach pull scale t,timeout wait-timeout';

export const bakeAndCompose: readonly ToolRow[] = [
  row({
    calls: ['docker buildx bake', 'docker buildx f', 'docker-buildx bake', 'buildx bake', 'docker bake', 'depot bake'],
    does: 'bake',
    options: { values: 'f,file allow builder call list metadata-file policy progress provenance sbom set var' },
    digests: { options: { 'metadata-file': 'json' } },
    read: readBake,
    examples: {
      is: ['docker buildx bake', 'docker buildx bake -f docker-bake.hcl --push --set *.platform=linux/amd64 app api'],
      isNot: ['docker buildx build .', 'bake bread'],
    },
  }),
  row({
    calls: ['docker compose build', 'docker-compose build'],
    does: 'compose',
    options: { values: 'f,file build-arg builder m,memory provenance sbom ssh', switches: 'q,quiet' },
    read: (call) => readCompose(call, 'build'),
    examples: {
      is: ['docker compose build', 'docker compose -f compose.ci.yaml build --build-arg A=1 --push app'],
      isNot: ['docker compose pull', 'docker build .'],
    },
  }),
  row({
    calls: ['docker compose push', 'docker-compose push'],
    does: 'compose',
    options: { values: 'f,file', switches: 'q,quiet' },
    digests: { stdout: 'log' },
    read: (call) => readCompose(call, 'push'),
    examples: { is: ['docker-compose push app'], isNot: ['docker compose pull', 'docker push app'] },
  }),
  row({
    calls: ['docker compose up', 'docker-compose up'],
    does: 'compose',
    options: { values: `f,file ${upValues}`, switches: 'd,detach V,renew-anon-volumes' },
    read: (call) => (isOn(lastOption(call, 'build')) === false ? undefined : readCompose(call, 'up')),
    examples: { is: ['docker compose up -d --build'], isNot: ['docker compose up -d', 'docker compose down'] },
  }),
];
