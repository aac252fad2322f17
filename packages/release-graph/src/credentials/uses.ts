import { firstLine } from '@plimsoll/documents';
import type { Lanes, StepInstance } from '../lanes/model.ts';
import type { CredentialUse } from '../model.ts';
import { grantOf } from '../permissions/grants.ts';
import { uniqueRelated, uniqueSecrets } from '../values/resolved.ts';
import { actionUse } from './actions.ts';
import { commandUses } from './commands.ts';
import type { FoundUse } from './found.ts';
import { alternativeOf } from './help.ts';
import { registryActionUse } from './logins.ts';
import { jobVariableUses, variableUses } from './variables.ts';
import { viewOf } from './step-view.ts';

/**
 * The steps that authenticate to a provider, one use a step and one for each variable that a job or workflow gives to all
 * of its steps, by file and place. A step of a composite action or of a called workflow is here once.
 */
export function credentialUses(lanes: Lanes): readonly CredentialUse[] {
  const found = [...lanes.steps.flatMap((step) => useOf(step) ?? []), ...lanes.jobs.flatMap(jobVariableUses)];
  const unique = new Map<string, FoundUse>();
  for (const use of found) {
    const key = `${use.range.file.path}:${use.range.start}`;
    if (!unique.has(key)) unique.set(key, use);
  }
  return withoutRepeats([...unique.values()].sort(byPlace)).map(inWords);
}

/** Where nothing better is offered, a job that uses the same secret in several steps tells it once. */
function withoutRepeats(uses: readonly FoundUse[]): readonly FoundUse[] {
  const told = new Set<string>();
  return uses.filter((use) => {
    if (use.form === 'keyless' || use.alternative.kind !== 'none') return true;
    const key = [
      use.row.provider,
      use.origin.workflow?.file.path,
      use.origin.job?.id,
      ...use.secrets.map(({ text }) => text),
    ].join('\0');
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
}

/** The static use that the step's action is known for, else the one that is best replaced, else a keyless one. */
function useOf(step: StepInstance): FoundUse | undefined {
  const view = viewOf(step);
  const known = registryActionUse(view) ?? actionUse(view);
  if (known?.form === 'static') return known;
  const others = [...commandUses(view), ...variableUses(view)].toSorted((a, b) => rank(a) - rank(b));
  return others[0] ?? known;
}

function rank({ alternative }: FoundUse): number {
  return ['oidc', 'limited', 'none'].indexOf(alternative.kind);
}

function byPlace(a: FoundUse, b: FoundUse): number {
  const [left, right] = [a.range.file.path, b.range.file.path];
  return left === right ? a.range.start - b.range.start : left < right ? -1 : 1;
}

function inWords(found: FoundUse): CredentialUse {
  const { row, form, origin, name, view } = found;
  const { job } = view.step;
  return {
    provider: row.provider,
    origin,
    form,
    range: firstLine(found.range),
    name,
    secrets: uniqueSecrets(found.secrets),
    alternative: alternativeOf(found, job ? grantOf(job, 'id-token', 'write').granted : 'unknown'),
    related: uniqueRelated(found.related),
  };
}
