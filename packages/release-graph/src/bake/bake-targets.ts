import type { Range } from '@plimsoll/documents';
import { formText, isKnown, joined, literal, oneOf, onlyValue, unknown, withDefinition } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import { valueOf } from './bake-file.ts';
import type { BakeFile } from './bake-file.ts';
import type { BakeBlock, BakeValue } from './bake-model.ts';
import { secretsRead } from './secrets-read.ts';

/** A value of a target, with its place. */
export interface Placed {
  readonly value: Resolved;
  readonly range: Range;
}

export interface NamedPlaced extends Placed {
  readonly name: string;
  readonly nameRange: Range;
}

/** What bake builds for one target, with what it inherits and its overrides. */
export interface BakeTarget {
  readonly name: string;
  readonly range: Range;
  readonly context?: Placed;
  readonly dockerfile?: Placed;
  readonly inline: boolean;
  readonly target?: Placed;
  readonly args: readonly NamedPlaced[];
  readonly contexts: readonly NamedPlaced[];
  readonly labels: readonly NamedPlaced[];
  readonly tags: readonly Placed[];
  readonly output: readonly Placed[];
  readonly attest: readonly Placed[];
  readonly annotations: readonly Placed[];
}

/** `target.key=value`, also with `*` in the target's name and with `+=`. */
export interface Override {
  readonly pattern: string;
  readonly key: string;
  readonly value: Resolved;
  readonly range: Range;
}

type Variables = (name: string) => Resolved | undefined;

const maxTargets = 256;

/** The targets that are built for these names of targets and groups; none: `default`. `environment` wins over defaults. */
export function bakeTargets(
  file: BakeFile,
  names: readonly string[],
  overrides: readonly Override[],
  environment: Variables,
): readonly BakeTarget[] {
  const variables = lookup(file, environment);
  const wanted = expandGroups(file, names.length > 0 ? names : ['default'], variables);
  const seen = new Set(wanted);
  const found: BakeTarget[] = [];
  for (const name of seen) {
    const legs = expandMatrix(file, name, variables).slice(0, maxTargets - found.length);
    const targets = legs.map((one) => targetOf(file, one, overrides));
    for (const linked of targets.flatMap(linkedTargets)) seen.add(linked);
    found.push(...targets);
  }
  return found;
}

/** The targets whose results are contexts of this one: bake builds them too. */
function linkedTargets({ context, contexts }: BakeTarget): readonly string[] {
  return [...(context ? [context] : []), ...contexts]
    .flatMap(({ value }) => known(value))
    .flatMap((text) => (text.startsWith('target:') ? [text.slice('target:'.length)] : []));
}

/** The names of all targets that someone may build: those of groups, or without groups those that no other inherits. */
export function buildableTargets(file: BakeFile): readonly string[] {
  const variables = lookup(file, () => undefined);
  if (file.groups.size > 0) return expandGroups(file, [...file.groups.keys()], variables);
  const inherited = [...file.targets.values()].flatMap((block) => listOf(valueOf(block, 'inherits'), variables));
  const parents = new Set(inherited.flatMap(({ value }) => known(value)));
  return [...file.targets.keys()].filter((name) => !parents.has(name));
}

const maxDepth = 20;

function lookup(file: BakeFile, environment: Variables): Variables {
  const known = new Map<string, Resolved | undefined>();
  const find = (name: string): Resolved | undefined => {
    if (known.has(name)) return known.get(name);
    known.set(name, unknown(`\${${name}}`, 'it leads back to itself'));
    const preset = file.variables.get(name);
    const given = environment(name);
    const value =
      given ??
      (preset
        ? withDefinition(evaluate(preset, find), { at: preset.range, label: `the variable ${name}` })
        : file.variables.has(name)
          ? literal('')
          : undefined);
    known.set(name, value);
    return value;
  };
  return find;
}

function expandGroups(file: BakeFile, names: readonly string[], variables: Variables): readonly string[] {
  const found = new Set<string>();
  const follow = (name: string, depth: number): void => {
    const group = file.groups.get(name);
    if (!group || depth > maxDepth) {
      found.add(name);
      return;
    }
    for (const target of listOf(valueOf(group, 'targets'), variables))
      for (const text of known(target.value)) follow(text, depth + 1);
  };
  for (const name of names) follow(name, 0);
  return [...found];
}

interface Leg {
  readonly name: string;
  readonly block: BakeBlock;
  readonly variables: Variables;
}

/** A target with a `matrix` is one for each combination. */
function expandMatrix(file: BakeFile, name: string, variables: Variables): readonly Leg[] {
  const block = file.targets.get(name);
  if (!block) return [];
  const matrix = valueOf(block, 'matrix');
  let legs: readonly ReadonlyMap<string, Resolved>[] = [new Map()];
  for (const { key, value } of matrix?.kind === 'object' ? matrix.entries : []) {
    const values = listOf(value, variables);
    legs = legs.flatMap((leg) => values.map((one) => new Map([...leg, [key, one.value]]))).slice(0, maxTargets);
  }
  return legs.map((leg) => ({ name, block, variables: (key) => leg.get(key) ?? variables(key) }));
}

function targetOf(file: BakeFile, leg: Leg, overrides: readonly Override[]): BakeTarget {
  const { name, block, variables } = leg;
  const own = overrides.filter(({ pattern }) => matches(pattern, name));
  const chain = inheritance(file, block, variables);
  const field = (key: string): Placed | undefined => {
    const given = own.findLast((one) => one.key === key);
    if (given) return given;
    const value = chain.flatMap((one) => valueOf(one, key) ?? []).at(-1);
    return value && value.kind !== 'null' ? { value: evaluate(value, variables), range: value.range } : undefined;
  };
  const list = (key: string, keys = [key]): readonly Placed[] => {
    const given = own.filter((one) => keys.includes(one.key.replace(/\+$/, '')));
    const last = chain.flatMap((one) => keys.flatMap((each) => valueOf(one, each) ?? [])).at(-1);
    const replaced = given.some((one) => !one.key.endsWith('+'));
    return [...(replaced ? [] : listOf(last, variables)), ...given];
  };
  const map = (key: string): readonly NamedPlaced[] => namedOf(chain, key, own, variables);
  const [context, dockerfile, target] = [field('context'), field('dockerfile'), field('target')];
  return {
    name,
    range: block.range,
    ...(context && { context }),
    ...(dockerfile && { dockerfile }),
    inline: field('dockerfile-inline') !== undefined,
    ...(target && { target }),
    args: map('args'),
    contexts: map('contexts'),
    labels: map('labels'),
    tags: list('tags'),
    output: list('output', ['output', 'outputs']),
    attest: list('attest'),
    annotations: list('annotations'),
  };
}

function matches(pattern: string, name: string): boolean {
  return pattern === '*' || pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1)));
}

/** What a target inherits, the farthest first, itself last. */
function inheritance(file: BakeFile, block: BakeBlock, variables: Variables): readonly BakeBlock[] {
  const found: BakeBlock[] = [];
  const follow = (one: BakeBlock, depth: number): void => {
    if (depth > maxDepth || found.length > maxTargets) return;
    for (const parent of listOf(valueOf(one, 'inherits'), variables)) {
      for (const name of known(parent.value)) {
        const inherited = file.targets.get(name);
        if (inherited && inherited !== block) follow(inherited, depth + 1);
      }
    }
    found.push(one);
  };
  follow(block, 0);
  return found;
}

function namedOf(
  chain: readonly BakeBlock[],
  key: string,
  overrides: readonly Override[],
  variables: Variables,
): readonly NamedPlaced[] {
  const found = new Map<string, NamedPlaced>();
  for (const block of chain) {
    const map = valueOf(block, key);
    for (const entry of map?.kind === 'object' ? map.entries : []) {
      const { value } = entry;
      if (value.kind === 'null') continue;
      const range = {
        file: entry.keyRange.file,
        start: entry.keyRange.start,
        end: Math.max(entry.keyRange.end, value.range.end),
      };
      found.set(entry.key, { name: entry.key, nameRange: entry.keyRange, value: evaluate(value, variables), range });
    }
  }
  for (const one of overrides) {
    if (!one.key.startsWith(`${key}.`)) continue;
    const name = one.key.slice(key.length + 1);
    found.set(name, { name, nameRange: one.range, value: one.value, range: one.range });
  }
  return [...found.values()];
}

function listOf(value: BakeValue | undefined, variables: Variables): readonly Placed[] {
  if (!value || value.kind === 'null') return [];
  if (value.kind === 'list')
    return value.items
      .filter((item) => item.kind !== 'null')
      .map((item) => ({ value: evaluate(item, variables), range: item.range }));
  if (value.kind === 'choice') {
    const { canBeTrue, canBeFalse } = truthOf(value.condition, variables);
    return [...(canBeTrue ? listOf(value.yes, variables) : []), ...(canBeFalse ? listOf(value.no, variables) : [])];
  }
  return [{ value: evaluate(value, variables), range: value.range }];
}

function evaluate(value: BakeValue, variables: Variables): Resolved {
  switch (value.kind) {
    case 'text':
      return joined(value.parts.map((part) => (typeof part === 'string' ? literal(part) : evaluate(part, variables))));
    case 'name':
      return variables(value.name) ?? unknown(`\${${value.name}}`, `the variable ${value.name} is not declared`);
    case 'choice': {
      const { canBeTrue, canBeFalse } = truthOf(value.condition, variables);
      return oneOf([
        ...(canBeTrue ? [evaluate(value.yes, variables)] : []),
        ...(canBeFalse ? [evaluate(value.no, variables)] : []),
      ]);
    }
    case 'null':
      return literal('');
    case 'object':
      return joined(
        value.entries.flatMap((one, index) => [
          literal(`${index > 0 ? ',' : ''}${one.key}=`),
          evaluate(one.value, variables),
        ]),
      );
    case 'other':
      return unknown(`\${${value.text}}`, 'bake evaluates it', secretsRead(value.text, variables));
    default:
      return unknown('${…}', 'it is no text');
  }
}

function truthOf(
  value: BakeValue,
  variables: Variables,
): { readonly canBeTrue: boolean; readonly canBeFalse: boolean } {
  if (value.kind === 'compare') {
    const left = onlyValue(evaluate(value.left, variables));
    const right = onlyValue(evaluate(value.right, variables));
    if (left === undefined || right === undefined) return { canBeTrue: true, canBeFalse: true };
    const holds = (left === right) === value.equal;
    return { canBeTrue: holds, canBeFalse: !holds };
  }
  const text = onlyValue(evaluate(value, variables));
  return { canBeTrue: text !== 'false', canBeFalse: text !== 'true' };
}

function known(value: Resolved): readonly string[] {
  return value.forms.filter(isKnown).map(formText);
}
