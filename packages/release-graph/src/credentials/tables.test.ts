import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';
import type { ActionRow, VariableRow } from './model.ts';
import { providers, registryLogins } from './providers/index.ts';

const secret = '${{ secrets.S }}';

/** What is found in a job of one step, given as JSON. */
function found(step: object): readonly string[] {
  const workflow = { on: 'push', jobs: { job: { 'runs-on': 'ubuntu-24.04', steps: [step] } } };
  const { credentialUses } = buildGraph(documentsOf({ '.github/workflows/a.yml': JSON.stringify(workflow) }));
  return credentialUses.map(({ form, provider }) => `${form} ${provider}`);
}

const all = <T>(name: 'actions' | 'variables' | 'commands' | 'registries') =>
  providers.flatMap((row) => (row[name] as readonly T[]).map((one) => [row.provider, one] as const));

test('each row says where it is from and what to do instead', () => {
  for (const { source, alternative, provider } of providers) {
    expect(source, provider).not.toBe('');
    expect(alternative.text, provider).toMatch(/\.$/);
  }
  for (const { source } of registryLogins) expect(source).not.toBe('');
});

test('each provider and each action is named once', () => {
  const names = providers.map(({ provider }) => provider);
  const actions = all<ActionRow>('actions').map(([, { action }]) => action);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(actions).size).toBe(actions.length);
  expect(actions.filter((action) => action !== action.toLowerCase())).toEqual([]);
});

describe('each row is reachable', () => {
  test.each(
    all<ActionRow>('actions').flatMap(([provider, row]) => row.inputs.map((input) => [provider, row, input] as const)),
  )('%s %o: input %s', (provider, row, input) => {
    const publishes = row.publishesWith === undefined ? {} : { [row.publishesWith]: 'x' };
    expect(found({ uses: `${row.action}@v1`, with: { [input]: secret, ...publishes } })).toEqual([
      `static ${provider}`,
    ]);
  });

  test.each(
    all<ActionRow>('actions').flatMap(([provider, row]) =>
      (row.variables ?? []).map((name) => [provider, row, name] as const),
    ),
  )('%s %o: variable %s', (provider, row, name) => {
    const publishes = row.publishesWith === undefined ? {} : { with: { [row.publishesWith]: 'x' } };
    expect(found({ uses: `${row.action}@v1`, env: { [name]: secret }, ...publishes })).toEqual([`static ${provider}`]);
  });

  test.each(all<ActionRow>('actions').filter(([, row]) => row.keyless ?? row.keylessByDefault))(
    '%s %o: keyless',
    (provider, row) => {
      const [input] = row.keyless ?? [];
      const only = row.keylessOnly ? { [row.keylessOnly.input]: row.keylessOnly.values[0] } : {};
      expect(
        found({ uses: `${row.action}@v1`, with: { ...(input !== undefined && { [input]: 'x' }), ...only } }),
      ).toEqual([`keyless ${provider}`]);
    },
  );

  test.each(
    all<VariableRow>('variables').flatMap(([provider, row]) => row.names.map((name) => [provider, row, name] as const)),
  )('%s %o: %s', (provider, row, name) => {
    const tool =
      row.usedBy === undefined
        ? './deploy.sh'
        : typeof row.usedBy === 'string'
          ? 'make release'
          : (row.usedBy[0] ?? '');
    expect(found({ run: tool, env: { [name]: secret } })).toEqual([`static ${provider}`]);
  });

  test.each(providers.flatMap((row) => row.commands.map((command) => [row.provider, command] as const)))(
    '%s %o',
    (provider, { words, options, positional, anySecret, only }) => {
      const value = positional !== undefined ? secret : anySecret ? '' : `${options[0] ?? ''} ${secret}`;
      const before = anySecret ? `echo ${secret} > key.json\n` : '';
      expect(found({ run: `${before}${words.join(' ')} ${only ?? ''} ${value}` })).toEqual([`static ${provider}`]);
    },
  );

  test.each(providers.flatMap((row) => row.registries.map((one) => [row.provider, one.example] as const)))(
    '%s: %s',
    (provider, registry) => {
      expect(found({ uses: 'docker/login-action@v4', with: { registry, username: 'acme', password: secret } })).toEqual(
        [`static ${provider}`],
      );
    },
  );

  test.each(registryLogins.map((row) => [row.action, row] as const))('%s', (action, row) => {
    expect(
      found({
        uses: `${action}@v1`,
        with: { [row.registry]: 'quay.io', [row.username]: 'acme', [row.password]: secret },
      }),
    ).toEqual(['static Quay']);
  });
});
