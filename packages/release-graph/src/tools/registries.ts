import { lastOption, optionValues } from '@plimsoll/documents';
import type { CallBase } from './model.ts';
import { given, isOn, valueOf } from './parts.ts';
import type { LoginCall, MergeCall, TagCall } from './model.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

const podmanPush =
  'authfile cert-dir compression-format compression-level creds digestfile encrypt-layer encryption-key f,format retry ' +
  'retry-delay sign-by sign-by-sigstore sign-by-sigstore-private-key sign-passphrase-file signature-policy';
const skopeoValues =
  'authfile src-authfile dest-authfile src-creds dest-creds src-cert-dir dest-cert-dir digestfile f,format multi-arch ' +
  'encryption-key decryption-key encrypt-layer retry-times sign-by sign-by-sigstore sign-by-sigstore-private-key ' +
  'sign-passphrase-file sign-identity src-registry-token dest-registry-token src-username src-password dest-username ' +
  'dest-password dest-compress-format dest-compress-level src-daemon-host dest-daemon-host src-shared-blob-dir ' +
  'dest-shared-blob-dir image-parallel-copies creds username password registry-token cert-dir';
const orasValues =
  'annotation annotation-file artifact-type ca-file cert-file concurrency config d,description export-manifest format ' +
  'image-spec key-file o,output p,password platform registry-config resolve u,username from-username from-password ' +
  'to-username to-password from-registry-config to-registry-config identity-token header H';

const first = (call: CallBase) => call.positionals.slice(0, 1);

const copy = (call: CallBase) => ({
  ...(call.positionals[0] && { source: call.positionals[0] }),
  destinations: call.positionals.slice(1),
});

const tag = (call: CallBase, where: TagCall['where']) => ({
  ...(call.positionals[0] && { source: call.positionals[0] }),
  names: call.positionals.slice(1),
  where,
});

function login(call: CallBase): Omit<LoginCall, keyof CallBase | 'does'> {
  return {
    passwordStdin: isOn(lastOption(call, 'password-stdin', 'pass-stdin')) !== false,
    ...given<Pick<LoginCall, 'registry' | 'username' | 'password'>>({
      registry: call.positionals[0],
      username: valueOf(call, 'username', 'user'),
      password: lastOption(call, 'password', 'pass'),
    }),
  };
}

function merge(call: CallBase): Omit<MergeCall, keyof CallBase | 'does'> {
  return {
    tags: optionValues(call, 'tag'),
    sources: call.positionals,
    pushes: isOn(lastOption(call, 'dry-run')) === false,
    ...given<Pick<MergeCall, 'metadataFile'>>({ metadataFile: valueOf(call, 'metadata-file') }),
  };
}

const push: readonly ToolRow[] = [
  row({
    calls: ['docker push', 'docker image push', 'docker manifest push', 'nerdctl push', 'nerdctl image push'],
    does: 'push',
    options: { values: 'platform', switches: 'a,all-tags q,quiet p,purge' },
    digests: { stdout: 'log' },
    read: (call) => ({ references: first(call), allTags: isOn(lastOption(call, 'all-tags')) !== false }),
    examples: {
      is: ['docker push ghcr.io/acme/app:1', 'docker image push --all-tags ghcr.io/acme/app'],
      isNot: ['docker pull app', 'git push'],
    },
  }),
  row({
    calls: ['podman push', 'podman image push', 'buildah push', 'podman manifest push', 'buildah manifest push'],
    does: 'push',
    options: { values: podmanPush, switches: 'q,quiet' },
    digests: { options: { digestfile: 'digest' } },
    read: (call) => ({ references: call.positionals.slice(-1), allTags: false }),
    examples: {
      is: ['podman push app:1', 'buildah push --digestfile d.txt app docker://ghcr.io/acme/app:1'],
      isNot: ['podman pull app'],
    },
  }),
  row({
    calls: ['crane push'],
    does: 'push',
    options: { values: 'image-refs platform', switches: 'v,verbose' },
    digests: { options: { 'image-refs': 'reference' }, stdout: 'reference' },
    read: (call) => ({ references: call.positionals.slice(1, 2), allTags: false }),
    examples: { is: ['crane push image.tar ghcr.io/acme/app:1'], isNot: ['crane pull app image.tar'] },
  }),
  row({
    calls: ['oras push', 'oras attach'],
    does: 'push',
    options: { values: orasValues, switches: 'v,verbose' },
    digests: { stdout: 'log' },
    read: (call) => ({ references: first(call), allTags: false }),
    examples: { is: ['oras push ghcr.io/acme/sbom:1 sbom.json'], isNot: ['oras pull ghcr.io/acme/sbom:1'] },
  }),
];

const copies: readonly ToolRow[] = [
  row({
    calls: ['skopeo copy'],
    does: 'copy',
    options: { values: skopeoValues, switches: 'a,all q,quiet' },
    digests: { options: { digestfile: 'digest' } },
    read: copy,
    examples: { is: ['skopeo copy --all docker://a:1 docker://b:1'], isNot: ['skopeo sync a b'] },
  }),
  row({
    calls: ['crane copy', 'crane cp', 'gcrane copy', 'gcrane cp'],
    does: 'copy',
    options: { values: 'j,jobs platform', switches: 'a,all-tags n,no-clobber v,verbose' },
    read: copy,
    examples: { is: ['crane cp a:1 b:1'], isNot: ['crane ls a'] },
  }),
  row({
    calls: ['regctl image copy', 'regctl image cp'],
    does: 'copy',
    options: { values: 'platform platforms host format v,verbosity logopt user-agent' },
    read: copy,
    examples: { is: ['regctl image copy a:1 b:1'], isNot: ['regctl image manifest a:1'] },
  }),
  row({
    calls: ['oras copy', 'oras cp'],
    does: 'copy',
    options: { values: orasValues, switches: 'r,recursive v,verbose' },
    read: copy,
    examples: { is: ['oras cp a:1 b:1'], isNot: ['oras discover a:1'] },
  }),
  row({
    calls: ['cosign copy'],
    does: 'copy',
    options: { values: 'only platform registry-username registry-password registry-token', switches: 'f,force' },
    read: copy,
    examples: { is: ['cosign copy a@sha256:1 b'], isNot: ['cosign tree a'] },
  }),
];

const tags: readonly ToolRow[] = [
  row({
    calls: ['docker tag', 'docker image tag', 'podman tag', 'podman image tag', 'buildah tag', 'nerdctl tag'],
    does: 'tag',
    options: { values: '' },
    read: (call) => tag(call, 'local'),
    examples: { is: ['docker tag app:1 ghcr.io/acme/app:1'], isNot: ['git tag v1', 'docker build -t tag .'] },
  }),
  row({
    calls: ['crane tag', 'oras tag'],
    does: 'tag',
    options: { values: orasValues, switches: 'v,verbose' },
    read: (call) => tag(call, 'registry'),
    examples: { is: ['crane tag ghcr.io/acme/app@sha256:1 latest'], isNot: ['crane digest app'] },
  }),
];

const merges: readonly ToolRow[] = [
  row({
    calls: ['docker buildx imagetools create', 'docker-buildx imagetools create', 'buildx imagetools create'],
    does: 'merge',
    options: { values: 'annotation builder f,file metadata-file p,platform progress t,tag' },
    digests: { options: { 'metadata-file': 'json' } },
    read: merge,
    examples: {
      is: ['docker buildx imagetools create -t ghcr.io/acme/app:1 ghcr.io/acme/app@sha256:1 ghcr.io/acme/app@sha256:2'],
      isNot: ['docker buildx imagetools inspect app', 'docker buildx create --use'],
    },
  }),
  row({
    calls: ['docker manifest create', 'podman manifest create', 'buildah manifest create'],
    does: 'merge',
    options: { values: 'annotation', switches: 'a,amend' },
    read: (call) => ({ tags: first(call), sources: call.positionals.slice(1), pushes: false }),
    examples: { is: ['docker manifest create app:1 app:amd64 app:arm64'], isNot: ['docker manifest inspect app:1'] },
  }),
  row({
    calls: ['manifest-tool push from-args'],
    does: 'merge',
    options: { values: 'platforms template target tags type username password docker-cfg', switches: 'ignore-missing' },
    read: (call) => ({ tags: optionValues(call, 'target'), sources: templates(call), pushes: true }),
    examples: {
      is: ['manifest-tool push from-args --platforms linux/amd64,linux/arm64 --template app:1-ARCH --target app:1'],
      isNot: ['manifest-tool inspect app:1', 'manifest-tool push from-spec app.yaml'],
    },
  }),
];

/** `--template` names the image of each platform at once, so it stands for several. */
const templates = (call: CallBase) => optionValues(call, 'template').flatMap((word) => [word, word]);

const inspects: readonly ToolRow[] = [
  row({
    calls: ['docker buildx imagetools inspect', 'docker manifest inspect', 'docker inspect', 'docker image inspect'],
    does: 'inspect',
    options: { values: 'builder f,format type', switches: 's,size v,verbose' },
    read: (call) => ({ references: call.positionals }),
    examples: {
      is: ["docker inspect --format '{{index .RepoDigests 0}}' app:1"],
      isNot: ['docker ps', 'docker network inspect x'],
    },
  }),
  row({
    calls: [
      'crane digest',
      'crane manifest',
      'regctl image digest',
      'regctl manifest get',
      'oras resolve',
      'oras manifest fetch',
    ],
    does: 'inspect',
    options: { values: orasValues, switches: 'v,verbose' },
    read: (call) => ({ references: call.positionals }),
    examples: { is: ['crane digest ghcr.io/acme/app:1'], isNot: ['crane push a b'] },
  }),
  row({
    calls: ['skopeo inspect'],
    does: 'inspect',
    options: { values: skopeoValues },
    read: (call) => ({ references: call.positionals }),
    examples: { is: ["skopeo inspect --format '{{.Digest}}' docker://app:1"], isNot: ['skopeo copy a b'] },
  }),
];

const logins: readonly ToolRow[] = [
  row({
    calls: ['docker login', 'nerdctl login', 'podman login', 'buildah login', 'skopeo login'],
    does: 'login',
    options: { values: 'u,username p,password authfile cert-dir compat-auth-file secret' },
    read: login,
    examples: {
      is: ['docker login -u ci -p "$TOKEN" ghcr.io', 'echo "$T" | docker login ghcr.io -u ci --password-stdin'],
      isNot: ['docker logout', 'npm login'],
    },
  }),
  row({
    calls: ['crane auth login', 'helm registry login', 'oras login', 'cosign login', 'notation login', 'ko login'],
    does: 'login',
    options: {
      values: 'u,username p,password ca-file cert-file key-file registry-config identity-token',
      switches: 'v,verbose',
    },
    read: login,
    examples: { is: ['helm registry login ghcr.io -u ci --password-stdin'], isNot: ['helm registry logout ghcr.io'] },
  }),
  row({
    calls: ['regctl registry login'],
    does: 'login',
    options: { values: 'u,user p,pass' },
    read: login,
    examples: { is: ['regctl registry login -u ci --pass-stdin ghcr.io'], isNot: ['regctl registry logout ghcr.io'] },
  }),
];

export const registries: readonly ToolRow[] = [...push, ...copies, ...tags, ...merges, ...inspects, ...logins];
