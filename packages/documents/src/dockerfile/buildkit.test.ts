import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SourceFile, expandOptionsAt, expandWord, readDockerfile, scopeAt } from '../index.ts';
import type { Dockerfile, Stage } from '../index.ts';
import { compareWithBuildKit } from './buildkit-comparison.ts';
import type { DockerfileFacts } from './buildkit-comparison.ts';

/** Answers recorded from BuildKit's own code; `tools/oracles` tells how they are refreshed. */
function fixture<Case>(name: string): Case[] {
  const text = readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: Case[] }).cases;
}

describe('a Dockerfile is read as BuildKit reads it', () => {
  const cases = fixture<{ name: string; text: string; buildkit: DockerfileFacts }>('dockerfiles');
  test.each(cases)('$name', ({ text, buildkit }) => {
    const { document, problems } = readDockerfile(new SourceFile('Dockerfile', text));
    expect(compareWithBuildKit(document, problems, buildkit)).toEqual([]);
  });
});

describe('a word is expanded as BuildKit expands it', () => {
  interface Case {
    word: string;
    env?: Record<string, string>;
    escape?: '`';
    body?: boolean;
    buildkit: { value?: string; fault?: string };
  }
  test.each(fixture<Case>('expansions'))('$word', ({ word, env = {}, escape, body, buildkit }) => {
    const scope = new Map(Object.entries(env).map(([name, value]) => [name, { value, origin: 'default' as const }]));
    const { value, reason } = expandWord(word, scope, { ...(escape && { escape }), ...(body && { quotes: false }) });
    expect(value).toBe(buildkit.value);
    expect(reason === undefined).toBe(buildkit.fault === undefined);
  });
});

describe('variables are in scope as in BuildKit', () => {
  interface Case {
    name: string;
    text: string;
    buildArgs?: Record<string, string>;
    buildkit: { labels?: Record<string, string>; fault?: string };
  }
  test.each(fixture<Case>('scopes'))('$name', ({ text, buildArgs = {}, buildkit }) => {
    const { document } = readDockerfile(new SourceFile('Dockerfile', text));
    expect(labelsOf(document, new Map(Object.entries(buildArgs)))).toEqual(buildkit.labels);
  });

  /** The labels of the last stage, with those of the stages that it is FROM. */
  function labelsOf(dockerfile: Dockerfile, buildArgs: ReadonlyMap<string, string>): Record<string, string> {
    const chain: Stage[] = [];
    for (let stage = dockerfile.stages.at(-1); stage; stage = stage.parent) chain.unshift(stage);
    const labels: Record<string, string> = {};
    for (const instruction of chain.flatMap((stage) => stage.instructions)) {
      if (instruction.type !== 'variables' || instruction.name !== 'LABEL') continue;
      const scope = scopeAt(dockerfile, instruction, buildArgs);
      const options = expandOptionsAt(dockerfile, instruction, buildArgs);
      for (const { name, value } of instruction.variables) {
        const key = expandWord(name, scope, options).value ?? '?';
        labels[key] = expandWord(value ?? '', scope, options).value ?? '?';
      }
    }
    return labels;
  }
});
