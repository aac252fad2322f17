// Written by `npm run docs` from the files of this folder.
import type { Rule } from '@plimsoll/core';
import { disabledAttestation } from './disabled-attestation.ts';
import { laxVerification } from './lax-verification.ts';
import { missingAttestation } from './missing-attestation.ts';
import { missingLabels } from './missing-labels.ts';
import { missingRecord } from './missing-record.ts';
import { missingSbom } from './missing-sbom.ts';
import { wrongSubject } from './wrong-subject.ts';

export const rules: readonly Rule[] = [
  disabledAttestation,
  laxVerification,
  missingAttestation,
  missingLabels,
  missingRecord,
  missingSbom,
  wrongSubject,
];
