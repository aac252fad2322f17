import { firstLine } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { foldersOf } from '../builds/cwd.ts';
import { workingDirectory } from '../builds/workspace.ts';
import { viewOf } from '../credentials/step-view.ts';
import type { StepView } from '../credentials/step-view.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { reachesOf } from '../triggers/index.ts';
import type { Reach } from '../triggers/index.ts';
import { formText } from '../values/resolved.ts';
import { formTexts } from '../values/value.ts';
import { executingAction } from './executing-actions.ts';
import { executionOf, pathFrom } from './executions.ts';
import {
  artifactFolder,
  checksOutFetched,
  downloadsArtifact,
  fetchesHead,
  headInput,
  refusesForks,
} from './head-code.ts';
import type { UntrustedCheckout } from './model.ts';
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
    if (reachesOf(step).some((one) => one.trigger === reach.trigger && one.by === 'anyone'))
      takeStep(step, workspace, reach);
  }
  return workspace.brought;
}

function takeStep(step: StepInstance, workspace: Workspace, reach: Reach): void {
  const view = viewOf(step);
  if (view.action === 'actions/checkout') return takeCheckout(step, view, workspace, reach);
  const artifacts = artifactFolder(step);
  const { uses } = step.step;
  if (artifacts !== undefined && uses && reach.event === 'workflow_run')
    put(workspace, artifacts, brought('artifact', uses.range, uses.text, step, reach), 'overlay');
  else if (uses) takeAction(step, view, workspace);
  else takeScript(step, view, workspace, reach);
}

function takeCheckout(step: StepInstance, view: StepView, workspace: Workspace, reach: Reach): void {
  const path = view.input('path')?.value.values[0] ?? '';
  const head = headInput(step, reach.event);
  const refuses = head ? refusesForks(step, reach.event) : false;
  if (refuses === true) return;
  const what = head
    ? { ...brought('checkout', head.value.range, head.text, step, reach), perhapsRefused: refuses === 'perhaps' }
    : 'own';
  put(workspace, path, what, 'replace');
}

/** A local action is looked for in the workspace; others are told by the table. */
function takeAction(step: StepInstance, view: StepView, workspace: Workspace): void {
  const { uses } = step.step;
  if (!uses) return;
  if (uses.target === 'local' && uses.text.startsWith('./'))
    return markRun(workspace, { path: uses.path ?? '', kind: 'folder' }, uses.range, uses.text);
  const row = executingAction(view.action);
  if (!row || (row.with !== undefined && !isGiven(view, row.with))) return;
  const folder = row.folder === undefined ? '' : (view.input(row.folder)?.value.forms.map(formText)[0] ?? '');
  const path = pathFrom('', folder);
  if (path !== undefined) markRun(workspace, { path, kind: 'folder' }, uses.range, uses.text);
}

function isGiven(view: StepView, input: string): boolean {
  const given = view.input(input);
  return given !== undefined && !given.value.values.includes('false');
}

function takeScript(step: StepInstance, view: StepView, workspace: Workspace, reach: Reach): void {
  const [first] = view.commands;
  const { job } = step;
  if (!first || !job) return;
  const { documents } = job.lanes;
  const start = workingDirectory(step).forms.map(formText)[0] ?? '';
  const folder = pathFrom('', start);
  if (folder === undefined) return;
  const folders = foldersOf(documents, first.script, { folder, checkouts: [] }, scopeOfStep(step));
  for (const command of view.commands) {
    const at = folders.get(command.command) ?? folder;
    const range = firstLine(command.command.range);
    const text = command.command.words.map((word) => word.text).join(' ');
    const fetched = fetchesHead(command, step);
    const downloaded = reach.event === 'workflow_run' ? downloadsArtifact(command) : undefined;
    if (fetched === 'later') workspace.fetched = brought('command', range, text, step, reach);
    else if (fetched === 'now')
      put(workspace, at, workspace.fetched ?? brought('command', range, text, step, reach), 'replace');
    else if (downloaded !== undefined)
      put(workspace, downloaded, brought('artifact', range, text, step, reach), 'overlay');
    else if (workspace.fetched && checksOutFetched(command)) put(workspace, at, workspace.fetched, 'replace');
    else {
      const words = command.command.words.map((word) => formTexts(command.value(word))[0]);
      const execution = executionOf(command.command, words, at);
      if (execution) markRun(workspace, execution, range, text);
    }
  }
}

function markRun(
  workspace: Workspace,
  execution: NonNullable<ReturnType<typeof executionOf>>,
  at: Range,
  text: string,
): void {
  const code = ranFrom(workspace, execution);
  if (code && code.runs.length < 5) code.runs.push({ at, label: `${shortened(text)} runs it` });
}

function shortened(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

function brought(brings: Brought['brings'], range: Range, written: string, step: StepInstance, reach: Reach): Brought {
  return { range, brings, written: shortened(written), origin: step.origin, reach, runs: [], perhapsRefused: false };
}
