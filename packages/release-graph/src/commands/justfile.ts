import { MappedText } from '@plimsoll/documents';
import type { Range, SourceFile } from '@plimsoll/documents';
import { joined, literal, oneOf, unknown, withDefinition } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import type { Variables } from './makefile.ts';

/** A recipe of a justfile (just's manual, "Recipe Parameters", "Dependencies", "Shebang Recipes"). */
export interface JustRecipe {
  readonly name: string;
  /** The parameters, in order. */
  readonly parameters: readonly JustParameter[];
  /** The recipes that it runs first. */
  readonly needs: readonly string[];
  /** What a shell gets, with `{{name}}` as `${name}`: a line each, or all of a recipe that starts with `#!`. */
  readonly scripts: readonly MappedText[];
}

export interface JustParameter {
  readonly name: string;
  readonly preset?: string;
}

/** A parameter's value, of a call or as it is preset. */
export function presetOf({ preset }: JustParameter): Resolved | undefined {
  return preset === undefined ? undefined : justValue(preset, () => undefined);
}

export interface Justfile {
  readonly recipes: readonly JustRecipe[];
  /** The variables of the file, under those that a call gives. */
  readonly variables: (given: Variables) => Variables;
}

const assignment = /^(?:export\s+)?([A-Za-z_][\w-]*)\s*:=(.*)$/;
const header = /^@?([A-Za-z_][\w-]*)((?:\s[^:=]*(?:=[^:]*)?)?):(?!=)(.*)$/;
const setting = /^(?:set|alias|mod\??|import\??|\[)/;

/** Literal assignments and parameters are followed; functions, conditions and imports are not. */
export function readJustfile(file: SourceFile): Justfile {
  const assignments = new Map<string, { readonly value: string; readonly range: Range }>();
  const recipes: { -readonly [K in keyof JustRecipe]: JustRecipe[K] }[] = [];
  let body: Range[] = [];
  const close = (): void => {
    const last = recipes.at(-1);
    if (last) last.scripts = scriptsOf(body);
    body = [];
  };
  for (const line of logicalLines(file)) {
    const text = file.text.slice(line.start, line.end);
    if (/^[ \t]/.test(text)) body.push(line);
    if (/^(?:[ \t#]|$)/.test(text) || setting.test(text)) continue;
    const [, name, value] = assignment.exec(text) ?? [];
    if (name !== undefined && value !== undefined) {
      assignments.set(name, { value, range: line });
      continue;
    }
    const [, recipe, parameters = '', needs = ''] = header.exec(text) ?? [];
    if (recipe === undefined) continue;
    close();
    recipes.push({ name: recipe, parameters: parametersOf(parameters), needs: needsOf(needs), scripts: [] });
  }
  close();
  return { recipes, variables: (given) => variablesOf(assignments, given) };
}

/** Lines, with those that a backslash continues. */
function* logicalLines(file: SourceFile): Generator<Range> {
  for (let line = 1; line <= file.lineCount; line++) {
    const start = file.lineStart(line);
    while (line < file.lineCount && file.lineText(line).endsWith('\\')) line++;
    yield file.range(start, file.lineEnd(line));
  }
}

/** `TAG VERSION="1" *more` */
function parametersOf(text: string): readonly JustParameter[] {
  return [...text.matchAll(/([A-Za-z_][\w-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[\w-]+))?/g)].map(([, name = '', preset]) => ({
    name,
    ...(preset !== undefined && { preset }),
  }));
}

/** `test (image TAG) && publish` */
function needsOf(text: string): readonly string[] {
  const [plain = ''] = text.split('#', 1);
  const names = plain.replaceAll(/\(\s*([A-Za-z_][\w-]*)(?![\w-])[^()]*\)/g, '$1');
  return names.split(/[\s&]+/).filter((name) => /^[A-Za-z_]/.test(name));
}

function scriptsOf(lines: readonly Range[]): readonly MappedText[] {
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) return [];
  const { file } = first;
  if (!/^[ \t]+#!/.test(file.text.slice(first.start, first.end))) return lines.map((line) => recipeText(line));
  const shebang = file.text.slice(first.start, first.end);
  return /\b(?:ba|z|da|k)?sh\b/.test(shebang) ? [recipeText(file.range(first.start, last.end))] : [];
}

/** Drops the indent and `@`, `-` before the command, and turns `{{name}}` into what a shell reads alike. */
function recipeText(line: Range): MappedText {
  const whole = MappedText.of(line);
  const start = /^[ \t]*[@-]*/.exec(whole.text)?.[0].length ?? 0;
  const pieces: MappedText[] = [];
  let from = start;
  for (const { index, 0: found } of whole.text.matchAll(/\{\{[^{}\n]*\}\}/g)) {
    if (index < from) continue;
    const end = index + found.length;
    const name = /^\{\{\s*([A-Za-z_]\w*)\s*\}\}$/.exec(found)?.[1];
    const at = name === undefined ? index + 2 : whole.text.indexOf(name, index);
    const inner = whole.slice(at, name === undefined ? end - 2 : at + name.length);
    pieces.push(
      whole.slice(from, index),
      whole.slice(index, index + 1).withText('$'),
      whole.slice(index + 1, index + 2),
      name === undefined ? inner.withText('_'.repeat(inner.text.length)) : inner,
      whole.slice(end - 1, end),
    );
    from = end;
  }
  pieces.push(whole.slice(from));
  return MappedText.join(line.file, pieces);
}

const maxDepth = 30;

function variablesOf(
  assignments: ReadonlyMap<string, { readonly value: string; readonly range: Range }>,
  given: Variables,
): Variables {
  const known = new Map<string, Resolved>();
  let depth = 0;
  const resolve = (name: string): Resolved | undefined => {
    const outer = given(name) ?? known.get(name);
    const own = assignments.get(name);
    if (outer || !own) return outer;
    if (depth >= maxDepth) return unknown(`{{${name}}}`, 'it goes through too many names');
    known.set(name, unknown(`{{${name}}}`, 'it leads back to itself'));
    depth++;
    const value = withDefinition(justValue(own.value, resolve), { at: own.range, label: `${name} is set here` });
    depth--;
    known.set(name, value);
    return value;
  };
  return resolve;
}

/** Literals and names that `+` and `/` join; what else a justfile evaluates is unknown. */
function justValue(text: string, resolve: Variables): Resolved {
  const parts: Resolved[] = [];
  for (const [whole, quoted, operator, name] of text.matchAll(
    /("[^"]*"|'[^']*')|([+/])|([A-Za-z_][\w-]*)(?!\s*\()|\S+/g,
  )) {
    if (quoted !== undefined) parts.push(literal(quoted.slice(1, -1)));
    else if (operator !== undefined) parts.push(literal(operator === '/' ? '/' : ''));
    else if (whole.startsWith('#')) break;
    else parts.push((name !== undefined && resolve(name)) || unknown(whole, 'just evaluates it in the run'));
  }
  return parts.length > 0 ? joined(parts) : oneOf([literal('')]);
}
