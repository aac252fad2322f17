import { lastOption, optionValues, sliceWord } from '@plimsoll/documents';
import type { Option, ShellWord } from '@plimsoll/documents';
import type { BuildCall, CallBase } from './model.ts';
import { given, isOn, namedValues, optionsNamed, valueOf } from './parts.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

type Fields = Omit<BuildCall, keyof CallBase | 'does'>;
type Engine = BuildCall['engine'];

function build(
  engine: Engine,
  pushes: Fields['pushes'],
  pushOption: Option | undefined,
  more: Partial<Fields>,
): Fields {
  return {
    engine,
    tags: [],
    buildArgs: [],
    buildContexts: [],
    labels: [],
    platforms: [],
    secrets: [],
    outputs: [],
    attestations: [],
    pushes,
    ...(pushOption && { pushOption }),
    ...more,
  };
}

const not = (on: boolean | 'unknown') => (on === 'unknown' ? on : !on);

function readKaniko(call: CallBase): Fields | undefined {
  if (
    !call.command.words[0]?.text.includes('kaniko') &&
    call.options.every(({ name }) => name !== 'destination' && name !== 'no-push')
  )
    return undefined;
  const noPush = lastOption(call, 'no-push');
  return build('kaniko', not(isOn(noPush)), noPush, {
    tags: optionValues(call, 'destination'),
    buildArgs: namedValues(call, 'build-arg'),
    labels: namedValues(call, 'label'),
    platforms: optionValues(call, 'custom-platform', 'customPlatform'),
    ...given<Pick<Fields, 'context' | 'file' | 'target'>>({
      context: valueOf(call, 'context'),
      file: valueOf(call, 'dockerfile'),
      target: valueOf(call, 'target'),
    }),
  });
}

function readKo(call: CallBase): Fields {
  const push = lastOption(call, 'push');
  const local = lastOption(call, 'local');
  const pushes = keepsLocal(call) ? false : push ? isOn(push) : not(isOn(local));
  return build('ko', pushes, push ?? local, {
    tags: optionValues(call, 'tags', 'tag'),
    labels: namedValues(call, 'image-label'),
    platforms: optionValues(call, 'platform'),
    attestations: optionsNamed(call, 'sbom'),
    ...given<Pick<Fields, 'context'>>({ context: call.positionals[0] ?? valueOf(call, 'filename') }),
  });
}

/** `KO_DOCKER_REPO=ko.local`: into the local daemon, or a kind cluster. */
function keepsLocal({ command }: CallBase): boolean {
  return command.assignments.some(
    ({ name, value }) => name === 'KO_DOCKER_REPO' && /^(?:ko|kind)\.local$/.test(value.text),
  );
}

function readPack(call: CallBase): Fields {
  const publish = lastOption(call, 'publish');
  return build('pack', isOn(publish), publish, {
    tags: [...call.positionals.slice(0, 1), ...optionValues(call, 'tag')],
    buildArgs: namedValues(call, 'env'),
    platforms: optionValues(call, 'platform'),
    ...given<Pick<Fields, 'context'>>({ context: valueOf(call, 'path') }),
  });
}

/** `-Dimage=…`, `-Djib.to.image=…`, and `--image=…` of Gradle. */
function jibTags(call: CallBase): ShellWord[] {
  const properties = optionValues(call, 'D').flatMap((word) => {
    const match = /^(?:jib\.to\.)?image=/.exec(word.text);
    return match ? [sliceWord(word, match[0].length)] : [];
  });
  return [...properties, ...optionValues(call, 'image')];
}

function readJib(call: CallBase, goal: RegExp): Fields | undefined {
  const goals = call.positionals.map((word) => goal.exec(word.text)?.[1]).filter((each) => each !== undefined);
  return goals.length === 0
    ? undefined
    : build('jib', goals.includes('build') || goals.includes('jib'), undefined, { tags: jibTags(call) });
}

export const mavenOptions = {
  values: 'D f,file P,activate-profiles l,log-file s,settings t,toolchains T,threads b,builder',
  switches: 'B,batch-mode q,quiet e,errors U,update-snapshots X,debug o,offline',
};
export const gradleOptions = {
  values:
    'D P b,build-file c,settings-file g,gradle-user-home I,init-script p,project-dir x,exclude-task image console max-workers',
  switches: 'q,quiet i,info s,stacktrace m,dry-run a,no-rebuild t,continuous',
};
export const mavenNames = ['mvn', 'mvnw', 'mvnd'] as const;
export const gradleNames = ['gradle', 'gradlew'] as const;

/** `az acr build` and `gcloud builds submit` build and push far from the runner. */
function readRemote(call: CallBase, engine: 'acr' | 'gcloud', tag: string): Fields | undefined {
  const noPush = lastOption(call, 'no-push');
  const tags = optionValues(call, tag);
  if (tags.length === 0) return undefined;
  return build(engine, not(isOn(noPush)), noPush, {
    tags,
    buildArgs: namedValues(call, 'build-arg'),
    platforms: optionValues(call, 'platform'),
    ...given<Pick<Fields, 'context' | 'file' | 'target'>>({
      context: call.positionals[0],
      file: valueOf(call, 'file'),
      target: valueOf(call, 'target'),
    }),
  });
}

const remote: readonly ToolRow[] = [
  row({
    calls: ['az acr build'],
    does: 'build',
    options: {
      values:
        't,image r,registry f,file g,resource-group agent-pool auth-mode build-arg log-template platform secret-build-arg ' +
        'source-acr-auth-id target timeout subscription',
    },
    digests: { stdout: 'log' },
    read: (call) => readRemote(call, 'acr', 'image'),
    examples: {
      is: ['az acr build -r acme -t api:1 -f api/Dockerfile .'],
      isNot: ['az acr login -n acme', 'az acr build-task list'],
    },
  }),
  row({
    calls: ['gcloud builds submit', 'gcloud beta builds submit'],
    does: 'build',
    options: {
      values:
        't,tag config substitutions project region timeout machine-type disk-size ignore-file gcs-source-staging-dir ' +
        'gcs-log-dir worker-pool service-account pack format verbosity account billing-project impersonate-service-account',
    },
    digests: { stdout: 'log' },
    read: (call) => readRemote(call, 'gcloud', 'tag'),
    examples: {
      is: ['gcloud builds submit --tag europe-docker.pkg.dev/acme/web/api:1 .'],
      isNot: ['gcloud builds submit --config cloudbuild.yaml .', 'gcloud builds list'],
    },
  }),
  row({
    calls: ['apko publish'],
    does: 'build',
    options: {
      values:
        'annotations arch build-date cache-dir image-refs k,keyring-append lockfile p,package-append r,repository-append ' +
        'build-repository-append sbom-formats sbom-path stage-tags vcs workdir log-level tag',
    },
    digests: { options: { 'image-refs': 'reference' }, stdout: 'reference' },
    read: (call) =>
      build('apko', true, undefined, {
        tags: call.positionals.slice(1),
        ...given<Pick<Fields, 'context'>>({ context: call.positionals[0] }),
      }),
    examples: { is: ['apko publish apko.yaml ghcr.io/acme/app:1'], isNot: ['apko build apko.yaml app:1 app.tar'] },
  }),
];

export const builders: readonly ToolRow[] = [
  ...remote,
  row({
    calls: ['executor'],
    does: 'build',
    options: {
      values:
        'c,context d,destination f,dockerfile build-arg cache-copy-layers cache-dir cache-repo cache-ttl compression compression-level context-sub-path ' +
        'custom-platform customPlatform digest-file git ignore-path image-download-retry image-fs-extract-retry ' +
        'image-name-tag-with-digest-file image-name-with-digest-file kaniko-dir label log-format oci-layout-path push-retry ' +
        'registry-certificate registry-client-cert registry-map registry-mirror secret skip-tls-verify-registry ' +
        'insecure-registry snapshot-mode snapshotMode tar-path tarPath target use-new-run v,verbosity',
    },
    digests: {
      options: {
        'digest-file': 'digest',
        'image-name-with-digest-file': 'reference',
        'image-name-tag-with-digest-file': 'reference',
      },
    },
    read: readKaniko,
    examples: {
      is: [
        '/kaniko/executor --context . --destination ghcr.io/acme/app:1 --build-arg A=1',
        '/kaniko/executor --no-push',
      ],
      isNot: ['executor --verbose', './run-executor'],
    },
  }),
  row({
    calls: ['ko build', 'ko publish', 'ko apply', 'ko resolve', 'ko create', 'ko run'],
    does: 'build',
    options: {
      values:
        'f,filename image-annotation image-label image-refs image-user j,jobs ldflags oci-layout-path platform sbom sbom-dir ' +
        'l,selector t,tags tarball',
      switches: 'B,base-import-paths P,preserve-import-paths L,local R,recursive W,watch v,verbose',
    },
    digests: { options: { 'image-refs': 'reference' }, stdout: 'reference' },
    read: readKo,
    examples: {
      is: ['ko build ./cmd/app --bare --tags v1', 'go run github.com/google/ko@v0.18.0 resolve -f config/'],
      isNot: ['ko login ghcr.io', 'ko deps app'],
    },
  }),
  row({
    calls: ['pack build'],
    does: 'build',
    options: {
      values:
        'annotations B,builder b,buildpack r,buildpack-registry cache cache-image creation-time d,descriptor docker-host ' +
        'D,default-process e,env env-file exec-env extension gid insecure-registry lifecycle-image network p,path platform post-buildpack ' +
        'pre-buildpack previous-image pull-policy report-output-dir run-image sbom-output-dir t,tag uid volume workspace',
      switches: 'v,verbose q,quiet',
    },
    digests: { options: { 'report-output-dir': 'toml' } },
    read: readPack,
    examples: {
      is: ['pack build ghcr.io/acme/app --path apps/web --publish'],
      isNot: ['npm pack', 'pack builder create b'],
    },
  }),
  row({
    calls: mavenNames,
    does: 'build',
    options: mavenOptions,
    digests: { file: { path: 'target/jib-image.digest', holds: 'digest' } },
    read: (call) => readJib(call, /(?:^jib|jib-maven-plugin(?::[^:]*)?):(build|dockerBuild|buildTar)(?:@.*)?$/),
    examples: {
      is: [
        './mvnw -B compile jib:build -Dimage=ghcr.io/acme/app',
        'mvn com.google.cloud.tools:jib-maven-plugin:3.4.4:build',
      ],
      isNot: ['mvn package', 'mvn docker:build'],
    },
  }),
  row({
    calls: gradleNames,
    does: 'build',
    options: gradleOptions,
    digests: { file: { path: 'build/jib-image.digest', holds: 'digest' } },
    read: (call) => readJib(call, /(?:^|:)(jib|jibDockerBuild|jibBuildTar)$/),
    examples: {
      is: ['./gradlew :app:jib --image=ghcr.io/acme/app', 'gradle jibDockerBuild'],
      isNot: ['./gradlew build'],
    },
  }),
];
