import { pushingActions } from '../permissions/git-token.ts';
import { toolName, toolWords } from '../credentials/step-view.ts';
import type { CommandView, StepView } from '../credentials/step-view.ts';

/** Actions that push with what actions/checkout left behind, besides those which do nothing else. */
const otherPushingActions: ReadonlySet<string> = new Set([
  'changesets/action',
  'cycjimmy/semantic-release-action',
  'helm/chart-releaser-action',
  'mathieudutour/github-tag-action',
  'anothrnick/github-tag-action',
  'phips28/gh-action-bump-version',
  'devops-infra/action-commit-push',
  'python-semantic-release/python-semantic-release',
  'stefanzweifel/changelog-updater-action',
]);

/** Tools that push by themselves, by the words which make them. */
const pushingTools: readonly (readonly string[])[] = [
  ['git', 'push'],
  ['git', 'subtree', 'push'],
  ['lerna', 'version'],
  ['lerna', 'publish'],
  ['nx', 'release'],
  ['semantic-release'],
  ['release-it'],
  ['gh-pages'],
  ['ghp-import'],
  ['mkdocs', 'gh-deploy'],
  ['mike', 'deploy'],
  ['cargo', 'release'],
  ['cargo-release'],
  ['release-plz', 'release-pr'],
  ['bumpp'],
];

/** Whether a step pushes with git, by itself or by a tool which does. */
export function pushesWithAnyTool(view: StepView): boolean {
  if (view.action !== undefined && (pushingActions.has(view.action) || otherPushingActions.has(view.action)))
    return true;
  return view.commands.some(pushes);
}

function pushes({ command }: CommandView): boolean {
  const name = toolName(command);
  const words = toolWords(command).map(({ text }) => text);
  return pushingTools.some(([tool, ...rest]) => tool === name && rest.every((word) => words.includes(word)));
}

/** Whether a command takes the kept token away: removes `.git`, or its entry of the configuration. */
export function dropsToken({ command }: CommandView): boolean {
  const words = command.words.map(({ text }) => text);
  if (command.name === 'rm') return words.some((word) => /(?:^|\/)\.git(?:\/(?:config)?)?$/.test(word));
  if (command.name !== 'git' || !words.includes('config')) return false;
  return (
    words.some((word) => /^--unset(?:-all)?$|^unset$/.test(word)) && words.some((word) => /extraheader/i.test(word))
  );
}
