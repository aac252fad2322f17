// Written by `npm run docs`.
import type { Rule } from '@plimsoll/core';
import { missingAttestation } from './missing-attestation.ts';

export const rules: readonly Rule[] = [missingAttestation];
