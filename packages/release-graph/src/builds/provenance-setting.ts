import type { Range } from '@plimsoll/documents';
import type { ValueScope } from '../values/value.ts';
import { truth } from '../values/truth.ts';
import type { ProvenanceSetting } from './found.ts';

/** `provenance: …` and `--provenance=…`: `false` turns it off, all else asks for it. */
export function provenanceSetting(text: string, range: Range): ProvenanceSetting {
  const value = text.trim().toLowerCase();
  const off = value === 'false' || value === '0' || /(?:^|,)\s*disabled=(?:true|1)/.test(value);
  return {
    state: off ? 'off' : 'asked',
    at: { at: range, label: off ? 'provenance is turned off here' : 'provenance is asked for here' },
  };
}

/** `attests: type=provenance,…` and `--attest`; undefined where no entry is about provenance. */
export function attestSetting(
  entries: readonly { readonly text: string; readonly range: Range }[],
): ProvenanceSetting | undefined {
  const entry = entries.find(({ text }) => /(?:^|,)\s*type=provenance(?:,|\s*$)/.test(text));
  return entry && provenanceSetting(entry.text.replace(/type=provenance/, 'mode=any'), entry.range);
}

/** `BUILDX_NO_DEFAULT_ATTESTATIONS`, where it is set to something true. */
export function noDefault(scope: ValueScope): ProvenanceSetting | undefined {
  const value = scope.variable('BUILDX_NO_DEFAULT_ATTESTATIONS');
  if (!value || !truth(value).canBeTrue || truth(value).canBeFalse) return undefined;
  const [definition] = value.definitions;
  return {
    state: 'off',
    ...(definition && { at: { at: definition.at, label: 'the default attestation is turned off here' } }),
  };
}
