import type { Resolved } from '../values/resolved.ts';
import type { ValueScope } from '../values/value.ts';
import type { Assumption } from './model.ts';
import { namesOfJob, namesOfStep } from './names.ts';
import { partsOf } from './possible.ts';
import type { Possible } from './possible.ts';
import { newScenario, scenarioOf } from './scenario.ts';
import type { Runnable } from './runs.ts';

/** What names stand for at a place under an assumption, for those who read inputs and commands. */
export function assumedScope(place: Runnable, assumption: Assumption): ValueScope {
  const job = 'step' in place ? place.job : place;
  const scenario = job ? scenarioOf(job.lanes, assumption) : newScenario(assumption, []);
  const names = 'step' in place ? namesOfStep(place, scenario) : namesOfJob(place, scenario);
  return {
    context: (path) => resolvedOf(names(path)),
    variable(name) {
      if (name.startsWith('GITHUB_')) return resolvedOf(names(['github', name.slice(7).toLowerCase()]));
      const value = names(['env', name]);
      return value.every((one) => 'known' in one && one.known === null) ? undefined : resolvedOf(value);
    },
  };
}

function resolvedOf(value: Possible): Resolved {
  const forms = value.map((one) =>
    partsOf(one).map((part) => (typeof part === 'string' ? part : { unknown: `\${{ ${part.unknown} }}` })),
  );
  const open = forms.some((form) => form.some((part) => typeof part !== 'string'));
  return { forms, secrets: [], definitions: [], ...(open && { reason: 'it is not known before the run' }) };
}
