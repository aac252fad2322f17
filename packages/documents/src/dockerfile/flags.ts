import { parseDuration } from './duration.ts';
import type { Report } from './report.ts';
import type { LexedFlag } from './split.ts';
import { instructionNames } from './suggest.ts';

/** `many`: a value, and the flag may be given again. */
type Kind = 'value' | 'many' | 'boolean';

const copy = { chown: 'value', chmod: 'value', link: 'boolean', exclude: 'many' } as const;

const known = new Map<string, Readonly<Record<string, Kind>>>([
  ['FROM', { platform: 'value' }],
  ['COPY', { ...copy, from: 'value', parents: 'boolean' }],
  ['ADD', { ...copy, 'keep-git-dir': 'boolean', checksum: 'value', unpack: 'boolean' }],
  ['RUN', { mount: 'many', network: 'value', security: 'value', device: 'many' }],
  [
    'HEALTHCHECK',
    { interval: 'value', timeout: 'value', 'start-period': 'value', 'start-interval': 'value', retries: 'value' },
  ],
]);

/** BuildKit drops the flags of ARG and STOPSIGNAL without a word. */
const checked = new Set<string>(instructionNames.filter((name) => name !== 'ARG' && name !== 'STOPSIGNAL'));

/** Reports the flags which an instruction does not take, and the values which they do not take. */
export function checkFlags(instruction: string, flags: readonly LexedFlag[], report: Report): void {
  if (!checked.has(instruction)) return;
  const kinds = known.get(instruction) ?? {};
  const seen = new Set<string>();
  for (const flag of flags) {
    const kind = Object.hasOwn(kinds, flag.written) ? kinds[flag.written] : undefined;
    const fault = kind
      ? faultOf(flag, kind, seen.has(flag.written))
      : unknownFlag(instruction, flag, Object.keys(kinds));
    if (fault !== undefined) report(flag.range, fault);
    seen.add(flag.written);
  }
}

function unknownFlag(instruction: string, flag: LexedFlag, kinds: readonly string[]): string {
  if (kinds.length === 0) return `${instruction} takes no flags, and this is read as one`;
  return `${instruction} has no flag --${flag.written}; it has ${kinds.map((name) => `--${name}`).join(', ')}`;
}

function faultOf(flag: LexedFlag, kind: Kind, again: boolean): string | undefined {
  const { written, value } = flag;
  if (again && kind !== 'many') return `--${written} stands here a second time`;
  if (kind === 'boolean') {
    if (value === undefined || /^(?:true|false)$/i.test(value)) return undefined;
    return `--${written} takes true or false`;
  }
  if (value === undefined) return `--${written} needs a value`;
  return valueFault(written, value);
}

const choices = new Map([
  ['network', ['default', 'none', 'host']],
  ['security', ['sandbox', 'insecure']],
]);

function valueFault(name: string, value: string): string | undefined {
  const allowed = choices.get(name);
  if (allowed && !allowed.includes(value)) return `--${name} takes ${allowed.join(', ')}, not "${value}"`;
  if (name === 'retries') {
    return value === '' || /^\+?\d{1,9}$/.test(value) ? undefined : '--retries takes a whole number, not below 0';
  }
  if (!/^(?:interval|timeout|start-period|start-interval)$/.test(name) || value === '') return undefined;
  const seconds = parseDuration(value);
  if (seconds === undefined) return `--${name} takes a duration such as 30s or 1m30s`;
  return seconds === 0 || seconds >= 0.001 ? undefined : `--${name} cannot be less than 1ms`;
}
