/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** A run of a log that Plimsoll wrote, as far as a merge has to know it. */
export interface LogRun {
  /** What stands beside the runs. */
  readonly log: Json;
  readonly driver: Json;
  readonly version: string;
  readonly rules: readonly (Json & { readonly id: string })[];
  readonly category: string | undefined;
  readonly successful: boolean;
  readonly notifications: readonly LogNotification[];
  readonly results: readonly LogResult[];
  readonly preset: string;
  readonly files: number;
  readonly suppressed: number;
  /** What is the same in every run. */
  readonly constants: Json;
}

export interface LogNotification {
  readonly index: number;
  readonly text: string;
  readonly json: Json;
}

export interface LogResult {
  readonly ruleId: string;
  readonly level: string;
  readonly message: string;
  /** Decoded, from the repository's root. */
  readonly path: string;
  /** Start line and column, end line and column. */
  readonly region: readonly [number, number, number, number];
  readonly suppressed: boolean;
  readonly json: Json;
}

/** No log of Plimsoll nests as deep. */
const depthLimit = 64;

/** Reads a log; returns what is wrong with it, in a sentence, where Plimsoll didn't write it. */
export function readLog(name: string, text: string): readonly LogRun[] | string {
  const value = parse(text);
  if (value === undefined) return `${name}: it is no JSON`;
  if (!isObject(value) || value['version'] !== '2.1.0' || !Array.isArray(value['runs'])) {
    return `${name}: it is no SARIF 2.1.0`;
  }
  const { runs, ...log } = value;
  const read = listOf(runs).map((run) => readRun(run, log));
  if (read.length === 0) return `${name}: it holds no run`;
  const fault = read.find((run) => typeof run === 'string');
  return fault === undefined ? read.filter((run) => typeof run !== 'string') : `${name}: ${fault}`;
}

function readRun(run: unknown, log: Json): LogRun | string {
  const driver = at(run, 'tool', 'driver');
  const version = at(driver, 'version');
  if (!isObject(run) || !isObject(driver) || driver['name'] !== 'plimsoll' || typeof version !== 'string') {
    return `it is not of plimsoll, but of ${textOf(at(driver, 'name')) || 'no tool that it names'}`;
  }
  const rules = listOf(driver['rules']).filter(hasId);
  const ids = new Set(rules.map(({ id }) => id));
  const results = listOf(run['results']).map(readResult);
  const odd = results.findIndex((result) => result === undefined || !ids.has(result.ruleId));
  if (!Array.isArray(run['results'])) return 'it holds no results';
  if (odd >= 0) return `its result ${odd + 1} has no rule, message or place`;
  const invocation = listOf(run['invocations'])[0];
  const { originalUriBaseIds, columnKind } = run;
  return {
    log,
    driver,
    version,
    rules,
    category: textOf(at(run, 'automationDetails', 'id')) || undefined,
    successful: at(invocation, 'executionSuccessful') !== false,
    notifications: listOf(at(invocation, 'toolExecutionNotifications')).filter(isObject).map(readNotification),
    results: results.filter((result) => result !== undefined),
    preset: textOf(at(run, 'properties', 'preset')),
    files: numberOf(at(run, 'properties', 'files')),
    suppressed: numberOf(at(run, 'properties', 'suppressed')),
    constants: { originalUriBaseIds, columnKind },
  };
}

function readResult(json: unknown): LogResult | undefined {
  const place = at(listOf(at(json, 'locations'))[0], 'physicalLocation');
  const uri = at(place, 'artifactLocation', 'uri');
  const region = at(place, 'region');
  const ruleId = at(json, 'ruleId');
  const message = at(json, 'message', 'text');
  if (!isObject(json) || typeof ruleId !== 'string' || typeof message !== 'string') return undefined;
  if (typeof uri !== 'string' || !isObject(region)) return undefined;
  const number = (key: string) => numberOf(region[key]);
  return {
    ruleId,
    level: textOf(json['level']),
    message,
    path: decoded(uri),
    region: [number('startLine'), number('startColumn'), number('endLine'), number('endColumn')],
    suppressed: Array.isArray(json['suppressions']) && json['suppressions'].length > 0,
    json,
  };
}

function readNotification(json: Json): LogNotification {
  return { index: numberOf(at(json, 'descriptor', 'index')), text: textOf(at(json, 'message', 'text')), json };
}

/** Undefined where it is no JSON, or JSON that nests too deep to be written again. */
function parse(text: string): unknown {
  if (nesting(text) > depthLimit) return undefined;
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** How deep the brackets of JSON text nest; those within its strings don't count. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '\\') i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === '{' || c === '[')) deepest = Math.max(deepest, ++depth);
    else if (!quoted && (c === '}' || c === ']')) depth--;
  }
  return deepest;
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasId(rule: unknown): rule is Json & { readonly id: string } {
  return isObject(rule) && typeof rule['id'] === 'string';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
