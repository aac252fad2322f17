import type { EnvVariable, Workflow, YamlNode } from '@plimsoll/documents';
import { readExpressions, span } from '@plimsoll/documents';
import type { Expression, Range } from '@plimsoll/documents';
import type { JobInstance, Lanes } from '../lanes/model.ts';
import { scopeOfJob } from '../lanes/scope.ts';
import { evaluateText } from '../values/expressions.ts';
import { looksLikeSecretName } from '../secrets/names.ts';
import { uniqueSecrets } from '../values/resolved.ts';
import type { SecretExposure } from './model.ts';
import { onlyUserOf } from './variable-users.ts';

/** The secrets that more can read than need them, by file and place. */
export function secretExposures(lanes: Lanes): readonly SecretExposure[] {
  const byWorkflow = Map.groupBy(distinctJobs(lanes), ({ workflow }) => workflow);
  const ofJobs = [...byWorkflow].flatMap(([workflow, jobs]) => [
    ...variables(workflow.env, jobs, 'workflow', lanes),
    ...jobs.flatMap((job) => [...variables(job.job.env, [job], 'job', lanes), ...inherited(job)]),
  ]);
  return [...ofJobs, ...[...lanes.documents.workflows.values()].flatMap(wholeSecrets)].sort(byPlace);
}

/** Each job once, as the first workflow that calls it gives it its values. */
function distinctJobs(lanes: Lanes): readonly JobInstance[] {
  return [...new Map(lanes.jobs.toReversed().map((job) => [job.job, job])).values()].reverse();
}

function variables(
  env: readonly EnvVariable[],
  jobs: readonly JobInstance[],
  reach: 'job' | 'workflow',
  { documents }: Lanes,
): readonly SecretExposure[] {
  const [first] = jobs;
  if (!first) return [];
  const receiving = jobs.filter(({ job }) => reach === 'job' || !job.uses);
  return env.slice(0, MOST_VARIABLES).flatMap((entry): readonly SecretExposure[] => {
    const value = evaluateText(entry.value, scopeOfJob(first), entry.text);
    // The run's own token reaches each action anyway, and `toJSON(secrets)` is told at its own place.
    const secrets = uniqueSecrets(value.secrets.filter(({ kind, text }) => kind === 'secret' && text !== 'secrets'));
    if (!secrets.some(({ text }) => !isId(text))) return [];
    const inEffect = receiving.filter(({ job }) => reach === 'job' || !job.env.some(({ name }) => name === entry.name));
    const user = onlyUserOf(entry.name, inEffect, documents.tree);
    if (!user) return [];
    const { workflow, job } = first;
    const origin = { workflow, ...(reach === 'job' && { job }), callers: [] };
    return [{ kind: 'env', range: wholeEntry(entry), origin, name: entry.name, secrets, user, reach }];
  });
}

/** Each is looked for in the text of all steps. */
const MOST_VARIABLES = 100;

/** Ids and addresses that are kept among secrets: a role, a project, a host. */
function isId(text: string): boolean {
  const name = text.slice(text.lastIndexOf('.') + 1);
  return (
    !looksLikeSecretName(name) &&
    /(?:^|_)(?:ID|ARN|OCID|EMAIL|URL|URI|HOST|HOSTNAME|DOMAIN|REGION|NAME|NAMESPACE|USER|USERNAME|PROVIDER|PROJECT|ACCOUNT|REGISTRY|REPOSITORY|ROLE|BUCKET|CLUSTER|ORG|TEAM|CHANNEL|PORT)$/i.test(
      name,
    )
  );
}

function wholeEntry({ nameRange, range }: EnvVariable): Range {
  return nameRange.file === range.file && nameRange.start <= range.start ? span(nameRange, range) : range;
}

function inherited({ job, calls, origin }: JobInstance): readonly SecretExposure[] {
  const { uses, secrets, secretsRange: range } = job;
  if (secrets !== 'inherit' || !uses || !range) return [];
  const declared = calls?.workflow.callSecrets;
  return [{ kind: 'inherit', range, origin, name: uses.text, secrets: [], ...(declared && { declared }) }];
}

/** `toJSON(secrets)`, wherever it stands. */
function wholeSecrets(workflow: Workflow): readonly SecretExposure[] {
  const found: SecretExposure[] = [];
  const seen = new Set<YamlNode>();
  const follow = (node: YamlNode | undefined): void => {
    if (!node || seen.has(node)) return;
    seen.add(node);
    if (node.type === 'map') for (const { value } of node.entries) follow(value);
    else if (node.type === 'sequence') for (const item of node.items) follow(item);
    else if (/secrets\s*\)/i.test(node.text.text)) {
      for (const { expression, range } of readExpressions(node.text))
        if (expression && printsSecrets(expression))
          found.push({ kind: 'all', range, origin: { workflow, callers: [] }, name: 'toJSON(secrets)', secrets: [] });
    }
  };
  follow(workflow.root);
  return [...new Map(found.map((one) => [one.range.start, one])).values()];
}

function printsSecrets(expression: Expression): boolean {
  switch (expression.kind) {
    case 'call':
      return (
        (expression.name.toLowerCase() === 'tojson' &&
          expression.args.some((arg) => arg.kind === 'context' && arg.name.toLowerCase() === 'secrets')) ||
        expression.args.some(printsSecrets)
      );
    case 'operation':
      return expression.operands.some(printsSecrets);
    case 'access':
      return printsSecrets(expression.base);
    default:
      return false;
  }
}

function byPlace(a: SecretExposure, b: SecretExposure): number {
  const [left, right] = [a.range.file.path, b.range.file.path];
  return left === right ? a.range.start - b.range.start : left < right ? -1 : 1;
}
