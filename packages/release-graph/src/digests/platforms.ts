import { inputValue } from '../builds/action-inputs.ts';
import type { FoundBuild } from '../builds/index.ts';
import { formTexts } from '../values/index.ts';

/** For how many platforms a build is told to be; 1 where nothing is said. */
export function platformsOf({ place, how }: FoundBuild): number {
  const { call, step } = place;
  if (call?.does === 'build') return call.platforms.flatMap((word) => word.text.split(',')).length || 1;
  const given = how === 'build-push-action' && step ? inputValue(step, 'platforms') : undefined;
  const counts = given
    ? formTexts(given).map((text) => text.split(/[\n,]/).filter((one) => one.trim() !== '').length)
    : [];
  return Math.max(1, ...counts);
}
