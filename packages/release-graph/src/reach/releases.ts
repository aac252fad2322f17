import { firstLine } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { viewOf } from '../credentials/step-view.ts';
import type { StepInstance } from '../lanes/model.ts';

/** A release of GitHub that a step makes, or files that it adds to one. */
export interface FoundRelease {
  readonly how: string;
  readonly range: Range;
  readonly step: StepInstance;
}

/** Actions that make a release, with the input that makes a draft of it. */
const releaseActions: ReadonlySet<string> = new Set([
  'softprops/action-gh-release',
  'ncipollo/release-action',
  'actions/create-release',
  'actions/upload-release-asset',
  'marvinpinto/action-automatic-releases',
  'svenstaro/upload-release-action',
  'elgohr/github-release-action',
  'comnoco/create-release-action',
  'shogo82148/actions-upload-release-asset',
  'helm/chart-releaser-action',
]);

const releaseCommands: ReadonlySet<string> = new Set(['create', 'upload']);

export function releasesOf(step: StepInstance): readonly FoundRelease[] {
  const view = viewOf(step);
  const { uses } = step.step;
  if (uses)
    return view.action && releaseActions.has(view.action) ? [{ how: view.action, range: uses.range, step }] : [];
  return view.commands.flatMap(({ command }) => {
    const [tool, group, action] = command.words.map((word) => word.text);
    if (tool !== 'gh' || group !== 'release' || !releaseCommands.has(action ?? '')) return [];
    return [{ how: `gh release ${action ?? ''}`, range: firstLine(command.range), step }];
  });
}
