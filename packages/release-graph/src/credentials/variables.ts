import type { JobInstance } from '../lanes/model.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import { staticUse } from './found.ts';
import type { FoundUse } from './found.ts';
import type { PackageIndex, ProviderRow, VariableRow } from './model.ts';
import { providers } from './providers/index.ts';
import { jobPublishesTo, publishesTo, usesPublicIndex } from './publishing.ts';
import { longLived, toolName, viewOf } from './step-view.ts';
import type { GivenVariable, StepView } from './step-view.ts';

const rows = providers.flatMap((row) => row.variables.map((variables) => ({ row, variables })));

/** What a step is given in variables of its own `env`. */
export function variableUses(view: StepView): readonly FoundUse[] {
  return rows.flatMap(({ row, variables }) => {
    const given = secretVariables(view, variables).filter(({ level }) => level === 'step');
    if (given.length === 0 || !isUsed(view, variables) || isForeignStorage(row, view)) return [];
    return staticUse(row, view, given) ?? [];
  });
}

/** What a job or its workflow gives to all of its steps: once a provider, at the variable, for the first step that uses it. */
export function jobVariableUses(job: JobInstance): readonly FoundUse[] {
  const steps = withCalledSteps(job.steps).map(viewOf);
  return rows.flatMap(({ row, variables }) => {
    for (const view of steps) {
      const given = secretVariables(view, variables).filter(({ level }) => level === 'job' || level === 'workflow');
      if (given.length === 0 || !isUsedFromOutside(view, row, variables) || isForeignStorage(row, view)) continue;
      const found = staticUse(row, view, given);
      if (found) return [found];
    }
    return [];
  });
}

function secretVariables(view: StepView, { names }: VariableRow): readonly GivenVariable[] {
  const given = names.flatMap((name) => view.variable(name) ?? []);
  return given.some(({ value }) => longLived(value).length > 0) ? given : [];
}

/** Whether the step has what the variables are for; where the table asks for nothing, to be given them is enough. */
function isUsed(view: StepView, { usedBy }: VariableRow): boolean {
  if (usedBy === undefined) return true;
  if (isTools(usedBy)) return runsOneOf(view, usedBy) || view.commands.length === 0;
  return usesIndex(view, usedBy);
}

function isUsedFromOutside(view: StepView, row: ProviderRow, variables: VariableRow): boolean {
  const { usedBy } = variables;
  if (usedBy !== undefined) return isTools(usedBy) ? runsOneOf(view, usedBy) : usesIndex(view, usedBy);
  if (mentionsOneOf(view, variables.names)) return true;
  return row.alternative.kind !== 'none' && view.step.step.run !== undefined;
}

function isTools(usedBy: NonNullable<VariableRow['usedBy']>): usedBy is readonly string[] {
  return typeof usedBy !== 'string';
}

function runsOneOf(view: StepView, tools: readonly string[]): boolean {
  return view.commands.some(({ command }) => tools.includes(toolName(command)));
}

/** The step publishes, or it writes a configuration file for one of the same job that does. */
function usesIndex(view: StepView, index: PackageIndex): boolean {
  if (!usesPublicIndex(view, index)) return false;
  if (publishesTo(view).has(index)) return true;
  const { job } = view.step;
  return writesLogin(view, index) && job !== undefined && jobPublishesTo(job).has(index);
}

/** What a login in a configuration file looks like. */
const LOGINS: Readonly<Partial<Record<PackageIndex, RegExp>>> = {
  npm: /_authToken|npmAuthToken/,
  pypi: /\.pypirc|pypi-token/,
  rubygems: /\.gem\/credentials/,
  nuget: /setapikey/i,
};

function writesLogin(view: StepView, index: PackageIndex): boolean {
  const run = view.step.step.run?.value ?? '';
  if (!LOGINS[index]?.test(run)) return false;
  return index !== 'npm' || !/npm\.pkg\.github\.com|\bnpm\.pkg\./.test(run);
}

function mentionsOneOf(view: StepView, names: readonly string[]): boolean {
  const texts = [view.step.step.run?.value ?? '', ...view.step.step.with.map(({ value }) => value)];
  return texts.some((text) => names.some((name) => text.includes(name)));
}

/** Variables that name the endpoint of a store which only speaks the protocol of S3. */
const ENDPOINTS = [
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_S3',
  'AWS_ENDPOINT',
  'AWS_S3_ENDPOINT',
  'S3_ENDPOINT',
  'S3_ENDPOINT_URL',
  'SCCACHE_ENDPOINT',
  'RCLONE_S3_ENDPOINT',
] as const;
const OTHER_STORES =
  /(?:^|_)(?:R2|MINIO|SPACES|WASABI|B2|BACKBLAZE|CLOUDFLARE|CF|TIGRIS|HETZNER|SCALEWAY|SCW|LINODE|OVH|GARAGE|STORJ|DO)(?:_|$)/;

/** AWS's variables, for another provider's storage. */
function isForeignStorage(row: ProviderRow, view: StepView): boolean {
  if (row.provider !== 'AWS') return false;
  if (ENDPOINTS.some((name) => view.variable(name))) return true;
  const secrets = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].flatMap(
    (name) => view.variable(name)?.value.secrets ?? [],
  );
  if (secrets.some(({ text }) => OTHER_STORES.test(text.replace(/^secrets\./, '').toUpperCase()))) return true;
  return view.commands.some(({ command }) =>
    command.words.some(({ text }) => /^--endpoint(?:-url)?(?:=|$)/.test(text)),
  );
}
