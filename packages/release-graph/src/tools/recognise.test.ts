import { describe, expect, test } from 'vitest';
import { MappedText, SourceFile, readScript, textOf } from '@plimsoll/documents';
import type { Command, ShellWord } from '@plimsoll/documents';
import { recogniseCommand } from '../index.ts';
import type { BuildCall, ToolCall } from '../index.ts';

function commands(text: string): readonly Command[] {
  return readScript(MappedText.of(new SourceFile('run.sh', text).range())).commands;
}

/** What the first known command of a script does. */
function recognise(text: string): ToolCall | undefined {
  return commands(text).map(recogniseCommand).find(Boolean);
}

function call<D extends ToolCall['does']>(does: D, text: string): Extract<ToolCall, { does: D }> {
  const found = recognise(text);
  if (found?.does !== does) throw new Error(`${text} is ${found?.does}`);
  return found as Extract<ToolCall, { does: D }>;
}

const texts = (words: readonly ShellWord[]) => words.map((word) => word.text);

describe('docker build', () => {
  const text = [
    'docker --context ci buildx --builder b build \\',
    '  -f docker/Dockerfile.prod -t "ghcr.io/acme/app:$TAG" --tag=app:latest \\',
    '  --build-arg VERSION="1 2" --build-arg NPM_TOKEN --build-arg=SHA=${{ github.sha }} \\',
    '  --build-context base=docker-image://alpine:3 --label a=b --platform linux/amd64,linux/arm64 \\',
    '  --secret id=npm,src=.npmrc -o type=image,push=true --provenance=mode=max --sbom true --attest type=sbom \\',
    '  --target prod --metadata-file meta.json --iidfile=id.txt --no-cache --pull services/api',
  ].join('\n');
  const build = call('build', text);

  test('reads its options', () => {
    expect(build).toMatchObject({ tool: 'docker build', engine: 'docker', pushes: true });
    expect(build.context?.text).toBe('services/api');
    expect(build.file?.text).toBe('docker/Dockerfile.prod');
    expect(build.target?.text).toBe('prod');
    expect(texts(build.tags)).toEqual(['ghcr.io/acme/app:$TAG', 'app:latest']);
    expect(build.buildArgs.map((arg) => [arg.name, arg.value?.text])).toEqual([
      ['VERSION', '1 2'],
      ['NPM_TOKEN', undefined],
      ['SHA', '${{ github.sha }}'],
    ]);
    expect(build.buildContexts.map((arg) => [arg.name, arg.value?.text])).toEqual([
      ['base', 'docker-image://alpine:3'],
    ]);
    expect(build.labels.map((arg) => arg.name)).toEqual(['a']);
    expect(texts(build.platforms)).toEqual(['linux/amd64,linux/arm64']);
    expect(texts(build.secrets)).toEqual(['id=npm,src=.npmrc']);
    expect(texts(build.outputs)).toEqual(['type=image,push=true']);
    expect(build.attestations.map((option) => [option.name, option.value?.text])).toEqual([
      ['provenance', 'mode=max'],
      ['sbom', 'true'],
      ['attest', 'type=sbom'],
    ]);
    expect([build.metadataFile?.text, build.iidFile?.text]).toEqual(['meta.json', 'id.txt']);
    expect(build.options.map((option) => option.name)).toEqual(
      expect.arrayContaining(['context', 'builder', 'no-cache', 'pull']),
    );
  });

  test('keeps places', () => {
    const [version, , sha] = build.buildArgs;
    expect(version && textOf(version.range)).toBe('VERSION="1 2"');
    expect(version && textOf(version.nameRange)).toBe('VERSION');
    expect(sha?.value && textOf(sha.value.range)).toBe('${{ github.sha }}');
    expect(build.pushOption && textOf(build.pushOption.range)).toBe('-o type=image,push=true');
  });

  test('says where its digest is', () => {
    expect(build.digests).toMatchObject([{ kind: 'file', path: { text: 'meta.json' }, holds: 'json' }]);
  });

  test.each([
    ['docker build .', false],
    ['docker build --push .', true],
    ['docker build --push=false .', false],
    ['docker build --push=${{ inputs.push }} .', 'unknown'],
    ["docker build ${{ inputs.push && '--push' }} .", 'unknown'],
    ['docker build $ARGS .', 'unknown'],
    ['docker build "${ARGS[@]}" .', 'unknown'],
    ['docker build $CONTEXT', false],
    ['docker build -o type=registry .', true],
    ['docker build -o type=image,name=a,push=true .', true],
    ['docker build -o type=image,push=${{ inputs.push }} .', 'unknown'],
    ['docker build --output=$OUTPUT .', 'unknown'],
    ['docker build -o type=local,dest=out .', false],
    ['docker build -o out .', false],
    ['docker build --load .', false],
    ['podman build .', false],
  ])('%s pushes: %s', (command, pushes) => {
    expect(call('build', command).pushes).toBe(pushes);
  });

  test.each([
    ['docker build -t a .', '.'],
    ['docker build - < Dockerfile', '-'],
    ['docker build https://github.com/acme/app.git#main', 'https://github.com/acme/app.git#main'],
    ['docker build "$ROOT/app"', '$ROOT/app'],
    ['docker build . $ARGS', '.'],
    ['docker build -t a', undefined],
  ])('%s has the context %s', (command, context) => {
    expect(call('build', command).context?.text).toBe(context);
  });
});

describe('other builders', () => {
  const pushes = (text: string) => call('build', text).pushes;

  test('kaniko pushes to its destinations', () => {
    const build = call(
      'build',
      '/kaniko/executor -c . -f Dockerfile -d ghcr.io/acme/app:1 --digest-file=d --cache=true',
    );
    expect(build).toMatchObject({ engine: 'kaniko', pushes: true, digests: [{ kind: 'file', holds: 'digest' }] });
    expect(texts(build.tags)).toEqual(['ghcr.io/acme/app:1']);
    expect(pushes('/kaniko/executor --no-push')).toBe(false);
  });

  test('ko pushes unless told otherwise', () => {
    expect(pushes('ko build ./cmd/app')).toBe(true);
    expect(pushes('ko build --push=false ./cmd/app')).toBe(false);
    expect(pushes('ko build -L ./cmd/app')).toBe(false);
    expect(pushes('KO_DOCKER_REPO=ko.local ko build ./cmd/app')).toBe(false);
    expect(call('build', 'ko build --image-refs refs.txt .').digests).toMatchObject([
      { kind: 'file', holds: 'reference' },
      { kind: 'stdout' },
    ]);
  });

  test('jib pushes with its goal build', () => {
    expect(pushes('mvn package jib:build')).toBe(true);
    expect(pushes('mvn package jib:dockerBuild')).toBe(false);
    expect(pushes('./gradlew jib')).toBe(true);
    expect(pushes('./gradlew jibBuildTar')).toBe(false);
    const [tag] = call('build', 'mvn jib:build "-Djib.to.image=ghcr.io/acme/app:$V"').tags;
    expect(tag?.text).toBe('ghcr.io/acme/app:$V');
    expect(tag && textOf(tag.range)).toBe('ghcr.io/acme/app:$V');
  });

  test('pack pushes with --publish', () => {
    expect(pushes('pack build app')).toBe(false);
    const build: BuildCall = call('build', 'pack build ghcr.io/acme/app -t ghcr.io/acme/app:1 --publish -p web');
    expect(build).toMatchObject({ pushes: true, context: { text: 'web' } });
    expect(texts(build.tags)).toEqual(['ghcr.io/acme/app', 'ghcr.io/acme/app:1']);
  });
});

describe('bake and compose', () => {
  test('bake', () => {
    const bake = call(
      'bake',
      'docker buildx bake -f a.hcl --file=b.json --set app.args.A=$X --push --metadata-file m.json app web',
    );
    expect(bake).toMatchObject({ pushes: true, metadataFile: { text: 'm.json' } });
    expect([texts(bake.files), texts(bake.targets)]).toEqual([
      ['a.hcl', 'b.json'],
      ['app', 'web'],
    ]);
    expect(bake.overrides.map((each) => [each.name, each.value?.text])).toEqual([['app.args.A', '$X']]);
    expect(call('bake', 'docker buildx bake --set "*.output=type=registry"').pushes).toBe(true);
    expect(call('bake', 'docker buildx bake --push --print').pushes).toBe(false);
  });

  test('compose', () => {
    const compose = call('compose', 'docker compose -f compose.ci.yaml --profile x build --build-arg A=1 --push app');
    expect(compose).toMatchObject({ action: 'build', pushes: true });
    expect([texts(compose.files), texts(compose.services)]).toEqual([['compose.ci.yaml'], ['app']]);
    expect(compose.buildArgs.map((arg) => arg.name)).toEqual(['A']);
    expect(call('compose', 'docker-compose push').pushes).toBe(true);
    expect(call('compose', 'docker compose up --build web').pushes).toBe(false);
  });
});

describe('registries', () => {
  test('push', () => {
    expect(texts(call('push', 'docker push -q ghcr.io/acme/app:1').references)).toEqual(['ghcr.io/acme/app:1']);
    expect(call('push', 'docker push -a ghcr.io/acme/app').allTags).toBe(true);
    expect(texts(call('push', 'buildah push --digestfile d app docker://ghcr.io/acme/app').references)).toEqual([
      'docker://ghcr.io/acme/app',
    ]);
    expect(texts(call('push', 'crane push app.tar ghcr.io/acme/app').references)).toEqual(['ghcr.io/acme/app']);
    expect(texts(call('push', 'docker images -q | xargs -n1 docker push').references)).toEqual([]);
  });

  test('copy and tag', () => {
    const copy = call('copy', 'skopeo copy --all --digestfile d docker://a:1 docker://b:1');
    expect([copy.source?.text, texts(copy.destinations)]).toEqual(['docker://a:1', ['docker://b:1']]);
    expect(call('tag', 'docker tag a b')).toMatchObject({ source: { text: 'a' }, where: 'local' });
    expect(call('tag', 'crane tag a@sha256:1 latest')).toMatchObject({
      names: [{ text: 'latest' }],
      where: 'registry',
    });
  });

  test('merge', () => {
    const merge = call(
      'merge',
      'docker buildx imagetools create -t app:1 -t app:latest app@sha256:1 $(printf "app@sha256:%s " *)',
    );
    expect(merge.pushes).toBe(true);
    expect(texts(merge.tags)).toEqual(['app:1', 'app:latest']);
    expect(merge.sources.length).toBe(2);
    expect(call('merge', 'docker buildx imagetools create --dry-run a').pushes).toBe(false);
  });

  test('login', () => {
    const login = call('login', 'docker login ghcr.io -u ${{ github.actor }} -p "${{ secrets.TOKEN }}"');
    expect(login).toMatchObject({
      registry: { text: 'ghcr.io' },
      username: { text: '${{ github.actor }}' },
      passwordStdin: false,
    });
    expect(login.password && textOf(login.password.range)).toBe('-p "${{ secrets.TOKEN }}"');
    expect(call('login', 'echo x | docker login --password-stdin').passwordStdin).toBe(true);
  });
});

describe('signing', () => {
  test('cosign', () => {
    expect(call('sign', 'cosign sign --yes -a env=prod app@sha256:1')).toMatchObject({
      of: 'image',
      subjects: [{ text: 'app@sha256:1' }],
    });
    expect(call('sign', 'cosign sign --key env://K app').key?.value?.text).toBe('env://K');
    expect(call('attest', 'cosign attest --type spdx --predicate s.json app')).toMatchObject({
      predicate: { text: 's.json' },
      predicateType: { text: 'spdx' },
    });
    expect(call('verify', 'cosign verify --certificate-identity i --certificate-oidc-issuer o a b')).toMatchObject({
      verifies: 'signature',
      subjects: [{ text: 'a' }, { text: 'b' }],
    });
  });

  test('gh, slsa-verifier and notation', () => {
    expect(call('verify', 'gh attestation verify oci://app@sha256:1 --owner acme')).toMatchObject({
      of: 'image',
      verifies: 'attestation',
    });
    expect(call('verify', 'gh attestation verify app.tgz -R a/b')).toMatchObject({
      of: 'file',
      subjects: [{ text: 'app.tgz' }],
    });
    expect(call('verify', 'slsa-verifier verify-image app --source-uri x')).toMatchObject({
      subjects: [{ text: 'app' }],
    });
    expect(call('verify', 'notation verify app:1')).toMatchObject({ verifies: 'signature' });
  });
});

describe('packages', () => {
  test.each([
    ['npm publish --registry https://npm.example ./dist', 'npm', 'https://npm.example'],
    ['npx --yes lerna@8 publish from-git', 'npm', undefined],
    ['pnpm --filter web exec changeset publish', 'npm', undefined],
    ['python3 -m twine upload --repository-url https://pypi.example dist/*', 'pypi', 'https://pypi.example'],
    ['uvx twine upload dist/*', 'pypi', undefined],
    ['dotnet nuget push a.nupkg --source github', 'nuget', 'github'],
    ['helm push app.tgz oci://ghcr.io/acme', 'helm', 'oci://ghcr.io/acme'],
    ['goreleaser release', 'goreleaser', undefined],
  ])('%s', (text, ecosystem, registry) => {
    const found = call('publish', text);
    expect([found.ecosystem, found.registry?.text, found.dryRun]).toEqual([ecosystem, registry, false]);
  });

  test('a dry run, a credential, provenance', () => {
    expect(call('publish', 'npm publish --dry-run').dryRun).toBe(true);
    expect(call('publish', 'cargo publish -n').dryRun).toBe(true);
    expect(call('publish', 'goreleaser release --snapshot').dryRun).toBe(true);
    expect(call('publish', 'goreleaser release --skip=sign,publish').dryRun).toBe(true);
    expect(call('publish', 'twine upload -u a -p "$T" d').password?.value?.text).toBe('$T');
    expect(call('publish', 'npm publish --provenance=false').provenance?.value?.text).toBe('false');
  });
});

describe('how a tool is called', () => {
  test.each([
    ['sudo -E docker push a', 'docker push'],
    ['/usr/local/bin/docker push a', 'docker push'],
    ['${DOCKER:-docker} push a', 'docker push'],
    ['$SUDO docker push a', 'docker push'],
    ['bash -c "docker push a"', 'docker push'],
    ['docker run --rm -v "$PWD:/w" gcr.io/kaniko-project/executor:v1.24 --context /w --no-push', 'executor'],
    ['docker run --rm -v "$PWD:/w" -w /w maven:3-eclipse-temurin-21 mvn -s settings.xml deploy', 'mvn'],
    ['docker run -e A=b ghcr.io/sigstore/cosign/cosign:v3 verify a', 'cosign verify'],
    ['docker run --rm alpine docker push a', undefined],
    ['go run github.com/sigstore/cosign/v3/cmd/cosign@latest sign a', 'cosign sign'],
    ['npx npx npx npx npx lerna publish', undefined],
    ['$DOCKER push a', undefined],
    ['docker $SUBCOMMAND a', undefined],
    ['docker', undefined],
    ['echo docker push a', undefined],
  ])('%s', (text, tool) => {
    expect(recognise(text)?.tool).toBe(tool);
  });
});
