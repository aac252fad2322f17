// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { laxVerification } from './lax-verification.ts';
import { missingAttestation } from './missing-attestation.ts';
import { wrongSubject } from './wrong-subject.ts';

export const rules: readonly Rule[] = [laxVerification, missingAttestation, wrongSubject];
