import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import {
  SourceFile,
  contractKindOf,
  contractPath,
  readContract,
  readShipsList,
  shipsListPath,
  shipsListText,
  textOf,
} from '../index.ts';

const read = (text: string) => readContract(new SourceFile('plimsoll.contract.yaml', text));
const problemsOf = (text: string) => read(text).problems.map(({ range, message }) => `${textOf(range)}: ${message}`);

describe('a contract', () => {
  test('holds terms for all images, and others for single targets', () => {
    const { document, problems } = read(
      "allow: [/app/**, '!app/**/*.map']\nrequire: [app/main.js]\nforbid: [.env]\nmaxFiles: 20\nmaxBytes: 5000000\ntargets:\n  Web:\n    allow: [srv]\n",
    );
    expect(problems).toEqual([]);
    const patterns = document.terms.allow?.patterns.map(({ pattern, negated }) => [pattern, negated]);
    expect(patterns).toEqual([
      ['app/**', false],
      ['app/**/*.map', true],
    ]);
    expect(document.terms).toMatchObject({
      require: [{ pattern: 'app/main.js' }],
      maxFiles: { value: 20 },
      maxBytes: { value: 5_000_000 },
    });
    expect(document.targets.get('web')?.allow?.patterns).toMatchObject([{ pattern: 'srv' }]);
    expect(document.targets.get('web')?.maxFiles).toBeUndefined();
  });

  test('may be empty', () => {
    expect(read('').problems).toEqual([]);
    expect(read('# nothing yet\n').document.terms.allow).toBeUndefined();
    expect(read('allow: []\n').document.terms.allow?.patterns).toEqual([]);
  });

  test.each([
    ['alow: [app]', 'alow: "alow" is no key of a contract'],
    ['allow: app', 'app: "allow" is a list of patterns'],
    ['allow: [1]', '1: An item of "allow" is a pattern of paths in the image, on one line'],
    ['allow: [!app]', '!app: YAML takes !app for a tag, not for a pattern'],
    ['forbid: ["[a"]', '"[a": The pattern "[a" is malformed: a "[" has no well-formed end'],
    ['forbid: ["#a"]', '"#a": "#a" would be a comment in an ignore file'],
    ['require: ["!a"]', '"!a": "require" takes no "!": what must not be there is forbidden'],
    ['maxFiles: -1', '-1: "maxFiles" is a whole number'],
    ['maxBytes: 5 MB', '5 MB: "maxBytes" is a whole number of bytes'],
    ['targets: [web]', '[web]: "targets" is a map from the name of a stage to its terms'],
    ['targets: { web: 1 }', '1: "targets.web" is a map'],
    ['targets: { web: { targets: {} } }', 'targets: "targets" is no key of "targets.web"'],
    ['[allow]', '[allow]: A contract is a map'],
    ['allow: [a]\n---\nallow: [b]', 'allow: [b]: This is a second document; a contract is one'],
  ])('%s is a problem', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test('what is right of it holds', () => {
    const { document } = read('allow: ["[a", app]\nmaxFiles: many\n');
    expect(document.terms.allow?.patterns).toMatchObject([{ pattern: 'app' }]);
    expect(document.terms.maxFiles).toBeUndefined();
  });

  test('agrees with its schema', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../schema/contract.schema.json', import.meta.url), 'utf8'),
    ) as object;
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
    const texts = [
      '{}', 'null', '[]', '{"allow": ["a", "!b"]}', '{"allow": "a"}', '{"allow": [1]}', '{"allow": [" "]}', '{"require": ["!a"]}',
      '{"require": ["a"], "forbid": ["**/*.map"]}', '{"maxFiles": 1.5}', '{"maxFiles": 0}', '{"maxBytes": "1"}', '{"max": 1}',
      '{"targets": {"web": {"maxFiles": 1}}}', '{"targets": {"web": {"max": 1}}}', '{"targets": {"web": null}}', '{"targets": []}',
    ]; // prettier-ignore
    for (const text of texts)
      expect([text, validate(JSON.parse(text))]).toEqual([text, read(text).problems.length === 0]);
  });
});

describe('a recorded list', () => {
  const list = (text: string) => readShipsList(new SourceFile('plimsoll.ships.txt', text));

  test('is written sorted, a path a line, each once', () => {
    const text = shipsListText([
      { target: 'web', context: '.', paths: ['/b', '/a', '/b'] },
      { target: 'api', context: 'apps/api', paths: [] },
    ]);
    expect(text.split('\n').slice(1)).toEqual(['', '[api] from apps/api', '', '[web] from .', '/a', '/b', '']);
  });

  test('reads as it was written, whatever the names', () => {
    const paths = ['/a b', '/a\nb', '/"', '/\\', '/ü', '/x\u202Ey', '/end ', '/#', '/[x] from y'];
    const { document, problems } = list(shipsListText([{ target: 'last stage', context: 'a"b\n', paths }]));
    expect(problems).toEqual([]);
    expect(document.sections).toMatchObject([{ target: 'last stage', context: 'a"b\n' }]);
    expect(document.sections[0]?.paths.map(({ path }) => path)).toEqual(paths.toSorted());
  });

  test('says nothing by order and repetition, which merges change', () => {
    const { document, problems } = list('[web] from .\r\n/b\r\n\r\n/a\r\n/b\r\n');
    expect(problems).toEqual([]);
    expect(document.sections[0]?.paths.map(({ path }) => path)).toEqual(['/b', '/a', '/b']);
  });

  test('tells what is none of its lines', () => {
    const { problems } = list('/early\n[web] from .\n<<<<<<< ours\n/a\n"/b\n[web] from .\n');
    expect(problems.map(({ range }) => textOf(range))).toEqual(['/early', '<<<<<<< ours', '"/b', '[web] from .']);
  });
});

test.each([
  ['Dockerfile', 'plimsoll.contract.yaml', 'plimsoll.ships.txt'],
  ['apps/web/Containerfile', 'apps/web/plimsoll.contract.yaml', 'apps/web/plimsoll.ships.txt'],
  ['a/Dockerfile.web', 'a/plimsoll.web.contract.yaml', 'a/plimsoll.web.ships.txt'],
  ['a/web.dev.Dockerfile', 'a/plimsoll.web.dev.contract.yaml', 'a/plimsoll.web.dev.ships.txt'],
  ['docker/web', 'docker/plimsoll.web.contract.yaml', 'docker/plimsoll.web.ships.txt'],
])('beside %s stand its contract and its list', (dockerfile, contract, list) => {
  expect(contractPath(dockerfile)).toBe(contract);
  expect(shipsListPath(dockerfile)).toBe(list);
  expect([contract, list].map(contractKindOf)).toEqual(['contract', 'shipsList']);
});

test('other names are neither', () => {
  for (const name of ['plimsoll.yaml', 'plimsoll.contract.yml', 'a.contract.yaml', 'ships.txt'])
    expect(contractKindOf(name)).toBeUndefined();
});
