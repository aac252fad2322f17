import type { Rule } from '@plimsoll/core';
import { faultsOf } from './run.ts';

/** A test for any runner: `run` rejects with the faults of the example. */
export interface ExampleTest {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** The examples of rules as tests: each bad one is found at its marks and nowhere else, each good one is clean. */
export function exampleTests(rules: readonly Rule[]): readonly ExampleTest[] {
  return rules.flatMap((rule) =>
    (['bad', 'good'] as const).flatMap((kind) =>
      rule.examples[kind].map((example, i) => ({
        name: `${rule.id}: ${kind} example ${i + 1}`,
        run: async () => {
          const marked = Object.values(example).some((text) => text.includes('«'));
          if (marked !== (kind === 'bad')) throw new Error(`a ${kind} example has ${marked ? 'a' : 'no'} mark`);
          const faults = await faultsOf(rule, example);
          if (faults.length > 0) throw new Error(faults.join('\n'));
        },
      })),
    ),
  );
}
