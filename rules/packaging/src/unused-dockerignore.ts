import { defineRule, formatList } from '@plimsoll/core';
import type { Build, IgnoreFileUse } from '@plimsoll/core';

export const unusedDockerignore = defineRule({
  id: 'packaging/unused-dockerignore',
  summary: 'An ignore file that no build reads.',
  why: 'It looks as if it kept files out of an image, and keeps out none. One ignore file applies to a build: `<Dockerfile>.dockerignore` beside the Dockerfile, else `.dockerignore` at the root of the context; to a Git context none does.',
  limits: 'It stays quiet where a build whose context is not known before the run may read the file.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: [
    'Docker: Build context, ".dockerignore files"',
    'docker/buildx#2353: a Git context reads no ignore file',
  ],
  visits: 'ignoreFileUse',
  examples: {
    bad: [
      {
        'api/.dockerignore': '«node_modules»\n.env\n',
        'api/Dockerfile': 'FROM scratch\nCOPY api/main.js /app/\n',
        'api/main.js': 'run();\n',
        Makefile: 'image:\n\tdocker build -f api/Dockerfile .\n',
      },
    ],
    good: [
      {
        'api/Dockerfile.dockerignore': 'node_modules\n.env\n',
        'api/Dockerfile': 'FROM scratch\nCOPY api/main.js /app/\n',
        'api/main.js': 'run();\n',
        Makefile: 'image:\n\tdocker build -f api/Dockerfile .\n',
      },
    ],
  },
  check(use, report) {
    const { ignoreFile, readBy, passedBy, undecided, orphan } = use;
    if (readBy.length > 0 || undecided || (passedBy.length === 0 && orphan === undefined)) return;
    const { file } = ignoreFile;
    report({
      at: file.range(0, file.lineEnd(1)),
      message: `No build reads ${file.path}: ${reason(use)}`,
      help: help(use),
      related: passedBy
        .slice(0, 3)
        .map((build) => ({ at: build.contextRange ?? build.range, label: 'a build that does not read it' })),
    });
  },
});

function reason({ orphan, passedBy }: IgnoreFileUse): string {
  if (orphan !== undefined) return `it is named after ${orphan}, which is not there`;
  const names = formatList([...new Set(passedBy.map(nameOf))], 3);
  if (passedBy.some(isGit)) return `${names} takes the Git context, to which no ignore file applies`;
  const other = readInstead(passedBy);
  if (other !== undefined) return `for ${names} the builder reads ${other} instead`;
  return `the context of ${names} is ${contextOf(passedBy[0])}, and it is not at the root of that`;
}

function help({ ignoreFile: { file }, orphan, passedBy }: IgnoreFileUse): string {
  if (orphan !== undefined) return 'Rename it to go with its Dockerfile, or delete it';
  const [first] = passedBy;
  if (first && isGit(first)) {
    const folder = folderOf(first);
    return `Write \`context: ${folder === '' ? '.' : folder}\` in the build step so that the files of the checkout are sent, or delete the file`;
  }
  const place = readInstead(passedBy) ?? `${nameOf(first)}.dockerignore`;
  return `Move its lines to ${place}, with paths that count from ${contextOf(first)}, and delete ${file.path}`;
}

function readInstead(builds: readonly Build[]): string | undefined {
  const [other] = builds.flatMap(({ ignoreFile }) => (ignoreFile.status === 'opaque' ? [] : (ignoreFile.target ?? [])));
  return other?.file.path;
}

function isGit({ context }: Build): boolean {
  return context.status !== 'opaque' && context.target.kind === 'git';
}

function nameOf(build: Build | undefined): string {
  return build && build.dockerfile.status !== 'opaque' ? build.dockerfile.target.file.path : 'the Dockerfile';
}

/** The folder of a context; '' is the root. */
function folderOf({ request }: Build): string {
  return request?.context.kind === 'local' ? request.context.folder : '';
}

function contextOf(build: Build | undefined): string {
  const folder = build ? folderOf(build) : '';
  return folder === '' ? 'the root of the repository' : folder;
}
