// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { broadCopy } from './broad-copy.ts';
import { missingDockerignore } from './missing-dockerignore.ts';
import { sensitiveFile } from './sensitive-file.ts';

export const rules: readonly Rule[] = [broadCopy, missingDockerignore, sensitiveFile];
