import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';
import { actionScopes } from './actions/index.ts';
import { commandScopes, workflowScopes } from './commands.ts';

describe('each row of the tables', () => {
  const scopesOf = (document: object): ReadonlySet<string> =>
    new Set(
      buildGraph(documentsOf({ '.github/workflows/a.yml': JSON.stringify(document) }))
        .permissionNeeds.filter(({ granted }) => granted === 'yes')
        .map(({ scope }) => scope),
    );
  const oneJob = (content: object) => ({
    on: 'push',
    permissions: 'write-all',
    jobs: { job: { 'runs-on': 'ubuntu-24.04', ...content } },
  });

  test.each(actionScopes.map((row) => [row.action, row] as const))('%s', (action, { needs: rows, example, source }) => {
    const step = { uses: `${action}@v1`, with: example, env: { GITHUB_TOKEN: '${{ github.token }}' } };
    expect(scopesOf(oneJob({ steps: [step] }))).toEqual(new Set(rows.map(({ scope }) => scope)));
    expect(source).not.toBe('');
  });

  test.each(commandScopes.map((row) => [row.words.join(' '), row] as const))(
    '%s',
    (command, { needs: rows, token, source }) => {
      const step = { run: `${command} x`, env: { [token[0] ?? '']: '${{ github.token }}' } };
      expect(scopesOf(oneJob({ steps: [step] }))).toEqual(new Set(rows.map(({ scope }) => scope)));
      expect(source).not.toBe('');
    },
  );

  test.each(workflowScopes.map((row) => [row.workflow, row] as const))('%s', (workflow, { needs: rows, source }) => {
    expect(scopesOf(oneJob({ 'runs-on': undefined, uses: `${workflow}@v1` }))).toEqual(
      new Set(rows.map(({ scope }) => scope)),
    );
    expect(source).not.toBe('');
  });

  test('no action or command has two rows', () => {
    for (const names of [actionScopes.map(({ action }) => action), commandScopes.map(({ words }) => words.join(' '))]) {
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => name !== name.toLowerCase())).toEqual([]);
    }
  });
});
