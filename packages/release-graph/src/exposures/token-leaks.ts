import type { Build } from '../model.ts';
import type { StepView } from '../credentials/step-view.ts';
import { actionVersion } from './action-version.ts';
import type { OpenCheckout } from './kept-tokens.ts';
import type { TokenLeak } from './model.ts';
import { uploads, uploadsRunnerTemp } from './upload-paths.ts';

const UPLOADS: Readonly<Record<string, 'artifact' | 'cache'>> = {
  'actions/upload-artifact': 'artifact',
  'actions/cache': 'cache',
  'actions/cache/save': 'cache',
};

/** What a step uploads of the folder that holds the token. */
export function uploadLeaks(checkout: OpenCheckout, view: StepView): readonly TokenLeak[] {
  const into = UPLOADS[view.action ?? ''];
  const path = view.input('path');
  const { uses } = view.step.step;
  if (!into || !path || !uses) return [];
  const place = { at: path.range, label: `${uses.text} takes it along` };
  const leak = (certain: boolean): readonly TokenLeak[] => [{ into, certain, places: [place] }];
  if (checkout.keptIn !== 'folder' && uploadsRunnerTemp(path.value.forms)) return leak(checkout.keptIn === 'runner');
  if (checkout.keptIn === 'runner' || checkout.folder === undefined) return [];
  if (into === 'artifact' && !takesHiddenFiles(view)) return [];
  const config = checkout.folder === '' ? '.git/config' : `${checkout.folder}/.git/config`;
  return uploads(path.value.forms, config) ? leak(checkout.keptIn === 'folder') : [];
}

/** From 4.4 (and 3.2) on, actions/upload-artifact leaves hidden files out unless it is told otherwise (its README). */
function takesHiddenFiles(view: StepView): boolean {
  const input = view.input('include-hidden-files');
  if (input) return input.value.values.includes('true');
  const { uses } = view.step.step;
  const [major, minor] = (uses && actionVersion(uses)) ?? [Infinity, Infinity];
  return major < 3 || (major === 3 && minor < 2) || (major === 4 && minor < 4);
}

/** What a build of the checked out repository brings into an image that leaves the job. */
export function imageLeaks({ own, keptIn }: OpenCheckout, build: Build, published: boolean): readonly TokenLeak[] {
  if (!own || keptIn === 'runner' || (build.pushes === false && !published)) return [];
  const repository = build.contents?.final?.files.find(({ treePath }) => treePath === '.git');
  if (!repository) return [];
  return [
    {
      into: 'image',
      certain: keptIn === 'folder' && build.pushes !== 'unknown',
      places: [
        { at: build.range, label: 'this step builds the image' },
        { at: repository.copy.source.range, label: 'this copies .git into it' },
      ],
    },
  ];
}
