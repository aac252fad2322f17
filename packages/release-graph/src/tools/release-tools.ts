import { lastOption } from '@plimsoll/documents';
import type { CallBase, Ecosystem, PublishCall } from './model.ts';
import { isOn } from './parts.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

type Fields = Omit<PublishCall, keyof CallBase | 'does'>;

/** Tools that publish the packages of a repository by their own configuration: no package is named to them. */
function release(call: CallBase, ecosystem: Ecosystem): Fields {
  return { ecosystem, packages: [], dryRun: isOn(lastOption(call, 'dry-run', 'dryRun', 'noop')) === true };
}

interface Release {
  readonly values?: string;
  readonly switches?: string;
  /** The first operand, where it decides whether something is published. */
  readonly when?: (operand: string | undefined) => boolean;
  readonly examples: ToolRow['examples'];
}

function releaseRow(calls: ToolRow['calls'], ecosystem: Ecosystem, { values = '', switches, when, examples }: Release) {
  return row({
    calls,
    does: 'publish',
    options: { values, ...(switches !== undefined && { switches }) },
    read: (call) => (!when || when(call.positionals[0]?.text) ? release(call, ecosystem) : undefined),
    examples,
  });
}

/** `nx release` versions, and publishes unless it is told not to; `nx release version` does not. */
function nxRelease(call: CallBase): Fields | undefined {
  const first = call.positionals[0]?.text;
  if (first !== undefined && first !== 'publish') return undefined;
  const skips = call.options.some(
    ({ name, value }) => (name === 'skip-publish' || name === 'skipPublish') && value?.text !== 'false',
  );
  return { ...release(call, 'npm'), dryRun: skips || release(call, 'npm').dryRun };
}

export const releaseTools: readonly ToolRow[] = [
  releaseRow(['semantic-release', 'multi-semantic-release', 'semantic-release-monorepo'], 'npm', {
    values: 'b,branches r,repository-url t,tag-format p,plugins e,extends',
    switches: 'd,dry-run',
    // The tool of that name for Python has subcommands, and uploads nothing to an index.
    when: (operand) => operand === undefined,
    examples: {
      is: ['npx semantic-release', 'yarn semantic-release --branches main'],
      isNot: ['semantic-release version', 'npx commitizen'],
    },
  }),
  row({
    calls: ['nx release'],
    does: 'publish',
    options: {
      values: 'p,projects g,groups tag registry otp access specifier preid firstRelease first-release',
      switches: 'd,dry-run y,yes verbose',
    },
    read: nxRelease,
    examples: {
      is: ['npx nx release --yes', 'pnpm nx release publish --tag next'],
      isNot: ['nx release version patch', 'nx run api:release'],
    },
  }),
  releaseRow(['release-it'], 'npm', {
    values: 'c,config i,increment preReleaseId',
    switches: 'd,dry-run',
    examples: { is: ['npx release-it --ci'], isNot: ['npm run release'] },
  }),
  releaseRow(['beachball publish', 'rush publish', 'auto shipit'], 'npm', {
    values: 'b,branch m,message n,token r,registry t,tag',
    examples: { is: ['npx beachball publish -y', 'rush publish --publish'], isNot: ['rush build', 'beachball check'] },
  }),
  releaseRow(['cargo release', 'cargo workspaces publish', 'cargo ws publish', 'release-plz release'], 'crates', {
    values: 'p,package config manifest-path token registry git-token backend repo-url exclude from-git',
    switches: 'x,execute n,dry-run',
    examples: {
      is: ['cargo workspaces publish --from-git', 'release-plz release --git-token "$T"'],
      isNot: ['cargo build', 'release-plz release-pr'],
    },
  }),
];
