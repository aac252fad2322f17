import { SourceFile, readContract } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph, propose, subjectOf } from '../index.ts';
import type { Proposal } from '../index.ts';

type Files = Readonly<Record<string, string>>;

function proposed(files: Files, folder = '', dockerfile = 'Dockerfile'): Proposal {
  const documents = documentsOf(files);
  const document = documents.dockerfiles.get(dockerfile);
  if (!document) throw new Error(`there is no ${dockerfile}`);
  return propose(subjectOf(documents, { dockerfile: document, folder }), buildGraph(documents).workspaces);
}

const letIn = ({ ignoreFile }: Proposal): readonly string[] =>
  ignoreFile.text.split('\n').filter((line) => line.startsWith('!'));
const sent = ({ subject }: Proposal): readonly string[] =>
  [...new Set(subject.contents.stages.flatMap(({ files }) => files.map(({ source }) => source)))].sort();

describe('the ignore file', () => {
  test('lets in what the Dockerfile names, and nothing else', () => {
    const proposal = proposed({
      Dockerfile: 'FROM scratch\nCOPY package.json ./\nCOPY src ./src\nCOPY config/*.json ./\n',
      'package.json': '{}', 'src/a.js': '', 'src/b.js': '', 'config/a.json': '', 'notes.md': '', 'docs/x.md': '',
    }); // prettier-ignore
    expect(proposal.ignoreFile.path).toBe('Dockerfile.dockerignore');
    expect(letIn(proposal)).toEqual(['!config/*.json', '!package.json', '!src']);
    expect(sent(proposal)).toEqual(['config/a.json', 'package.json', 'src/a.js', 'src/b.js']);
  });

  test('covers every stage, mounts and what is made before the build', () => {
    const proposal = proposed({
      Dockerfile:
        'FROM a AS test\nCOPY test test\nFROM a\nRUN --mount=type=bind,source=go.mod,target=go.mod go build\nCOPY dist ./\n',
      'go.mod': '', 'test/a.go': '', 'other.go': '',
    }); // prettier-ignore
    expect(letIn(proposal)).toEqual(['!dist', '!go.mod', '!test']);
  });

  test('leaves out of a whole context what nearly no build reads, and says so', () => {
    const proposal = proposed({
      Dockerfile: 'FROM scratch\nCOPY . .\nRUN make\n',
      'main.c': '', Makefile: '', 'README.md': '', 'docs/a.md': '', 'lib/a.c': '', '.github/x.yml': '', 'compose.yaml': '',
    }); // prettier-ignore
    expect(letIn(proposal)).toEqual(['!Makefile', '!lib', '!main.c']);
    expect(proposal.ignoreFile.text).toContain('#   docs\n');
  });

  test('narrows a workspace to the app and the projects that it needs', () => {
    const proposal = proposed(
      {
        'apps/api/Dockerfile': 'FROM node\nWORKDIR /w\nCOPY . .\nRUN npm ci\n',
        'package.json': '{"workspaces": ["apps/*", "libs/*"]}', 'package-lock.json': '{}', 'jest.config.js': '', 'README.md': '',
        'apps/api/package.json': '{"name": "api", "dependencies": {"log": "*"}}', 'apps/api/main.js': '',
        'apps/web/package.json': '{"name": "web"}', 'apps/web/main.js': '',
        'libs/log/package.json': '{"name": "log"}', 'libs/ui/package.json': '{"name": "ui"}', 'libs/ui/ui.js': '', 'notes/x.txt': '',
      },
      '',
      'apps/api/Dockerfile',
    ); // prettier-ignore
    expect(letIn(proposal)).toEqual([
      '!apps/*/package.json', '!apps/api', '!libs/*/package.json', '!libs/log', '!package-lock.json', '!package.json',
    ]); // prettier-ignore
    expect(proposal.ignoreFile.text).toContain('**/node_modules');
    expect(sent(proposal)).not.toContain('apps/web/main.js');
    expect(proposal.notes).toEqual(['the image is for api']);
  });

  test('keeps out what is kept out today, and lets in again what is let in again', () => {
    const proposal = proposed({
      Dockerfile: 'FROM scratch\nCOPY src ./\n',
      '.dockerignore': 'docs\n**/*.test.js\n**/*.md\n!src/keep.md\n',
      'src/a.js': '', 'src/a.test.js': '', 'src/x.md': '', 'src/keep.md': '', 'docs/x': '',
    }); // prettier-ignore
    expect(proposal.ignoreFile.text.split('\n')).toEqual(
      expect.arrayContaining(['**/*.test.js', '**/*.md', '!src/keep.md']),
    );
    expect(proposal.ignoreFile.text).not.toContain('docs');
    expect(sent(proposal)).toEqual(['src/a.js', 'src/keep.md']);
  });

  test('takes a variable that is not known for anything', () => {
    expect(letIn(proposed({ Dockerfile: 'FROM scratch\nARG APP\nCOPY apps/${APP}/dist ./\n' }))).toEqual([
      '!apps/*/dist',
    ]);
  });
});

describe('the contract', () => {
  test('is kept by the image, with room to grow', () => {
    const { contract } = proposed({
      Dockerfile: 'FROM scratch\nCOPY package.json /app/\nCOPY src /app/src\n', 'package.json': '{}', 'src/a.js': 'a', 'src/b/c.js': 'c',
    }); // prettier-ignore
    const { document, problems } = readContract(new SourceFile(contract.path, contract.text));
    expect(problems).toEqual([]);
    expect(document.terms.allow?.patterns.map(({ text }) => text)).toEqual(['/app/package.json', '/app/src/**']);
    expect(document.terms.require.map(({ text }) => text)).toEqual(['/app/package.json']);
    expect(document.terms.maxFiles?.value).toBe(5);
  });

  test('allows nothing where only what is made ships', () => {
    const { contract } = proposed({
      Dockerfile: 'FROM go AS b\nCOPY . .\nRUN go build\nFROM scratch\nCOPY --from=b /app /app\n',
      'main.go': '',
    });
    expect(contract.text).toMatch(/^allow: \[\]/);
  });

  test('stands under its target where that is not the last stage', () => {
    const documents = documentsOf({ Dockerfile: 'FROM scratch AS one\nCOPY a /\nFROM scratch\n', a: '' });
    const dockerfile = documents.dockerfiles.get('Dockerfile')!;
    const { contract } = propose(subjectOf(documents, { dockerfile, folder: '', target: 'one' }), []);
    expect(contract.text).toMatch(/^targets:\n {2}one:\n {4}allow:\n {6}- \/a\n/);
  });
});
