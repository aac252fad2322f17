import type { Range } from '@plimsoll/documents';
import { untrustedOutput } from '../taint/outputs.ts';
import { evaluateText } from '../values/expressions.ts';
import { literal, unknown, withDefinition } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import type { ValueScope } from '../values/value.ts';
import { writtenVariables } from '../values/written-variables.ts';
import { sameName } from './inputs.ts';
import { metadataOutput } from './metadata-action.ts';
import type { JobInstance, StepInstance, WorkflowInstance } from './model.ts';
import { scopeOfJob, scopeOfStep } from './scope.ts';
import { scriptOf } from './scripts.ts';
import { asSecret, tokenOutput } from './secrets.ts';

/** `steps.ID.outputs.NAME` */
export function resolveStepOutput(step: StepInstance, output: string, at: Range): Resolved {
  const name = `\${{ steps.${step.step.id ?? ''}.outputs.${output} }}`;
  if (step.calls) return actionOutput(step, output, name);
  const secret = tokenOutput(step, output, at);
  if (secret) return asSecret(secret);
  const known = metadataOutput(step, output) ?? scriptOutput(step, output);
  return (
    known ??
    withDefinition(outputOfAction(step, output, name, at), {
      at: step.step.uses?.range ?? step.step.range,
      label: `the step ${step.step.id ?? ''}`,
    })
  );
}

function outputOfAction({ step }: StepInstance, output: string, name: string, at: Range): Resolved {
  const source = untrustedOutput(step, output);
  return {
    ...unknown(name, `it is an output of the step ${step.id ?? ''}`),
    ...(source && { untrusted: [{ ...source, path: `steps.${step.id ?? ''}.outputs.${output}`, range: at }] }),
  };
}

function scriptOutput(step: StepInstance, output: string): Resolved | undefined {
  if (!step.step.run?.value.includes('GITHUB_OUTPUT')) return undefined;
  const script = scriptOf(step.step);
  return script && writtenVariables(script, 'GITHUB_OUTPUT', scopeOfStep(step)).get(output);
}

/** An output of a local composite action, which reads its steps. */
function actionOutput(step: StepInstance, output: string, name: string): Resolved {
  const declared = step.calls?.outputs.find((one) => sameName(one.name, output));
  const [inner] = step.steps;
  if (!declared || !inner) return unknown(name, `it is an output of ${step.step.uses?.text ?? 'an action'}`);
  return withDefinition(evaluateText(declared.value, scopeOfStep(inner), declared.text), {
    at: declared.range,
    label: `the output ${output}`,
  });
}

/** `needs.ID.outputs.NAME` */
export function resolveJobOutput(job: JobInstance, output: string): Resolved {
  const name = `\${{ needs.${job.job.id}.outputs.${output} }}`;
  if (job.calls) return workflowOutput(job.calls, output, name);
  if (job.job.uses) return unknown(name, `it is an output of ${job.job.uses.text}`);
  const declared = job.job.outputs.find((one) => sameName(one.name, output));
  if (!declared) return literal('');
  return withDefinition(evaluateText(declared.value, scopeOfJob(job), declared.text), {
    at: declared.range,
    label: `the output ${output} of job ${job.job.id}`,
  });
}

function workflowOutput(instance: WorkflowInstance, output: string, name: string): Resolved {
  const declared = instance.workflow.callOutputs.find((one) => sameName(one.name, output));
  if (!declared) return unknown(name, `${instance.workflow.file.path} declares no output ${output}`);
  return withDefinition(evaluateText(declared.value, scopeOfOutputs(instance), declared.text), {
    at: declared.range,
    label: `the output ${output}`,
  });
}

/** What names mean in the outputs of a called workflow. */
export function scopeOfOutputs(instance: WorkflowInstance): ValueScope {
  const [first] = instance.jobs;
  const context = (path: readonly string[], at?: Range): Resolved => {
    const [root, id, kind, output] = path;
    const job = root === 'jobs' && kind === 'outputs' ? instance.jobs.find((one) => one.job.id === id) : undefined;
    if (job && output !== undefined) return resolveJobOutput(job, output);
    return first && root !== 'jobs'
      ? scopeOfJob(first).context(path, at)
      : unknown(`\${{ ${path.join('.')} }}`, 'it is known only in the run');
  };
  return { context, variable: () => undefined };
}
