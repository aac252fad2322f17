import { MappedText } from '@plimsoll/documents';
import type { Range, SourceFile } from '@plimsoll/documents';
import { joined, literal, oneOf, unknown, withDefinition } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import type { ValueScope } from '../values/value.ts';

/** One line of a recipe: make runs each in a shell of its own. */
export interface RecipeLine {
  readonly target: string;
  /** As the shell gets it, but with `$(NAME)` as `${NAME}`. */
  readonly text: MappedText;
}

interface Assignment {
  readonly value: string;
  readonly appends: boolean;
  /** `?=`: only where the environment does not set it. */
  readonly yields: boolean;
  readonly range: Range;
}

const assignment = /^(?:export\s+|override\s+)*([A-Za-z_][\w.-]*)\s*(\?=|\+=|:::?=|:=|=)(.*)$/s;

/** Variables of the environment, or of the command line. */
export type Variables = (name: string) => Resolved | undefined;

export interface Makefile {
  readonly recipes: readonly RecipeLine[];
  /** The variables, for a call with `given` on the command line, which wins, in an environment. */
  readonly scope: (given?: Variables, environment?: Variables) => ValueScope;
  /** The targets that a target needs. */
  readonly prerequisites: ReadonlyMap<string, readonly string[]>;
  /** The paths of the files that it includes, and that those include. */
  readonly includes: readonly string[];
}

/** A file by the path that a Makefile includes it by. */
export type Included = (path: string) => SourceFile | undefined;

interface Reading {
  readonly variables: Map<string, Assignment[]>;
  readonly recipes: RecipeLine[];
  readonly prerequisites: Map<string, string[]>;
  /** The files that are read, by path: each is read once. */
  readonly files: Set<string>;
  readonly included: Included;
}

const maxFiles = 100;
/** A rule for more targets than these is read for the first. */
const maxTargets = 20;

/**
 * The recipes and variables of a Makefile, with those of the files that it includes by a literal path. Simple
 * assignments are followed; functions and conditionals are not.
 */
export function readMakefile(file: SourceFile, included: Included = () => undefined): Makefile {
  const reading: Reading = {
    variables: new Map(),
    recipes: [],
    prerequisites: new Map(),
    files: new Set(),
    included,
  };
  readLines(file, reading);
  const { variables, recipes, prerequisites, files } = reading;
  return {
    recipes,
    prerequisites,
    includes: [...files].filter((path) => path !== file.path),
    scope: (given = nothing, environment = nothing) => makeScope(variables, given, environment),
  };
}

function readLines(file: SourceFile, reading: Reading): void {
  if (reading.files.has(file.path) || reading.files.size >= maxFiles) return;
  reading.files.add(file.path);
  const { variables, recipes, prerequisites } = reading;
  let targets: readonly string[] = [];
  for (const line of logicalLines(file)) {
    const text = file.text.slice(line.start, line.end);
    if (text.startsWith('\t')) {
      const recipe = recipeText(line);
      for (const target of targets) recipes.push({ target, text: recipe });
      continue;
    }
    if (assign(variables, text, line) || include(text, reading)) continue;
    const colon = text.indexOf(':');
    if (colon < 1 || /^\s*(?:#|ifn?eq|ifn?def)/.test(text)) continue;
    targets = text.slice(0, colon).trim().split(/\s+/).slice(0, maxTargets);
    const behind = text.slice(text[colon + 1] === ':' ? colon + 2 : colon + 1);
    const [needs = ''] = behind.split(/[|;#]/, 1);
    const needed = needs.split(/\s+/).filter(Boolean);
    for (const target of targets) prerequisites.set(target, [...(prerequisites.get(target) ?? []), ...needed]);
  }
}

/** Takes a line into the variables; false where it assigns none. */
function assign(variables: Map<string, Assignment[]>, text: string, range: Range): boolean {
  const [, name, operator, value] = assignment.exec(text) ?? [];
  if (name === undefined || value === undefined) return false;
  const all = variables.get(name) ?? [];
  all.push({ value: withoutComment(value), appends: operator === '+=', yields: operator === '?=', range });
  variables.set(name, all);
  return true;
}

/** Reads the files that a line includes in its place; false where it includes none. */
function include(text: string, reading: Reading): boolean {
  const [, paths] = /^\s*[-s]?include\s(.*)$/.exec(text) ?? [];
  if (paths === undefined) return false;
  for (const path of withoutComment(paths).split(/\s+/)) {
    const file = path === '' ? undefined : reading.included(path);
    if (file) readLines(file, reading);
  }
  return true;
}

/** Lines, with those that a backslash continues. */
function* logicalLines(file: SourceFile): Generator<Range> {
  for (let line = 1; line <= file.lineCount; line++) {
    const start = file.lineStart(line);
    while (line < file.lineCount && file.lineText(line).endsWith('\\')) line++;
    yield file.range(start, file.lineEnd(line));
  }
}

function withoutComment(value: string): string {
  const hash = value.search(/(?:^|\s)#/);
  return (hash < 0 ? value : value.slice(0, hash)).trim();
}

/** Drops the tab and `@`, `-`, `+` before the command, and turns what make replaces into what a shell reads alike. */
function recipeText(line: Range): MappedText {
  const whole = MappedText.of(line);
  const start = /^\t[\s@+-]*/.exec(whole.text)?.[0].length ?? 0;
  const pieces: MappedText[] = [];
  let from = start;
  for (const match of whole.text.matchAll(/\$\$|\$\(([A-Za-z_]\w*)\)/g)) {
    if (match.index < from) continue;
    const end = match.index + match[0].length;
    pieces.push(whole.slice(from, match.index));
    if (match[1] === undefined) pieces.push(whole.slice(match.index, match.index + 1));
    else pieces.push(whole.slice(match.index, end).withText(`\${${match[1]}}`));
    from = end;
  }
  pieces.push(whole.slice(from));
  return MappedText.join(line.file, pieces);
}

const nothing: Variables = () => undefined;
const maxDepth = 30;

function makeScope(
  variables: ReadonlyMap<string, readonly Assignment[]>,
  given: Variables,
  environment: Variables,
): ValueScope {
  const known = new Map<string, Resolved | undefined>();
  let depth = 0;
  const compute = (name: string): Resolved | undefined => {
    const assignments = variables.get(name) ?? [];
    const [first] = assignments;
    const outer = given(name) ?? (assignments.every((one) => one.yields) ? environment(name) : undefined);
    if (outer || !first) return outer;
    if (depth >= maxDepth) return unknown(`$(${name})`, 'it goes through too many names');
    known.set(name, unknown(`$(${name})`, 'it leads back to itself'));
    depth++;
    const value = valueOf(assignments, (text) => expand(text, resolve));
    depth--;
    return withDefinition(value, { at: first.range, label: `${name} is set here` });
  };
  const resolve = (name: string): Resolved | undefined => {
    if (!known.has(name)) known.set(name, compute(name));
    return known.get(name);
  };
  return { context: (path) => unknown(path.join('.'), 'it is no workflow'), variable: resolve };
}

/** Several assignments are alternatives, since conditionals are not followed; `+=` adds to what was before. */
function valueOf(assignments: readonly Assignment[], resolve: (text: string) => Resolved): Resolved {
  const ways: Resolved[] = [];
  for (const { value, appends } of assignments) {
    const before = appends ? ways.pop() : undefined;
    ways.push(before ? joined([before, literal(' '), resolve(value)]) : resolve(value));
  }
  return oneOf(ways);
}

function expand(text: string, resolve: (name: string) => Resolved | undefined): Resolved {
  const parts: Resolved[] = [];
  let at = 0;
  for (const match of text.matchAll(/\$\$|\$\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\$\{([^{}]*)\}/g)) {
    parts.push(literal(text.slice(at, match.index)));
    const name = (match[1] ?? match[2])?.trim();
    if (name === undefined) parts.push(literal('$'));
    else
      parts.push((/^[A-Za-z_][\w.-]*$/.test(name) && resolve(name)) || unknown(match[0], `make evaluates ${match[0]}`));
    at = match.index + match[0].length;
  }
  return joined([...parts, literal(text.slice(at))]);
}
