import type { StepInstance } from '../lanes/model.ts';

/** Actions whose outputs say which files or projects changed. */
const changeActions = new Set([
  'dorny/paths-filter',
  'tj-actions/changed-files',
  'tj-actions/verify-changed-files',
  'step-security/changed-files',
  'step-security/paths-filter',
  'jitterbit/get-changed-files',
  'trilom/file-changes-action',
  'masci/changed-files',
  'nrwl/nx-set-shas',
  'actions/cache',
  'actions/cache/restore',
  'fkirc/skip-duplicate-actions',
]);

/**
 * The outputs of a step say which files changed, and nothing of the event: an image that is only built where its folder
 * changed is built for pull requests as well.
 */
export function isNeutralStep({ step: { uses, run } }: StepInstance): boolean {
  if (uses) {
    const path = uses.path === undefined || uses.path === '' ? '' : `/${uses.path}`;
    return changeActions.has(`${uses.owner ?? ''}/${uses.repository ?? ''}${path}`.toLowerCase());
  }
  const script = run?.value ?? '';
  return (
    /\bgit diff\b|\baffected\b|\bchanged\b|--filter\b/i.test(script) &&
    !/event_name|github\.ref|GITHUB_REF|head_ref/i.test(script)
  );
}
