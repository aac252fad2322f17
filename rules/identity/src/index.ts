// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { danglingDigest } from './dangling-digest.ts';
import { discardedDigest } from './discarded-digest.ts';
import { latestTag } from './latest-tag.ts';
import { mutableDeploy } from './mutable-deploy.ts';
import { mutableOnlyPublish } from './mutable-only-publish.ts';
import { overriddenBase } from './overridden-base.ts';
import { signedByTag } from './signed-by-tag.ts';
import { unpinnedAction } from './unpinned-action.ts';
import { unpinnedImage } from './unpinned-image.ts';
import { unpinnedToolchain } from './unpinned-toolchain.ts';
import { unverifiedDownload } from './unverified-download.ts';

export const rules: readonly Rule[] = [
  danglingDigest,
  discardedDigest,
  latestTag,
  mutableDeploy,
  mutableOnlyPublish,
  overriddenBase,
  signedByTag,
  unpinnedAction,
  unpinnedImage,
  unpinnedToolchain,
  unverifiedDownload,
];
