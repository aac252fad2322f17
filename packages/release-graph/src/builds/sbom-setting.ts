import type { Value } from '../model.ts';
import { formTexts } from '../values/value.ts';

/** Whether a build makes an SBOM; `unknown` where that is decided in the run. */
export type SbomSetting = boolean | 'unknown';

/** `sbom: true`, `sbom: generator=…`, `--sbom`. Empty is not given. */
export function sbomSetting(value: Value | undefined): SbomSetting {
  if (!value) return false;
  const texts = formTexts(value).map((text) => text.trim().toLowerCase());
  if (texts.some((text) => asks(text))) return true;
  return value.complete ? false : 'unknown';
}

/** An expression that is not known asks neither way. */
function asks(text: string): boolean {
  return text !== '' && text !== 'false' && text !== '0' && !text.includes('disabled=true') && !/^\$/.test(text);
}

/** `attests: type=sbom,…`, `--attest type=sbom`. */
export function sbomAttest(entries: readonly string[]): boolean {
  return entries.some((text) => /(?:^|,)\s*type=sbom(?:,|\s*$)/.test(text) && !text.includes('disabled=true'));
}

/** The first that is sure. */
export function eitherSbom(...settings: readonly SbomSetting[]): SbomSetting {
  if (settings.includes(true)) return true;
  return settings.includes('unknown') ? 'unknown' : false;
}
