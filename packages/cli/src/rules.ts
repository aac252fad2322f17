import type { Rule } from '@plimsoll/core';
import { engineRules } from '@plimsoll/engine';
import type { EngineRule } from '@plimsoll/engine';
import { rules as credentials } from '@plimsoll/rules-credentials';
import { rules as identity } from '@plimsoll/rules-identity';
import { rules as lane } from '@plimsoll/rules-lane';
import { rules as packaging } from '@plimsoll/rules-packaging';
import { rules as provenance } from '@plimsoll/rules-provenance';
import { rules as secrets } from '@plimsoll/rules-secrets';

/** Every rule of this version, by package as the design lists them. */
export const rules: readonly Rule[] = [...identity, ...lane, ...provenance, ...packaging, ...credentials, ...secrets];

/** All that a finding can be named by: the rules, and what the engine itself reports. */
export const described: readonly (Rule | EngineRule)[] = [...rules, ...engineRules];
