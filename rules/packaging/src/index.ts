// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { addForCopy } from './add-for-copy.ts';
import { broadCopy } from './broad-copy.ts';
import { contractBreach } from './contract-breach.ts';
import { drift } from './drift.ts';
import { emptyWildcard } from './empty-wildcard.ts';
import { foreignProject } from './foreign-project.ts';
import { gitContext } from './git-context.ts';
import { ineffectivePattern } from './ineffective-pattern.ts';
import { missingContext } from './missing-context.ts';
import { missingDockerignore } from './missing-dockerignore.ts';
import { missingProject } from './missing-project.ts';
import { missingSource } from './missing-source.ts';
import { rootUser } from './root-user.ts';
import { sensitiveFile } from './sensitive-file.ts';
import { shallowPattern } from './shallow-pattern.ts';
import { toolchainShipped } from './toolchain-shipped.ts';
import { unfrozenInstall } from './unfrozen-install.ts';
import { unusedDockerignore } from './unused-dockerignore.ts';

export const rules: readonly Rule[] = [
  addForCopy,
  broadCopy,
  contractBreach,
  drift,
  emptyWildcard,
  foreignProject,
  gitContext,
  ineffectivePattern,
  missingContext,
  missingDockerignore,
  missingProject,
  missingSource,
  rootUser,
  sensitiveFile,
  shallowPattern,
  toolchainShipped,
  unfrozenInstall,
  unusedDockerignore,
];
