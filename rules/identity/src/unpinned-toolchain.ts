import { defineRule, formatList } from '@plimsoll/core';
import type { UnpinnedInstall } from '@plimsoll/core';

export const unpinnedToolchain = defineRule({
  id: 'identity/unpinned-toolchain',
  summary: 'A package manager or a tool is installed at no version in an image or in the lane.',
  why: 'Two builds of one commit get different tools, and a version that was published an hour ago, by whomever, runs with the secrets of the build before anyone has looked at it.',
  limits:
    'It reads npm, pnpm, Yarn, Bun, Corepack, pip, pipx, uv, Go, Cargo, RubyGems, .NET and Composer in the RUNs of Dockerfiles and in steps of workflows and local actions. A partial version (pnpm@9) counts as one. Packages of a distribution (apt, apk), and what a manifest or a list of requirements names, are not judged here; nor is npx of a package that a package.json names.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: ['Scorecard: Pinned-Dependencies', 'SLSA v1.1 Build L3: hermetic inputs'],
  visits: 'unpinnedInstall',
  examples: {
    bad: [
      { Dockerfile: 'FROM node:22.12.0\nRUN npm install --global «pnpm»\n' },
      {
        '.github/workflows/ci.yml':
          'on: push\njobs:\n  lint:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: go install «github.com/acme/lint@latest»\n      - run: pip install «ruff» mypy==1.13.0\n',
      },
    ],
    good: [
      { Dockerfile: 'FROM node:22.12.0\nRUN npm install --global pnpm@9.15.0\n' },
      { Dockerfile: 'FROM python:3.13\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\n' },
    ],
  },
  check({ packages, tool, runs }, report) {
    const [first, ...others] = packages;
    report({
      at: first.range,
      message: `${tool} ${runs ? 'fetches and runs' : 'installs'} ${formatList(
        packages.map(({ name }) => name),
        3,
      )} ${versionOf(packages)}: two runs of the same commit can get different ones`,
      help: `Write ${packages.map(({ pinned }) => pinned).join(' ')}, and let Renovate raise ${others.length > 0 ? 'them' : 'it'}`,
      related: others.map(({ range, name }) => ({ at: range, label: `${name} too` })),
    });
  },
});

function versionOf([first]: UnpinnedInstall['packages']): string {
  return first.channel === undefined ? 'at no version' : `at "${first.channel}", which moves`;
}
