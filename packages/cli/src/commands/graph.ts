import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { openGraph } from '@plimsoll/engine';
import type { GraphResult } from '@plimsoll/engine';
import { graphData, graphDot, graphJson, graphMermaid, graphText, limitGraph } from '@plimsoll/reporters';
import { folderPrefix } from '../folder-prefix.ts';
import type { GraphCommandOptions } from '../program-graph.ts';
import { startProgress } from '../progress.ts';
import { complain, say } from '../say.ts';
import { writeFileWhole } from '../write.ts';

/** Shows what a repository releases; returns the exit code: 3 where a file could not be read. */
export function runGraph(
  paths: readonly string[],
  options: GraphCommandOptions,
  { color }: { readonly color: boolean },
): number {
  // What is read lives as long as the graph: a young generation that grows with it holds twice as much, and is no faster.
  setFlagsFromString('--semi-space-growth-factor=1');
  const cwd = process.cwd();
  const progress = startProgress(process.stderr);
  const result = openGraph({
    cwd,
    paths,
    ...(options.config !== undefined && { configFile: options.config }),
    onProgress: progress.step,
  });
  progress.stop();
  const { configProblems, uncheckable, notes } = result;
  if (configProblems.length > 0)
    return complain(configProblems.map(({ message, help }) => (help === undefined ? message : `${message}. ${help}`)));
  for (const note of notes) say(note);
  for (const { path = '', reason } of uncheckable) say(`${path}: ${reason}`);
  const failure = write(textOf(result, paths, options, color), options);
  if (failure !== undefined) return complain([failure]);
  return uncheckable.length > 0 ? 3 : 0;
}

function textOf(
  { overview, includes, root }: GraphResult,
  paths: readonly string[],
  { format, output }: GraphCommandOptions,
  color: boolean,
): string {
  const all = graphData(overview);
  const data = paths.length > 0 ? limitGraph(all, includes) : all;
  switch (format) {
    case 'json':
      return graphJson(data);
    case 'dot':
      return graphDot(data);
    case 'mermaid':
      return graphMermaid(data);
    case 'text': {
      const terminal = output === undefined && process.stdout.isTTY === true;
      return graphText(data, {
        color: terminal && color && !process.env['NO_COLOR'],
        ...(terminal && process.stdout.columns > 0 && { width: Math.min(process.stdout.columns, 120) }),
        pathPrefix: folderPrefix(process.cwd(), root),
      });
    }
  }
}

/** Returns what went wrong. */
function write(text: string, { output }: GraphCommandOptions): string | undefined {
  if (output === undefined) {
    process.stdout.write(text);
    return undefined;
  }
  const failure = writeFileWhole(resolve(process.cwd(), output), text);
  return failure === undefined ? undefined : `${output} could not be written: ${failure}`;
}
