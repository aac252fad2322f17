import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';
import type { Deployment, ReleaseGraph } from '../index.ts';

/** A workflow with one job, whose steps are given. */
export const job = (steps: string, more = '', id = 'production'): string =>
  `on: push\njobs:\n  ${id}:\n    runs-on: ubuntu-24.04\n${more}    steps:\n${indented(steps, 6)}\n`;

export const indented = (text: string, by: number): string => text.trimEnd().replace(/^(?=.)/gm, ' '.repeat(by));

export const run = (script: string): string => `- run: |\n${indented(script, 4)}\n`;

export function graphOf(workflow: string, more: Readonly<Record<string, string>> = {}): ReleaseGraph {
  return buildGraph(documentsOf({ '.github/workflows/deploy.yml': workflow, Dockerfile: 'FROM scratch\n', ...more }));
}

/** What a deployment says of its images, a line each: `ghcr.io/acme/api by tag 1`. */
export function imagesOf({ images }: Deployment): readonly string[] {
  return images.map(({ name, by, identity }) => `${name ?? '?'} by ${by} ${identity ?? '?'}`);
}

export function deployed(workflow: string, more?: Readonly<Record<string, string>>): readonly string[] {
  return graphOf(workflow, more).deployments.map((one) => [one.how, ...imagesOf(one)].join(': '));
}
