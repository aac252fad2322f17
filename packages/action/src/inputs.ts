import { resolve } from 'node:path';

/** What a workflow gives the action. */
export interface Inputs {
  /** Where the check starts; absolute. */
  readonly folder: string;
  readonly paths: readonly string[];
  readonly preset: string | undefined;
  readonly failOn: string | undefined;
  readonly config: string | undefined;
  readonly since: string | undefined;
  readonly category: string | undefined;
  readonly sarifFile: string | undefined;
  /** `auto`: where the token may. */
  readonly upload: 'auto' | 'always' | 'never';
  readonly token: string | undefined;
}

const UPLOADS = ['auto', 'always', 'never'] as const;

/** Reads the inputs from the variables that GitHub sets: `INPUT_FAIL-ON` for `fail-on`. */
export function readInputs(
  env: Readonly<Record<string, string | undefined>>,
): Inputs | { readonly faults: readonly string[] } {
  const read = (name: string): string | undefined => env[`INPUT_${name.toUpperCase()}`]?.trim() || undefined;
  const given = read('upload') ?? 'auto';
  const upload = UPLOADS.find((name) => name === given);
  const faults = [
    ...choice('preset', read('preset'), ['recommended', 'strict']),
    ...choice('fail-on', read('fail-on'), ['error', 'warning', 'info']),
    ...choice('upload', given, UPLOADS),
  ];
  if (faults.length > 0 || !upload) return { faults };
  return {
    folder: resolve(env['GITHUB_WORKSPACE'] ?? process.cwd(), read('working-directory') ?? '.'),
    paths: (read('paths') ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    preset: read('preset'),
    failOn: read('fail-on'),
    config: read('config'),
    since: read('since'),
    category: read('category'),
    sarifFile: read('sarif-file'),
    upload,
    token: read('token'),
  };
}

function choice(name: string, value: string | undefined, allowed: readonly string[]): readonly string[] {
  return value === undefined || allowed.includes(value)
    ? []
    : [`the input ${name} is one of ${allowed.join(', ')}, not "${value}"`];
}
