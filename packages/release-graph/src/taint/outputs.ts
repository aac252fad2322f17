import type { Step, Uses } from '@plimsoll/documents';
import { actionVersion } from '../exposures/action-version.ts';
import type { Source } from './sources.ts';

interface Row {
  readonly outputs: RegExp;
  readonly what: string;
  /** `anyone`, unless it is only of what was merged. */
  readonly by?: Source['by'];
  /** Quoted for a shell, or cleaned, by default or by an input. */
  readonly safe?: (step: Step, uses: Uses) => boolean;
}

const FILES = 'the names of the changed files';
const BRANCH = "the name of a pull request's branch";
const COMMENT = 'the text of a comment';
const TEXT = 'the text of a pull request or issue';
const CHANGES = 'the titles and messages of what was merged';

/** Actions which return text of strangers as it is, by their names in lower case. */
const table: Readonly<Record<string, Row>> = {
  'tj-actions/changed-files': {
    outputs: /files$|^.*_dirs?$|directories$/,
    what: FILES,
    safe: (step, uses) => !isGiven(step, 'safe_output', 'false') && isFrom(uses, 41),
  },
  'tj-actions/verify-changed-files': {
    outputs: /^changed[_-]files$/,
    what: FILES,
    safe: (step, uses) => !isGiven(step, 'safe_output', 'false') && isFrom(uses, 17),
  },
  'tj-actions/branch-names': {
    outputs: /branch$/,
    what: BRANCH,
    safe: (_, uses) => isFrom(uses, 8) || isGivenVersion(uses, 7, 0, 7),
  },
  'dorny/paths-filter': {
    outputs: /_files$/,
    what: FILES,
    safe: (step) =>
      isGiven(step, 'list-files', 'shell') ||
      isGiven(step, 'list-files', 'escape') ||
      !step.with.some(({ name }) => name === 'list-files'),
  },
  'jitterbit/get-changed-files': { outputs: /./, what: FILES },
  'ana06/get-changed-files': { outputs: /./, what: FILES },
  'trilom/file-changes-action': { outputs: /^files/, what: FILES },
  'lots0logs/gh-action-get-changed-files': { outputs: /./, what: FILES },
  'masesgroup/retrieve-changed-files': { outputs: /./, what: FILES },
  'xt0rted/pull-request-comment-branch': { outputs: /^head_ref$/, what: BRANCH },
  'alessbell/pull-request-comment-branch': { outputs: /^head_ref$/, what: BRANCH },
  'eficode/resolve-pr-refs': { outputs: /^head_ref$/, what: BRANCH },
  'potiuk/get-workflow-origin': { outputs: /^sourceheadbranch$/i, what: BRANCH },
  'peter-evans/find-comment': { outputs: /^comment-body$/, what: COMMENT },
  'khan/pull-request-comment-trigger': { outputs: /^comment_body$/, what: COMMENT },
  'shanegenschaw/pull-request-comment-trigger': { outputs: /^comment_body$/, what: COMMENT },
  'github/command': { outputs: /^(?:comment_body|params|head_ref|ref)$/, what: COMMENT },
  'xt0rted/slash-command-action': { outputs: /^command-arguments$/, what: COMMENT },
  'jwalton/gh-find-current-pr': { outputs: /^(?:title|body)$/, what: TEXT },
  '8bitjonny/gh-get-current-pr': { outputs: /^(?:pr_title|pr_body|pr_head_ref|pr)$/, what: TEXT },
  'amannn/action-semantic-pull-request': {
    outputs: /^error_message$/,
    what: 'the title of a pull request, in a message',
  },
  'stefanbuck/github-issue-parser': { outputs: /./, what: 'the text of an issue' },
  'peter-murray/issue-body-parser-action': { outputs: /./, what: 'the text of an issue' },
  'issue-ops/parser': { outputs: /./, what: 'the text of an issue' },
  'zentered/issue-forms-body-parser': { outputs: /./, what: 'the text of an issue' },
  ...merged('changelog', 'mikepenz/release-changelog-builder-action', 'requarks/changelog-action'),
  ...merged('changelog', 'metcalfc/changelog-generator', 'heinrichreimer/action-github-changelog-generator'),
  ...merged('changelog|clean_changelog', 'tripss/conventional-changelog-action', 'mathieudutour/github-tag-action'),
  ...merged('changelog|content', 'orhun/git-cliff-action', 'scottbrenner/generate-changelog-action'),
  ...merged('changes', 'loopwerk/tag-changelog'),
  ...merged('body|pr', 'release-drafter/release-drafter', 'googleapis/release-please-action'),
  ...merged('new_release_notes', 'cycjimmy/semantic-release-action'),
};

function merged(outputs: string, ...actions: readonly string[]): Readonly<Record<string, Row>> {
  const row: Row = { outputs: new RegExp(`^(?:${outputs})$`), what: CHANGES, by: 'merged' };
  return Object.fromEntries(actions.map((action) => [action, row]));
}

/** An output of an action of another repository that holds text of strangers. */
export function untrustedOutput(step: Step, output: string): Source | undefined {
  const { uses } = step;
  if (uses?.target !== 'action') return undefined;
  const action = `${uses.owner ?? ''}/${uses.repository ?? ''}`.toLowerCase();
  if (action === 'actions/github-script') return outputOfScript(step, output);
  const row = table[action];
  if (!row?.outputs.test(output) || row.safe?.(step, uses)) return undefined;
  return { what: row.what, by: row.by ?? 'anyone' };
}

/** Fields of issues, pull requests, comments and commits that are free text. */
const FREE = /\.(?:title|body|message)\b|\.head\.(?:ref|label)\b|\bhead_ref\b/;
const CLEANED =
  /\.replace(?:All)?\(\s*\/\[\^|\bencodeURIComponent\(|\bparseInt\(|\bNumber\(|\.(?:length|includes|match|test|startsWith|some|every)\b/;

/** What actions/github-script returns as `result`, or sets by `core.setOutput('name', …)`. */
function outputOfScript(step: Step, output: string): Source | undefined {
  const script = step.with.find(({ name }) => name.toLowerCase() === 'script')?.value ?? '';
  const texts =
    output === 'result' ? [script.slice(script.lastIndexOf('return ') + 1, script.length)] : settings(script, output);
  if (output === 'result' && !script.includes('return ')) return undefined;
  return texts.some((text) => FREE.test(text) && !CLEANED.test(text)) ? { what: TEXT, by: 'anyone' } : undefined;
}

function settings(script: string, output: string): readonly string[] {
  return script
    .split('setOutput(')
    .slice(1)
    .filter((rest) => /^\s*(['"`])([\w-]+)\1/.exec(rest)?.[2] === output)
    .map((rest) => rest.split('\n', 1)[0] ?? '');
}

function isGiven({ with: given }: Step, input: string, value: string): boolean {
  return given.some((one) => one.name.toLowerCase() === input && one.value.trim().toLowerCase() === value);
}

/** Of an unknown version the present one is taken: its outputs are quoted. */
function isFrom(uses: Uses, major: number): boolean {
  const version = actionVersion(uses);
  return version === undefined || version[0] >= major;
}

function isGivenVersion({ ref = '', comment = '' }: Uses, ...wanted: readonly [number, number, number]): boolean {
  const [, ...found] = /\bv?(\d{1,4})\.(\d{1,4})\.(\d{1,4})\b/.exec(`${ref} ${comment}`) ?? [];
  return (
    found.length === 3 &&
    found.every((part, index) => (index < 2 ? Number(part) === wanted[index] : Number(part) >= (wanted[index] ?? 0)))
  );
}
