import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph, secretMounts } from '../index.ts';
import type { SecretLeak } from '../index.ts';

type Files = Readonly<Record<string, string>>;

const leaksOf = (files: Files): readonly SecretLeak[] => buildGraph(documentsOf(files)).secretLeaks;
const told = (files: Files): readonly string[] =>
  leaksOf(files).map(({ sink, range }) => `${sink} ${range.file.path}:${range.file.positionAt(range.start).line}`);
const steps = (text: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: u\n    steps:\n${text.replace(/^/gm, '      ')}\n`;
const workflow = (text: string): Files => ({ '.github/workflows/a.yml': steps(text) });

describe('a flow is a way, and no match of names', () => {
  const files: Files = {
    Dockerfile:
      'FROM a AS build\nARG FIRST\nENV SECOND=$FIRST\nRUN THIRD="x $SECOND"; echo "$THIRD" > /d/f\nFROM a\nCOPY --from=build /d /d\nLABEL some=thing\n',
    '.github/workflows/a.yml': steps(
      '- id: hand\n  env: { FOURTH: "${{ secrets.ANY }}" }\n  run: |\n    FIFTH=$FOURTH\n    echo "SIXTH=$FIFTH" >> $GITHUB_OUTPUT\n- run: echo "${SEVENTH}"\n  env: { SEVENTH: "${{ steps.hand.outputs.SIXTH }}" }\n- uses: docker/build-push-action@v7\n  with:\n    context: .\n    build-args: FIRST=${{ steps.hand.outputs.SIXTH }}',
    ),
  };
  const renamed = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text.replace(
        /FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH|SEVENTH/g,
        (name) => `X${name.length}${name.charAt(1)}${name.charAt(2)}`,
      ),
    ]),
  );

  test('it is found through ARG, ENV, shell variables, outputs, files and stages', () => {
    expect(told(files)).toEqual([
      'output .github/workflows/a.yml:10',
      'log .github/workflows/a.yml:11',
      'layer Dockerfile:4',
    ]);
  });

  test('other names for all variables change nothing', () => {
    expect(Object.values(renamed).join()).not.toMatch(/FIRST|SECOND|THIRD/);
    expect(told(renamed)).toEqual(told(files));
  });

  test('the path is told from the source on', () => {
    const layer = leaksOf(files).find(({ sink }) => sink === 'layer');
    expect(layer?.source.text).toBe('secrets.ANY');
    expect([...(layer?.path ?? []), ...(layer?.onward ?? [])].map(({ label }) => label)).toEqual([
      'secrets.ANY becomes the build-arg FIRST',
      'ARG FIRST takes it',
      'ENV SECOND takes it',
      'it is copied into another stage here',
    ]);
  });
});

describe('what steps print', () => {
  test.each([
    ['echo "$KEY"', ['log .github/workflows/a.yml:8']],
    ['printf "%s" "$KEY" | base64', ['log .github/workflows/a.yml:8']],
    ['bash -c "echo ${{ secrets.KEY }}"', ['log .github/workflows/a.yml:8']],
    ['echo "::add-mask::$KEY"', []],
    ['echo "$KEY" | docker login --password-stdin', []],
    ['echo "$KEY" > key.txt', []],
    ['echo "${#KEY} ${KEY:+set}"', []],
    ['echo "${{ secrets.KEY != \'\' }}"', []],
    ['curl -H "Authorization: $KEY" https://a.example', []],
    ['echo "k=$KEY" | tee -a $GITHUB_ENV > /dev/null', ['output .github/workflows/a.yml:8']],
    ['echo "::set-output name=k::$KEY"', ['output .github/workflows/a.yml:8']],
  ])('%s', (run, expected) => {
    expect(told(workflow(`- env: { KEY: "\${{ secrets.KEY }}" }\n  run: |\n    ${run}`))).toEqual(expected);
  });

  test.each(['AWS_REGION', 'DOCKERHUB_USERNAME', 'DEPLOY_HOST_PROD', 'NEXT_PUBLIC_KEY', 'APP_CLIENT_ID'])(
    'secrets.%s is no credential',
    (name) => {
      expect(told(workflow(`- run: echo "\${{ secrets.${name} }}"`))).toEqual([]);
    },
  );
});

describe('secret mounts', () => {
  const noticed = (run: string): readonly boolean[] => {
    const dockerfile = documentsOf({ Dockerfile: `FROM a\nRUN ${run}\n` }).dockerfiles.get('Dockerfile');
    return dockerfile ? secretMounts(dockerfile).map((mount) => mount.noticed) : [];
  };

  test.each([
    ['--mount=type=secret,id=a gpg --import /run/secrets/a', true],
    ['--mount=type=secret,id=a cat /run/secrets/a | gpg --import', false],
    ['--mount=type=secret,id=a A=$(cat /run/secrets/a) && use', true],
    ['--mount=type=secret,id=a A=$(cat /run/secrets/a) npm ci', false],
    ['--mount=type=secret,id=a,env=A npm ci', false],
    ['--mount=type=secret,id=a,env=A test -n "$A" && npm ci', true],
    ['--mount=type=secret,id=a,target=/root/.npmrc npm ci', false],
  ])('%s', (run, expected) => {
    expect(noticed(run)).toEqual([expected]);
  });
});

test('hostile scripts are read in bounded time', () => {
  const long = Array.from({ length: 3000 }, (_, i) => `A${i}=$(echo "$A${i - 1}")`).join('; ');
  expect(told({ Dockerfile: `FROM a\nRUN ${long}\n` })).toEqual([]);
  expect(told({ Dockerfile: `FROM a\nRUN ${'$('.repeat(2000)}\n` })).toEqual([]);
  expect(told({ Dockerfile: `FROM a\nARG API_TOKEN\nRUN echo $API_TOKEN ${'| tee /x '.repeat(1000)}\n` })[0]).toBe(
    'layer Dockerfile:3',
  );
});
