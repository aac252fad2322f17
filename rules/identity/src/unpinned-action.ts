import { defineRule } from '@plimsoll/core';
import type { ActionReference, ImageReference } from '@plimsoll/core';

export const unpinnedAction = defineRule({
  id: 'identity/unpinned-action',
  summary: 'An action or a reusable workflow is not named by a full commit.',
  why: 'Whoever can move the tag or the branch runs code in this job, with its token and its secrets. A full commit cannot be moved.',
  limits:
    'In the recommended preset only in jobs that have secrets, an identity token or a write scope. It does not see whether the commit belongs to the repository that is named, nor what the action itself pulls.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['Scorecard: Pinned-Dependencies', 'GitHub: Security hardening for GitHub Actions'],
  visits: 'actionReference',
  options: {
    everywhere: {
      description: 'Report each place, also in jobs that hold nothing of worth.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      {
        '.github/workflows/ci.yml':
          'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «actions/checkout@v4»\n      - uses: «codecov/codecov-action@4fe8c5f»\n',
      },
    ],
    good: [
      {
        '.github/workflows/ci.yml':
          'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@63af6dc6d3e6ebe877d0710460f9a5fe582efe6a # v4.2.2\n      - uses: ./.github/actions/prepare\n',
      },
    ],
  },
  check(reference, report, { everywhere }) {
    const { uses, range, releases } = reference;
    if (!everywhere && !releases) return;
    const defect = defectOf(reference);
    if (defect) report({ at: range, ...defect, ...(!everywhere && { same: uses.text }) });
  },
});

interface Defect {
  readonly message: string;
  readonly help: string;
  readonly severity?: 'info';
}

const SLSA_GENERATOR = 'slsa-framework/slsa-github-generator';

function defectOf({ uses, image, ownRepository, trusted, releases }: ActionReference): Defect | undefined {
  const { text, target, owner, repository, ref = '', comment = '' } = uses;
  const because = releases ? `, and ${releases}` : '';
  if (image) return dockerDefect(image, because);
  if ((target !== 'action' && target !== 'workflow') || ownRepository || trusted) return undefined;
  const name = text.split('@')[0] ?? text;
  if (`${owner}/${repository}`.toLowerCase() === SLSA_GENERATOR) return generatorDefect(name, ref);
  const help = `Write ${name}@<full commit> # ${!isHex(ref) && /\d/.test(ref) ? ref : '<version>'}, and let Renovate or Dependabot raise both`;
  if (!isCommit(ref)) {
    const what =
      ref === ''
        ? 'no ref'
        : isHex(ref)
          ? `the abbreviated commit "${ref}", which others can come to match`
          : `"${ref}", which can be moved`;
    return { message: `${name} is named by ${what}${because}`, help };
  }
  if (/\d/.test(comment)) return undefined;
  return {
    message: `${name} is named by a commit with no version beside it: nobody sees which release it is, or that it is old`,
    help: `Write ${text} # <version>`,
    severity: 'info',
  };
}

function dockerDefect({ image, moving }: ImageReference, because: string): Defect | undefined {
  if (image.digest || moving) return undefined;
  return {
    message: `${image.name} is named by the tag "${image.tag ?? ''}", which can be pointed at other content${because}`,
    help: `Write docker://${image.text}@sha256:<digest>`,
  };
}

function generatorDefect(name: string, ref: string): Defect | undefined {
  if (/^v\d+\.\d+\.\d+/.test(ref)) return undefined;
  return {
    message: `${name} is named by "${ref}": the generator only works when it is named by a full version tag, which its verifier checks`,
    help: `Write ${name}@vX.Y.Z`,
  };
}

function isCommit(ref: string): boolean {
  return ref.length === 40 && isHex(ref);
}

function isHex(ref: string): boolean {
  return /^[0-9a-f]{7,40}$/i.test(ref);
}
