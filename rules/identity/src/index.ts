// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { latestTag } from './latest-tag.ts';
import { signedByTag } from './signed-by-tag.ts';
import { unpinnedAction } from './unpinned-action.ts';
import { unpinnedImage } from './unpinned-image.ts';

export const rules: readonly Rule[] = [latestTag, signedByTag, unpinnedAction, unpinnedImage];
