import type { StepInstance } from '../lanes/model.ts';
import type { Documents } from '../model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { onlyValue } from '../values/resolved.ts';
import { inputValue } from './action-inputs.ts';
import { booleanOf, isAction } from './build-push-action.ts';
import type { FoundBuild } from './found.ts';
import { noDefault, provenanceSetting } from './provenance-setting.ts';

/** The build of a `docker/bake-action` step, as a whole: what its targets read is not known. */
export function bakeAction(_documents: Documents, step: StepInstance): readonly FoundBuild[] {
  const { uses } = step.step;
  if (!uses || !isAction(step, 'docker/bake-action')) return [];
  const reason = 'the targets of a bake file are not read';
  const push = inputValue(step, 'push');
  const set = inputValue(step, 'set');
  const output = /\.output=\S*type=registry|\.output=\S*push=true/.test(set?.written ?? '');
  const pushes = output ? true : push ? booleanOf(push) : false;
  const provenance = inputValue(step, 'provenance');
  const pushRange = output ? set?.range : push?.range;
  return [
    {
      how: 'bake-action',
      range: uses.range,
      origin: step.origin,
      place: { step, ...(step.job && { job: step.job }) },
      dockerfile: { status: 'opaque', reason },
      context: { status: 'opaque', reason },
      buildArgs: [],
      namedContexts: [],
      tags: [],
      outputNames: [],
    labels: [],
      pushes,
      ...(pushRange && { pushRange }),
      byDigest: /push-by-digest=true/.test(set?.written ?? ''),
      provenance: provenance ? provenanceSetting(onlyValue(provenance) ?? 'true', provenance.range) : (noDefault(scopeOfStep(step)) ?? { state: 'default' }),
    },
  ];
}
