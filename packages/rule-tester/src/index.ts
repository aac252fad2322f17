export { readExample } from './example.ts';
export type { Mark, PlainExample } from './example.ts';
export { faultsOf, runExample } from './run.ts';
export type { ExampleRun, RunOptions } from './run.ts';
export { exampleTests } from './tests.ts';
export type { ExampleTest } from './tests.ts';
