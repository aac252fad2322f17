import { defineRule, formatBytes, formatCount, formatList } from '@plimsoll/core';
import type { ContextCopy, Units } from '@plimsoll/core';

export const broadCopy = defineRule({
  id: 'packaging/broad-copy',
  summary: 'A whole context is copied, and no allow-list bounds it.',
  why: 'Whatever anyone adds to the folder later ships too: notes, dumps, credentials, the history of the repository. What an image carries should be a decision, and a change of it a diff.',
  limits:
    'It judges the files that Git has or would take. A `COPY` of a folder below the context is not broad, unless that folder is the root of a workspace. A bind mount is no copy.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['Docker: Building best practices, "Exclude with .dockerignore"'],
  visits: 'contextCopy',
  examples: {
    bad: [
      {
        Dockerfile: 'FROM scratch\nCOPY «.» /app/\n',
        'src/main.js': 'run();\n',
        'notes.md': 'draft\n',
        '.dockerignore': 'node_modules\n',
      },
    ],
    good: [
      { Dockerfile: 'FROM scratch\nCOPY . /app/\n', 'src/main.js': 'run();\n', '.dockerignore': '*\n!src\n' },
      {
        Dockerfile: 'FROM scratch\nCOPY src/ /app/src/\n',
        'src/main.js': 'run();\n',
        '.dockerignore': 'node_modules\n',
      },
    ],
  },
  check(unit, report) {
    const { copy, allowList, build, ignoreFile, kind, ships } = unit;
    if (allowList || !isBroad(unit)) return;
    const shipped = copy.reachesImage && ships;
    const reach = copy.reachesImage
      ? ships
        ? ''
        : '; that stage is not pushed'
      : '; the image that ships takes none of it from there';
    report({
      at: copy.source.range,
      severity: shipped ? 'warning' : 'info',
      message: `${copy.instruction.name} ${copy.source.raw} takes ${formatCount(copy.files.length, 'file')} (${formatBytes(copy.bytes)}) of ${contextName(unit)} into ${stageName(unit)}${largest(copy)}${reach}`,
      help:
        kind === 'git'
          ? `Name the folders that the build needs in ${copy.instruction.name}; or write \`context: .\` in the build step, and an ignore file that starts with "*", since none applies to a Git context`
          : ignoreFile
            ? `Start ${ignoreFile.file.path} with "*" and let in what the build needs with "!" lines, or name the folders that it needs in ${copy.instruction.name}`
            : `Name the folders that the build needs in ${copy.instruction.name}, or write an ignore file that starts with "*" and lets them in with "!" lines`,
      related: [
        ...(ignoreFile ? [{ at: ignoreFile.file.range(0, 0), label: 'the ignore file that applies' }] : []),
        ...(build.contextRange ? [{ at: build.contextRange, label: 'the build that sets this context' }] : []),
      ],
    });
  },
});

function isBroad({ copy, workspaceRoot }: Units['contextCopy']): boolean {
  if (copy.path === undefined) return false;
  return copy.path === '.' || copy.path === '*' || copy.path === '**' || (workspaceRoot && !copy.wildcard);
}

function contextName({ folder, kind }: Units['contextCopy']): string {
  if (kind === 'git') return 'the Git context';
  return folder === '' ? 'the repository' : `the context ${folder}`;
}

function stageName({ copy: { stage }, dockerfile: { stages } }: Units['contextCopy']): string {
  if (stages.length === 1) return 'the image';
  if (stage.name) return `stage "${stage.name}"`;
  return stage === stages.at(-1) ? 'the final stage' : `stage ${stage.index}`;
}

const named = 3;

function largest({ files }: ContextCopy): string {
  const worst: ContextCopy['files'][number][] = [];
  for (const file of files) {
    const at = worst.findIndex((other) => other.bytes < file.bytes);
    if (at < 0 && worst.length === named) continue;
    worst.splice(at < 0 ? worst.length : at, 0, file);
    worst.length = Math.min(worst.length, named);
  }
  if (worst.length < 2) return '';
  return `, the largest ${formatList(worst.map((f) => `${f.source} (${formatBytes(f.bytes)})`))}`;
}
