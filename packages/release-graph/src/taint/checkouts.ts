import { firstLine, optionValues } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { foldersOf } from '../builds/cwd.ts';
import { workingDirectory } from '../builds/workspace.ts';
import { viewOf } from '../credentials/step-view.ts';
import type { CommandView, StepView } from '../credentials/step-view.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { reachesOf } from '../triggers/index.ts';
import type { Reach } from '../triggers/index.ts';
import { formText } from '../values/resolved.ts';
import { formTexts } from '../values/value.ts';
import { executingAction } from './executing-actions.ts';
import { buildsImage, executedPath, pathFrom, requiredPath } from './executions.ts';
import {
  artifactFolder,
  checksOutFetched,
  downloadsArtifact,
  fetchesHead,
  headInput,
  namesHead,
  refusesForks,
} from './head-code.ts';
import { layerCaches } from './layer-caches.ts';
import type { CodeRun, UntrustedCheckout } from './model.ts';
import { emptyWorkspace, put, ranFrom } from './workspace.ts';
import type { Brought, Workspace } from './workspace.ts';

/** Where strangers' code comes into runs with rights, whether it is run there or not. Each place once. */
export function broughtCode(lanes: Lanes): readonly UntrustedCheckout[] {
  const found = new Map<string, UntrustedCheckout>();
  for (const job of lanes.jobs) {
    for (const reach of reachesOf(job)) {
      if (reach.by !== 'anyone' || !reach.privileged) continue;
      for (const one of broughtInto(job, reach)) {
        const key = `${one.range.file.path}:${one.range.start}`;
        const known = found.get(key);
        if (!known || known.runs.length < one.runs.length) found.set(key, one);
      }
    }
  }
  return [...found.values()];
}

function broughtInto(job: JobInstance, reach: Reach): readonly UntrustedCheckout[] {
  const workspace = emptyWorkspace();
  for (const step of withCalledSteps(job.steps)) {
    if (!matters(step, workspace)) continue;
    if (reachesOf(step).some((one) => one.trigger === reach.trigger && one.by === 'anyone'))
      takeStep(step, workspace, reach);
  }
  return workspace.brought;
}

/** Before anything is brought in, only a step that may bring it is looked at. */
function matters({ step }: StepInstance, workspace: Workspace): boolean {
  if (workspace.brought.length > 0 || workspace.fetched) return true;
  if (step.run) return /\b(?:git|gh|hub)\b/.test(step.run.value);
  return /checkout|artifact|github-script|build|bake/.test(step.uses?.text ?? '') && step.with.length > 0;
}

function takeStep(step: StepInstance, workspace: Workspace, reach: Reach): void {
  const view = viewOf(step);
  if (view.action === 'actions/checkout') return takeCheckout(step, view, workspace, reach);
  const artifacts = artifactFolder(step);
  const { uses } = step.step;
  if (artifacts !== undefined && uses && reach.event === 'workflow_run')
    put(workspace, artifacts, brought('artifact', uses.range, uses.text, step, reach), 'overlay');
  else if (uses) takeAction(step, view, workspace, reach);
  else takeScript(step, view, workspace, reach);
}

function takeCheckout(step: StepInstance, view: StepView, workspace: Workspace, reach: Reach): void {
  const path = view.input('path')?.value.values[0] ?? '';
  const head = headInput(step, reach.event);
  const refuses = head ? refusesForks(step, reach.event) : false;
  if (refuses === true) return;
  const what = head
    ? {
        ...brought('checkout', head.value.range, head.value.value.trim(), step, reach),
        perhapsRefused: refuses === 'perhaps',
      }
    : 'own';
  put(workspace, path, what, 'replace');
}

/** A local action is looked for in the workspace; others are told by the table. An image build may take the head as its Git context. */
function takeAction(step: StepInstance, view: StepView, workspace: Workspace, reach: Reach): void {
  const { uses } = step.step;
  if (!uses) return;
  const label = labelOf(uses.text);
  if (uses.target === 'local' && uses.text.startsWith('./'))
    return markRun(workspace, uses.path ?? '', { at: uses.range, label, where: 'runner' });
  if (view.action === 'actions/github-script')
    return markRun(workspace, requiredPath(view.input('script')?.value.written ?? ''), {
      at: uses.range,
      label,
      where: 'runner',
    });
  const row = executingAction(view.action);
  if (!row || (row.with !== undefined && !isGiven(view, row.with))) return;
  const given = row.folder === undefined ? undefined : view.input(row.folder);
  const folder = given?.value.forms.map(formText)[0] ?? '';
  const savesLayers = savedLayers(view);
  const run: CodeRun = {
    at: uses.range,
    label,
    where: row.image ? 'image' : 'runner',
    ...(savesLayers && { savesLayers }),
  };
  if (given && row.image && namesHead(folder, step)) {
    const context = brought('checkout', given.value.range, given.value.written.trim(), step, reach);
    workspace.brought.push({ ...context, runs: [run] });
  } else markRun(workspace, pathFrom('', folder), run);
}

function savedLayers(view: StepView): CodeRun['savesLayers'] {
  const to = view.input('cache-to');
  const set = view.input('set');
  const caches = [
    ...(to ? layerCaches(formTexts(to.value)) : []),
    ...(set ? layerCaches(formTexts(set.value), 'cache-to') : []),
  ];
  return caches.length > 0 ? caches : undefined;
}

function isGiven(view: StepView, input: string): boolean {
  const given = view.input(input);
  return given !== undefined && !given.value.values.includes('false');
}

function takeScript(step: StepInstance, view: StepView, workspace: Workspace, reach: Reach): void {
  const [first] = view.commands;
  const { job } = step;
  const start = pathFrom('', workingDirectory(step).forms.map(formText)[0] ?? '');
  if (!first || !job || start === undefined) return;
  const folders = foldersOf(job.lanes.documents, first.script, { folder: start, checkouts: [] }, scopeOfStep(step));
  let known = true;
  for (const command of view.commands) {
    const folder = folders.get(command.command);
    known = (known && folder !== undefined) || startsOver(command);
    if (known && folder !== undefined) takeCommand(command, folder, { step, workspace, reach });
  }
}

/** Behind a `cd` that leads out of the workspace, or is not known, only one from its root tells where a script is. */
function startsOver({ command }: CommandView): boolean {
  return (
    command.name === 'cd' && /^(?:\$\{?GITHUB_WORKSPACE|\$\{\{ ?github\.workspace)/.test(command.words[1]?.text ?? '')
  );
}

interface Place {
  readonly step: StepInstance;
  readonly workspace: Workspace;
  readonly reach: Reach;
}

function takeCommand(view: CommandView, folder: string, { step, workspace, reach }: Place): void {
  const { command } = view;
  const at = firstLine(command.range);
  const text = command.words.map((word) => word.text).join(' ');
  const fetched = fetchesHead(view, step);
  const artifacts = reach.event === 'workflow_run' ? downloadsArtifact(view) : undefined;
  if (fetched === 'later') workspace.fetched = brought('command', at, text, step, reach);
  else if (fetched === 'now')
    put(workspace, folder, workspace.fetched ?? brought('command', at, text, step, reach), 'replace');
  else if (artifacts !== undefined) put(workspace, artifacts, brought('artifact', at, text, step, reach), 'overlay');
  else if (workspace.fetched && checksOutFetched(view)) put(workspace, folder, workspace.fetched, 'replace');
  else {
    const words = command.words.map((word) => formTexts(view.value(word))[0]);
    const saved = view.call?.does === 'build' ? optionValues(view.call, 'cache-to').map((word) => word.text) : [];
    const savesLayers = layerCaches(saved);
    markRun(workspace, executedPath(command, words, folder), {
      at,
      label: labelOf(text),
      where: buildsImage(command) ? 'image' : 'runner',
      ...(savesLayers.length > 0 && { savesLayers }),
    });
  }
}

function markRun(workspace: Workspace, path: string | undefined, run: CodeRun): void {
  const code = path === undefined ? undefined : ranFrom(workspace, path);
  if (code && code.runs.length < maxRuns && !fetches(code, run)) code.runs.push(run);
}

const maxRuns = 5;

/** `npx` gets the tool that it runs: an artifact beside it is what that works on. */
function fetches({ brings }: Brought, { label }: CodeRun): boolean {
  return brings === 'artifact' && /^(?:npx|bunx|pnpx) /.test(label);
}

function labelOf(text: string): string {
  return `${shortened(text)} runs it`;
}

function shortened(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

function brought(brings: Brought['brings'], range: Range, written: string, step: StepInstance, reach: Reach): Brought {
  return { range, brings, written: shortened(written), origin: step.origin, reach, runs: [], perhapsRefused: false };
}
