import { valueAt } from '@plimsoll/documents';
import type { Range, YamlNode } from '@plimsoll/documents';
import type { UntrustedText } from '../taint/model.ts';
import type { Related } from '../model.ts';
import { untrustedField } from '../taint/read-untrusted.ts';
import { evaluateText } from '../values/expressions.ts';
import { literal, oneOf, unknown, withDefinition } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import type { ValueScope } from '../values/value.ts';
import { jobVariable, resolveVariable, variableAround } from './environment.ts';
import { eventNames } from './events.ts';
import { resolveActionInput, resolveWorkflowInput } from './inputs.ts';
import { expandMatrix } from './matrix.ts';
import type { JobInstance, StepInstance } from './model.ts';
import { resolveJobOutput, resolveStepOutput } from './outputs.ts';
import { asSecret, resolveSecret } from './secrets.ts';

const jobScopes = new WeakMap<JobInstance, ValueScope>();
const stepScopes = new WeakMap<StepInstance, ValueScope>();
const outerScopes = new WeakMap<StepInstance, ValueScope>();

/** What names mean in the keys of a job. */
export function scopeOfJob(job: JobInstance): ValueScope {
  return cached(jobScopes, job, () =>
    remembering({
      context: (path, at = job.job.idRange) => contextOfJob(job, path, at),
      variable: (name) => jobVariable(job, name),
    }),
  );
}

/** What names mean in a step: `env` with that of step, job and workflow, and the inputs of the action that it stands in. */
export function scopeOfStep(step: StepInstance): ValueScope {
  return cached(stepScopes, step, () => stepScope(step, (name) => resolveVariable(step, name)));
}

/** The same without the step's own `env`: what that itself can read. */
export function scopeAround(step: StepInstance): ValueScope {
  return cached(outerScopes, step, () => stepScope(step, (name) => variableAround(step, name)));
}

function stepScope(step: StepInstance, variable: (name: string) => Resolved | undefined): ValueScope {
  return remembering({ context: (path, at = step.step.range) => contextOfStep(step, path, at, variable), variable });
}

function cached<K extends object, V>(cache: WeakMap<K, V>, key: K, make: () => V): V {
  const known = cache.get(key);
  if (known) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

/** Values that lead through more names than this are taken for unknown: names may go in a circle, and input may be hostile. */
const maxDepth = 40;
let depth = 0;

/** Each name is resolved once, and one which leads back to itself is unknown. */
function remembering(scope: ValueScope): ValueScope {
  let known: Map<string, Resolved | undefined | 'open'> | undefined;
  const once = <T extends Resolved | undefined>(key: string, name: string, compute: () => T): T | Resolved => {
    known ??= new Map();
    const found = known.get(key);
    if (found !== undefined && found !== 'open') return found;
    if (found === 'open' || depth >= maxDepth)
      return unknown(name, 'it leads back to itself, or through too many names');
    known.set(key, 'open');
    depth++;
    try {
      const value = compute();
      known.set(key, value);
      return value;
    } finally {
      depth--;
    }
  };
  return {
    context: (path, at) =>
      once(`${path.join('\0')}\0${at ? `${at.file.path}:${at.start}` : ''}`, named(path), () =>
        scope.context(path, at),
      ),
    variable: (name) => once(`$${name}`, `$${name}`, () => scope.variable(name)),
  };
}

function named(path: readonly string[]): string {
  return `\${{ ${path.join('.')} }}`;
}

/** A field that a context does not have is empty: `steps.meta.output.tags`. */
const fieldsOfSteps = new Set(['outputs', 'outcome', 'conclusion']);

function contextOfStep(
  step: StepInstance,
  path: readonly string[],
  at: Range,
  variable: (name: string) => Resolved | undefined,
): Resolved {
  const [context, first, second, third] = path;
  if (context === 'env' && first !== undefined) return variable(first) ?? literal('');
  if (context === 'inputs' && first !== undefined && step.action) return resolveActionInput(step, first);
  if (context === 'steps' && second !== undefined && !fieldsOfSteps.has(second.toLowerCase())) return literal('');
  if (context === 'steps' && second === 'outputs' && third !== undefined) {
    const source = step.siblings.find((one) => one.step.id === first);
    return source ? resolveStepOutput(source, third, at) : unknown(named(path), `there is no step ${first ?? ''}`);
  }
  if (context === 'github' && first === 'action_path' && step.action) return literal(folderOf(step.action.file.path));
  if (step.job) return contextOfJob(step.job, path, at);
  return contextAnywhere(path, at);
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

function contextOfJob(job: JobInstance, path: readonly string[], at: Range): Resolved {
  const [context, first, second, third] = path;
  switch (context) {
    case 'env':
      return (first !== undefined && jobVariable(job, first)) || literal('');
    case 'inputs':
      return first === undefined ? contextAnywhere(path, at) : resolveWorkflowInput(job.instance, first);
    case 'secrets':
      return first === undefined
        ? asSecret({ text: 'secrets', kind: 'secret', range: at })
        : resolveSecret(job.instance, first, at);
    case 'matrix':
      return matrixValue(job, path.slice(1));
    case 'needs':
      return second === 'outputs' && third !== undefined && first !== undefined
        ? neededOutput(job, first, third)
        : contextAnywhere(path, at);
    case 'steps': {
      const source = second === 'outputs' ? job.steps.find((one) => one.step.id === first) : undefined;
      return source && third !== undefined ? resolveStepOutput(source, third, at) : contextAnywhere(path, at);
    }
    case 'github':
      return githubField(job, path, at);
    default:
      return contextAnywhere(path, at);
  }
}

function neededOutput(job: JobInstance, needed: string, output: string): Resolved {
  const source = job.instance.jobs.find((one) => one.job.id === needed);
  return source
    ? resolveJobOutput(source, output)
    : unknown(named(['needs', needed, 'outputs', output]), `there is no job ${needed}`);
}

function githubField(job: JobInstance, path: readonly string[], at: Range): Resolved {
  const [, first, second, third] = path;
  if (first === 'event_name') {
    const { events, complete } = eventNames(job);
    const known = events.map((event) => literal(event));
    return oneOf(complete ? known : [...known, unknown(named(path), 'it is the event of the caller')]);
  }
  if (first === 'event' && second === 'inputs' && third !== undefined) return resolveWorkflowInput(job.instance, third);
  return contextAnywhere(path, at);
}

function contextAnywhere(path: readonly string[], at: Range): Resolved {
  if (path[0] === 'github' && path[1] === 'token')
    return asSecret({ text: 'github.token', kind: 'github-token', range: at });
  if (path[0] === 'secrets') return asSecret({ text: path.join('.'), kind: 'secret', range: at });
  const untrusted = untrustedField(path, at);
  return {
    ...unknown(named(path), `${path.join('.')} is known only in the run`),
    ...(untrusted && { untrusted: [untrusted] }),
  };
}

/** A value of the job's own leg, or those of all legs. */
function matrixValue(job: JobInstance, path: readonly string[]): Resolved {
  const { matrix } = job.job;
  const [axis = ''] = path;
  const legs = job.leg ? [job.leg] : matrix ? expandMatrix(matrix) : [];
  const values = legs.map((leg) => {
    const node = leg.get(axis);
    return node ? nodeValue(job, node, path) : undefined;
  });
  const known = values.filter((value) => value !== undefined);
  const dynamic =
    matrix?.dynamic !== undefined &&
    (known.length === 0 || matrix.axes.some((one) => one.name === axis && one.values.length === 0));
  if (dynamic) {
    const made = unknown(named(['matrix', ...path]), 'the matrix is an expression');
    return oneOf([...known, { ...made, untrusted: untrustedOfMatrix(job, axis) }]);
  }
  return known.length === 0 ? literal('') : oneOf(known.length < legs.length ? [...known, literal('')] : known);
}

/** The texts of others in the expressions that make an axis. */
function untrustedOfMatrix(job: JobInstance, axis: string): readonly UntrustedText[] {
  const matrix = valueAt(job.workflow.root, 'jobs', job.job.id, 'strategy', 'matrix');
  const nodes = matrix?.type === 'scalar' ? [matrix] : [valueAt(matrix, axis), valueAt(matrix, 'include')];
  return nodes.flatMap((node) =>
    node?.type === 'scalar' ? (evaluateText(node.text.text, scopeOfJob(job), node.text).untrusted ?? []) : [],
  );
}

function nodeValue(job: JobInstance, node: YamlNode, path: readonly string[]): Resolved {
  let at = node;
  for (const key of path.slice(1)) {
    const inner = at.type === 'map' ? at.entries.find((entry) => entry.key === key)?.value : undefined;
    if (!inner) return literal('');
    at = inner;
  }
  if (at.type !== 'scalar') return unknown(named(['matrix', ...path]), 'it is a list or a map');
  const definition: Related = { at: at.range, label: `matrix ${path.join('.')}` };
  const text = at.text.text;
  return withDefinition(
    text.includes('${{') ? evaluateText(text, scopeOfJob(job), at.text) : literal(at.value === null ? '' : text),
    definition,
  );
}
