import { randomPattern } from './ignore-case.ts';
import type { Random } from './random.ts';
import { several } from './random.ts';
import { randomName } from './tree-case.ts';

export interface DockerfileCase {
  readonly text: string;
  readonly stages: readonly string[];
  readonly buildArgs: Readonly<Record<string, string>>;
}

/** Bytes of each heredoc: more than any file of the tree has, so that size tells what is not of the context. */
export const heredocBytes = 1000;

/** A Dockerfile from scratch which copies from a tree with these paths, in every form of COPY and ADD. */
export function randomDockerfile(random: Random, paths: readonly string[]): DockerfileCase {
  const count = random.pick([1, 1, 2, 2, 3]);
  const buildArgs: Record<string, string> = {};
  const lines: string[] = [];
  const stages: string[] = [];
  if (random.chance(0.2)) lines.push(`ARG G=${randomWord(random, paths)}`);
  for (let i = 0; i < count; i++) {
    const base = stages.length > 0 && random.chance(0.35) ? random.pick(stages as [string]) : 'scratch';
    lines.push(`FROM ${base} AS s${i}`);
    const stage: StageWriter = { random, paths, stages: [...stages], variables: new Set(), buildArgs };
    several(1 + random.number(3), () => lines.push(...randomInstruction(stage)));
    stages.push(`s${i}`);
  }
  return { text: `${lines.join('\n')}\n`, stages, buildArgs };
}

interface StageWriter {
  readonly random: Random;
  readonly paths: readonly string[];
  /** Those before it. */
  readonly stages: readonly string[];
  readonly variables: Set<string>;
  readonly buildArgs: Record<string, string>;
}

function randomInstruction(stage: StageWriter): readonly string[] {
  const { random } = stage;
  if (random.chance(0.12)) return [`WORKDIR ${randomDestination(stage).replace(/\/\.?$/, '') || '/w'}`];
  if (random.chance(0.2)) return declareVariable(stage);
  return randomCopy(stage);
}

function declareVariable({ random, paths, variables, buildArgs }: StageWriter): readonly string[] {
  const name = random.pick(['P', 'Q', 'D']);
  variables.add(name);
  const value = randomWord(random, paths);
  if (random.chance(0.3)) buildArgs[name] = randomWord(random, paths);
  return [random.pick([`ARG ${name}=${value}`, `ENV ${name}=${value}`, `ARG ${name}="${value}"`])];
}

/** A path that needs no quotes. */
function randomWord(random: Random, paths: readonly string[]): string {
  const path = random.pick([...paths, 'src', 'a'] as unknown as [string]);
  return /^[\w./-]+$/.test(path) ? path : 'lib';
}

function randomCopy(stage: StageWriter): readonly string[] {
  const { random } = stage;
  const from = stage.stages.length > 0 && random.chance(0.35) ? randomFrom(stage) : undefined;
  const command = from === undefined && random.chance(0.15) ? 'ADD' : 'COPY';
  const flags = [...(from === undefined ? [] : [`--from=${from}`]), ...randomFlags(stage, command)];
  const heredoc = random.chance(0.06) ? 'EOF' : undefined;
  const sources = several(heredoc !== undefined && random.chance(0.5) ? 0 : random.pick([1, 1, 1, 2, 3]), () =>
    from === undefined || random.chance(0.2) ? randomSource(stage) : randomStageSource(stage),
  );
  const words = [...sources, ...(heredoc === undefined ? [] : [`<<${heredoc}`]), randomDestination(stage)];
  const json =
    heredoc === undefined &&
    (words.some((word) => /[\s#<'"]/.test(word) && !random.chance(0.02)) || random.chance(0.15));
  const body = json ? JSON.stringify(words) : words.join(' ');
  const head = [command, ...flags, body].join(' ');
  return heredoc === undefined ? [head] : [head, 'x'.repeat(heredocBytes - 1), heredoc];
}

function randomFrom({ random, stages }: StageWriter): string {
  const index = random.number(stages.length);
  const name = stages[index] ?? 's0';
  return random.pick([name, name, String(index), name.toUpperCase()]);
}

function randomFlags({ random, paths }: StageWriter, command: string): readonly string[] {
  const flags: string[] = [];
  const exclude = (): string => `--exclude=${randomPattern(random, paths).replace(/["'\s]/g, '')}`;
  if (command === 'COPY' && random.chance(0.18)) flags.push('--parents');
  if (random.chance(0.18)) flags.push(exclude());
  if (random.chance(0.05)) flags.push(exclude());
  if (random.chance(0.15)) flags.push('--link');
  if (random.chance(0.1)) flags.push('--chown=1:1');
  if (random.chance(0.1)) flags.push('--chmod=0755');
  return flags.filter((flag) => flag !== '--exclude=');
}

/** What a stage before may well hold. */
function randomStageSource({ random, paths }: StageWriter): string {
  const path = random.pick([...paths, 'a'] as unknown as [string]);
  return random.pick([
    '/',
    '.',
    '*',
    '/d',
    '/d/',
    'd*',
    'd',
    '/[a-d]*',
    '?',
    '*/*',
    `${path[0] ?? ''}*`,
    `d/${path[0] ?? ''}*`,
  ]);
}

function randomSource(stage: StageWriter): string {
  const { random, paths, variables } = stage;
  if (random.chance(0.12)) return random.pick(['.', '/', './', '*', '*/', '..', '*/*', '**', '*.txt', '[a-c]*']);
  if (variables.size > 0 && random.chance(0.3)) return randomVariable(stage);
  if (random.chance(0.04)) return randomName(random);
  const path = random.pick([...paths, 'a'] as unknown as [string]);
  if (random.chance(0.4)) return path;
  return random.pick([
    () => `./${path}`,
    () => `/${path}`,
    () => `../${path}`,
    () => `${path}/`,
    () => path.replace('/', '/./'),
    () => `./${path.replace(/\/[^/]*$/, '')}/./${path}`,
    () => `${path.slice(0, path.lastIndexOf('/') + 1)}*`,
    () => path.replace(/^[^/]+/, '*'),
    () => path.replace(/.$/u, '*'),
    () => path.replace(/.$/u, '?'),
    () => path.replace(/^./u, '[a-z]'),
    () => path.replace(/^[^/]+/, '**'),
    () => `**/${path.replace(/^.*\//, '')}`,
    () => path.replace(/^./u, '[^q]'),
    () => path.replace(/([^\w/])/u, '\\$1'),
    () => `${path}/../${path}`,
    () => `${path}/.`,
  ])();
}

function randomVariable({ random, variables }: StageWriter): string {
  const name = random.pick([...variables] as [string]);
  return random.pick([
    `$${name}`,
    `\${${name}}`,
    `\${${name}:-b}`,
    `\${${name}}*`,
    `./\${${name}}/`,
    `\${${name}:+src}`,
  ]);
}

function randomDestination(stage: StageWriter): string {
  const { random, paths, variables } = stage;
  if (random.chance(0.5))
    return random.pick(['/', '/d/', '/d', 'd', './', '.', '/a/b/', '/d/.', 'e/', '../up/', '/x/y', 'd/..']);
  if (variables.size > 0 && random.chance(0.3)) return `/${randomVariable(stage)}`;
  const path = random.pick([...paths, 'src'] as unknown as [string]);
  const word = /^[\w./-]+$/.test(path) ? path : 'a';
  return random.pick([`/${word}`, `/${word}/`, word, `/d/${word}`, `/${word.replace(/\/[^/]*$/, '')}/`]);
}
