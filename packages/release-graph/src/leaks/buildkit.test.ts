import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';

/** Recorded by tools/oracles/secrets: where BuildKit keeps the value under test. */
interface Recorded {
  readonly name: string;
  readonly dockerfile: string;
  readonly gives: 'build-arg' | 'secret';
  readonly target?: string;
  readonly provenance?: 'min' | 'max' | 'none';
  readonly outcome: Readonly<Record<'layer' | 'history' | 'config' | 'provenance', boolean>>;
}

const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/buildkit-secrets.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

/** What the graph says of the same build in a workflow. */
function toldOf({ dockerfile, gives, target, provenance = 'max' }: Recorded): Recorded['outcome'] {
  const inputs = [
    'context: .',
    gives === 'build-arg' ? 'build-args: TOKEN=${{ secrets.ANY }}' : 'secrets: token=${{ secrets.ANY }}',
    provenance === 'none' ? 'provenance: false' : `provenance: mode=${provenance}`,
    ...(target === undefined ? [] : [`target: ${target}`, 'push: true']),
  ];
  const { secretFlows, secretLeaks } = buildGraph(
    documentsOf({
      Dockerfile: dockerfile,
      busybox: '',
      '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: u\n    steps:\n      - uses: docker/build-push-action@v7\n        with:\n${inputs.map((line) => `          ${line}\n`).join('')}`,
    }),
  );
  const kept = secretFlows.flatMap(({ keptIn }) => keptIn);
  return {
    layer: secretLeaks.some(({ sink }) => sink === 'layer'),
    history: kept.some((where) => where.startsWith('the history')),
    config: kept.some((where) => where.startsWith('the configuration')),
    provenance: kept.some((where) => where.startsWith('the provenance')),
  };
}

test('at least forty shapes are recorded, with leaks and without', () => {
  expect(recorded.length).toBeGreaterThanOrEqual(40);
  expect(recorded.some(({ outcome }) => outcome.layer)).toBe(true);
  expect(recorded.some(({ outcome }) => Object.values(outcome).every((found) => !found))).toBe(true);
});

test.each(recorded.map((one) => [one.name, one] as const))('as BuildKit keeps it: %s', (_, one) => {
  expect(toldOf(one)).toEqual(one.outcome);
});
