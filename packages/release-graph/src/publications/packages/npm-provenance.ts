import { inputEntry, inputValue } from '../../builds/action-inputs.ts';
import { booleanOf } from '../../builds/build-push-action.ts';
import { viewOf } from '../../credentials/step-view.ts';
import type { StepInstance } from '../../lanes/model.ts';
import type { Documents } from '../../model.ts';
import { grantOf } from '../../permissions/grants.ts';
import type { PublishCall } from '../../tools/index.ts';
import { onlyValue } from '../../values/resolved.ts';
import { evaluateWord } from '../../values/shell.ts';
import type { ValueScope } from '../../values/value.ts';
import type { PackageProvenance } from './found-package.ts';
import { anyPackageAsks, npmrcAsks, readPackage } from './package-json.ts';

/** Of a command: what its own switch says, else what the step and the repository say. */
export function provenanceOfCall(
  documents: Documents,
  step: StepInstance,
  { provenance }: PublishCall,
  folder: string,
  scope: ValueScope,
): PackageProvenance {
  if (!provenance) return npmProvenance(documents, step, folder);
  const off = provenance.value && onlyValue(evaluateWord(provenance.value, scope)) === 'false';
  if (off || provenance.name.startsWith('no-')) return { provenance: 'none' };
  return { provenance: 'asked', at: provenance.range };
}

/** Of an action: its `provenance` input, else what the step and the repository say. */
export function provenanceOfAction(documents: Documents, step: StepInstance): PackageProvenance {
  const asked = inputValue(step, 'provenance');
  if (asked && booleanOf(asked) === true) return { provenance: 'asked', at: asked.range };
  return npmProvenance(documents, step, '');
}

/** Switched on by a variable, `.npmrc` or `publishConfig`, or brought by trusted publishing: an identity token and no npm token. */
export function npmProvenance(documents: Documents, step: StepInstance, folder: string): PackageProvenance {
  const view = viewOf(step);
  const variable = view.variable('NPM_CONFIG_PROVENANCE') ?? view.variable('npm_config_provenance');
  if (variable && booleanOf(variable.value) !== false) return { provenance: 'asked', at: variable.range };
  const asked = readPackage(documents.tree, folder)?.provenance ?? false;
  if (asked || [folder, ''].some((one) => npmrcAsks(documents, one)) || (folder === '' && anyPackageAsks(documents)))
    return { provenance: 'asked' };
  const token = ['NODE_AUTH_TOKEN', 'NPM_TOKEN', 'NPM_AUTH_TOKEN', 'npm_config_//registry.npmjs.org/:_authToken'].some(
    (name) => view.variable(name),
  );
  const trusted = step.job !== undefined && grantOf(step.job, 'id-token', 'write').granted === 'yes';
  return { provenance: trusted && !token && !inputEntry(step, 'token') ? 'index' : 'none' };
}
