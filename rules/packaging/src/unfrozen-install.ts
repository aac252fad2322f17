import { defineRule } from '@plimsoll/core';
import type { Install } from '@plimsoll/core';

export const unfrozenInstall = defineRule({
  id: 'packaging/unfrozen-install',
  summary: 'An install in an image may take other versions than those in the lockfile.',
  why: 'Two builds of one commit then hold different code, and a version that was published an hour ago, by whomever, ships without anyone having looked at it.',
  limits:
    'It reads npm, pnpm, Yarn, Bun, uv, Poetry, Pipenv, Bundler and Composer. Single packages and global tools are not judged here. A lockfile that a RUN makes is not seen.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: [
    'npm: npm ci',
    'pnpm: --frozen-lockfile',
    'SLSA v1.1: hermetic and reproducible builds',
    'Scorecard: Pinned-Dependencies',
  ],
  visits: 'install',
  examples: {
    bad: [
      {
        Dockerfile: 'FROM node:24\nCOPY package.json package-lock.json ./\nRUN «npm install --omit=dev»\n',
        'package.json': '{}\n',
        'package-lock.json': '{}\n',
      },
      {
        Dockerfile: 'FROM node:24\nCOPY package.json yarn.lock ./\nRUN «yarn install --production»\n',
        'package.json': '{}\n',
        'yarn.lock': '\n',
      },
    ],
    good: [
      {
        Dockerfile: 'FROM node:24\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\n',
        'package.json': '{}\n',
        'package-lock.json': '{}\n',
      },
      { Dockerfile: 'FROM node:24\nRUN npm install --global pnpm@10.24.0\n' },
    ],
  },
  check(install, report) {
    const { frozen, command, kind, lockfile } = install;
    const missing = lockfile === 'missing';
    if (frozen && !(missing && judgedHere(install))) return;
    const written = command.words.map(({ text }) => text).join(' ');
    const [name] = kind.lockfiles;
    report({
      at: command.range,
      message: frozen
        ? `${written} runs with no ${name} in the stage: the versions are those of the day${kind.runsWithoutLockfile ? '' : ', or it fails'}`
        : `${written} may install other versions than ${name} names${missing ? `, and no ${name} is in the stage when it runs` : ''}`,
      help: help(install),
    });
  },
});

/** Without its lockfile a frozen install fails: that is told as what does not get in, where there is one in the repository. */
function judgedHere({ kind, lockfileInTree }: Install): boolean {
  return !kind.conditional && (kind.runsWithoutLockfile || lockfileInTree === undefined);
}

function help({ kind, lockfile, lockfileInTree, frozen }: Install): string {
  const [name] = kind.lockfiles;
  const copy =
    lockfileInTree === undefined
      ? `commit a ${name} and copy it beside ${kind.manifest}`
      : `copy ${lockfileInTree} beside ${kind.manifest}`;
  if (lockfile === 'present') return `Write ${kind.instead}, which fails where ${name} and ${kind.manifest} differ`;
  if (lockfile === 'unknown')
    return `Write ${kind.instead}, which needs ${name} beside ${kind.manifest}, and fails where the two differ`;
  return frozen
    ? `${copy.charAt(0).toUpperCase()}${copy.slice(1)} before it runs`
    : `Write ${kind.instead}, and ${copy} before it runs`;
}
