import { optionValues } from '@plimsoll/documents';
import type { ShellWord } from '@plimsoll/documents';
import type { BuildCall, CallBase } from './model.ts';
import { given, isDynamic, namedValues, optionsNamed, pushDecision, valueOf } from './parts.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

const buildxValues =
  'add-host allow annotation attest build-arg build-context builder cache-from cache-to call cgroup-parent f,file iidfile ' +
  'label metadata-file network no-cache-filter o,output platform policy progress provenance resource sbom secret shm-size ssh t,tag ' +
  'target ulimit m,memory memory-swap c,cpu-shares cpuset-cpus cpuset-mems cpu-period cpu-quota isolation security-opt ' +
  'project token build-platform save-tag';

const podmanValues =
  'add-host annotation arch authfile build-arg build-arg-file build-context cache-from cache-to cache-ttl cap-add cap-drop ' +
  'cert-dir cgroup-parent cgroupns cpp-flag cpu-period cpu-quota c,cpu-shares cpuset-cpus cpuset-mems creds decryption-key ' +
  'device dns dns-option dns-search env f,file format from group-add hooks-dir ignorefile iidfile ipc isolation jobs label ' +
  'layer-label logfile manifest m,memory memory-swap metadata-file network os os-feature os-version o,output pid platform ' +
  'pull-never retry retry-delay runtime runtime-flag sbom sbom-image-output sbom-output sbom-purl-output sbom-scanner-command ' +
  'secret security-opt shm-size sign-by signature-policy source-date-epoch ssh t,tag target timestamp ulimit unsetenv ' +
  'userns userns-gid-map userns-uid-map uts variant v,volume';

type Engine = 'docker' | 'podman' | 'buildah';

function readBuild(call: CallBase, engine: Engine): Omit<BuildCall, keyof CallBase | 'does'> {
  const context = contextOf(call.positionals);
  const others = call.positionals.filter((word) => word !== context);
  return {
    engine,
    tags: optionValues(call, 'tag'),
    buildArgs: namedValues(call, 'build-arg'),
    buildContexts: namedValues(call, 'build-context'),
    labels: namedValues(call, 'label'),
    platforms: optionValues(call, 'platform'),
    secrets: optionValues(call, 'secret'),
    outputs: optionValues(call, 'output'),
    attestations: optionsNamed(call, 'provenance', 'sbom', 'attest'),
    ...(engine === 'docker' ? pushDecision(call, others) : { pushes: false }),
    ...given<Pick<BuildCall, 'context' | 'file' | 'target' | 'metadataFile' | 'iidFile'>>({
      context,
      file: valueOf(call, 'file'),
      target: valueOf(call, 'target'),
      metadataFile: valueOf(call, 'metadata-file'),
      iidFile: valueOf(call, 'iidfile'),
    }),
  };
}

/** A build has one operand, its context: other words with nothing literal in them may be options. */
function contextOf(positionals: readonly ShellWord[]): ShellWord | undefined {
  return positionals.findLast((word) => !isDynamic(word)) ?? positionals.at(-1);
}

export const dockerBuild: readonly ToolRow[] = [
  row({
    calls: [
      'docker build',
      'docker image build',
      'docker builder build',
      'docker buildx build',
      'docker buildx b',
      'docker-buildx build',
      'buildx build',
      'nerdctl build',
      'nerdctl image build',
      'depot build',
    ],
    does: 'build',
    options: { values: buildxValues, switches: 'q,quiet D,debug' },
    digests: { options: { 'metadata-file': 'json' } },
    read: (call) => readBuild(call, 'docker'),
    examples: {
      is: [
        'docker build .',
        'docker image build -t app:1 -f docker/Dockerfile .',
        'docker --context ci buildx --builder b build --push --build-arg A=1 --build-arg B .',
        'docker build - < Dockerfile',
      ],
      isNot: ['docker builder prune', 'docker run build', 'docker buildx bake', 'echo docker build .'],
    },
  }),
  row({
    calls: ['podman build', 'podman image build', 'podman buildx build'],
    does: 'build',
    options: { values: podmanValues, switches: 'q,quiet' },
    read: (call) => readBuild(call, 'podman'),
    examples: { is: ['podman build -t app .'], isNot: ['podman pull app'] },
  }),
  row({
    calls: ['buildah build', 'buildah bud', 'buildah build-using-dockerfile'],
    does: 'build',
    options: { values: podmanValues, switches: 'q,quiet' },
    read: (call) => readBuild(call, 'buildah'),
    examples: { is: ['buildah bud -f Containerfile -t app .'], isNot: ['buildah from scratch'] },
  }),
];
