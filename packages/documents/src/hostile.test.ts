import { describe, expect, test } from 'vitest';
import {
  decodeFile,
  MappedText,
  readAction,
  readContract,
  readDockerfile,
  readExpressions,
  readIgnoreFile,
  readManifest,
  readScript,
  readShipsList,
  readWorkflow,
  readYaml,
  SourceFile,
} from './index.ts';
import type { Problem } from './index.ts';

const READERS: Readonly<Record<string, (file: SourceFile) => readonly Problem[]>> = {
  Dockerfile: (file) => readDockerfile(file).problems,
  '.dockerignore': (file) => readIgnoreFile(file).problems,
  '.github/workflows/a.yml': (file) => readWorkflow(file).problems,
  'action.yml': (file) => readAction(file).problems,
  'compose.yaml': (file) => readManifest(file)?.problems ?? [],
  'kustomization.yaml': (file) => readManifest(file)?.problems ?? [],
  'values.yaml': (file) => readManifest(file)?.problems ?? [],
  'k8s/api.yaml': (file) => readManifest(file)?.problems ?? [],
  '.devcontainer/devcontainer.json': (file) => readManifest(file)?.problems ?? [],
  'plimsoll.contract.yaml': (file) => readContract(file).problems,
  'plimsoll.ships.txt': (file) => readShipsList(file).problems,
  'plimsoll.yaml': (file) => readYaml(file, 'syntax/config').problems,
  'a.sh': (file) => (readScript(MappedText.of(file.range())), []),
  'an expression': (file) => (readExpressions(MappedText.of(file.range())), []),
};

const VALID: Readonly<Record<string, string>> = {
  Dockerfile:
    '# syntax=docker/dockerfile:1\nARG TAG=1\nFROM node:${TAG:-2} AS build\nENV A="b c" D=\'e\'\nRUN --mount=type=secret,id=x \\\n  # why\n  npm ci && npm run build\nCOPY --from=build ["a b", "/c"]\nRUN <<EOF\nset -e\nEOF\n',
  '.dockerignore': '# all\n*\n!src/**/*.[jt]s\n\\#x\n**/.env*\n',
  '.github/workflows/a.yml':
    'on: { push: { branches: [main] } }\npermissions: &p { contents: read }\njobs:\n  a:\n    permissions: *p\n    runs-on: x\n    steps:\n      - uses: a/b@v1 # v1\n        with: { x: "${{ secrets.A }}" }\n      - run: |\n          docker build -t "$A:${B}" .\n        env: { A: "${{ github.sha }}" }\n',
  'action.yml': 'runs:\n  using: composite\n  steps:\n    - run: echo hi\n      shell: bash\n',
  'compose.yaml': 'services:\n  a: { build: ., image: "a:${T:-1}" }\n',
  'kustomization.yaml': 'kind: Kustomization\nimages:\n  - { name: a, newTag: "1" }\n',
  'values.yaml': 'image: { repository: a/b, tag: "1", digest: "" }\nsidecars:\n  - image: c:2 # why\n',
  'k8s/api.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec:\n  template:\n    spec:\n      containers:\n        - { name: a, image: "a/b:1" }\n---\napiVersion: v1\nkind: List\nitems: []\n',
  '.devcontainer/devcontainer.json': '{\n  // which image\n  "image": "a/b:1",\n  "features": {},\n}\n',
  'plimsoll.contract.yaml':
    'allow: [/app/**]\nforbid: ["**/.env*"]\nmaxFiles: 100\ntargets:\n  build: { maxBytes: 1000 }\n',
  'plimsoll.ships.txt': '# all\n[build] from .\n/app/a.js\n/app/b c.js\n',
  'plimsoll.yaml': 'root: true\nrules: { identity/latest-tag: { level: off, because: "a: b" } }\n',
  'a.sh': 'set -e\nif [ -n "$A" ]; then docker push "a:$(git rev-parse HEAD)" || true; fi\n',
  'an expression': "${{ github.ref == 'a' && fromJSON(needs.a.outputs.b)[0] || format('{0}', env.C) }}",
};

/** A small generator with a seed, so that a failure can be run again (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const PIECES = [
  '"',
  "'",
  '\\',
  '\n',
  '\r\n',
  '\t',
  '${{',
  '}}',
  '${',
  '}',
  '<<EOF',
  '&a',
  '*a',
  '#',
  '[',
  ']',
  '{',
  '|',
  ': ',
  '- ',
  '\0',
  'é',
  '𝒳',
  '!',
];

function mutated(text: string, random: (below: number) => number): string {
  let result = text;
  for (let i = random(4); i >= 0; i--) {
    const at = random(result.length + 1);
    const kind = random(3);
    if (kind === 0) result = result.slice(0, at);
    else if (kind === 1) result = result.slice(0, at) + (PIECES[random(PIECES.length)] ?? '') + result.slice(at);
    else result = result.slice(0, at) + result.slice(at + 1 + random(5));
  }
  return result;
}

/** Reads a text, and expects every problem to stand inside of it. */
function readSafely(path: string, text: string): void {
  const file = new SourceFile(path, text);
  for (const { range, message } of READERS[path]?.(file) ?? []) {
    expect(message).not.toBe('');
    expect(range.start).toBeGreaterThanOrEqual(0);
    expect(range.end).toBeGreaterThanOrEqual(range.start);
    expect(range.end).toBeLessThanOrEqual(file.text.length);
  }
}

describe('reading never throws', () => {
  test.each(Object.keys(READERS))('%s: what is valid gives no problem', (path) => {
    expect(READERS[path]?.(new SourceFile(path, VALID[path] ?? ''))).toEqual([]);
  });

  test.each(Object.keys(READERS))('%s: cut, changed and mixed', (path) => {
    const random = randomFrom(7);
    for (let i = 0; i < 400; i++) readSafely(path, mutated(VALID[path] ?? '', random));
  });

  test.each(Object.keys(READERS))('%s: any bytes', (path) => {
    const random = randomFrom(11);
    for (let i = 0; i < 100; i++) {
      const bytes = Uint8Array.from({ length: random(300) }, () => random(256));
      readSafely(path, decodeFile(path, bytes, 'syntax/manifest').file.text);
    }
  });
});

test('bytes that are no UTF-8 are told at their place', () => {
  const { problems } = decodeFile('Dockerfile', Uint8Array.from([70, 82, 79, 77, 10, 32, 0xff]), 'syntax/dockerfile');
  expect(problems.map(({ range }) => range.file.positionAt(range.start))).toEqual([{ line: 2, column: 2 }]);
});
