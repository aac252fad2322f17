import { isAction } from '../builds/build-push-action.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { DigestPurpose } from '../model.ts';
import { recogniseCommand } from '../tools/index.ts';
import type { UsePlace } from './uses.ts';

/** What an expression is read for: by the command, the input or the output that it stands in. */
export function purposeOf({ reading, step, job }: UsePlace): DigestPurpose {
  const { site, path } = reading;
  if (site.kind === 'output') return 'output';
  if (site.kind === 'input' && step) {
    if (isAction(step, 'actions/attest', 'actions/attest-build-provenance', 'actions/attest-sbom'))
      return 'attestation';
    return /deploy/i.test(step.step.uses?.text ?? '') ? 'deployment' : 'other';
  }
  if (site.kind === 'input')
    return /slsa-framework\/slsa-github-generator/i.test(job?.job.uses?.text ?? '') ? 'attestation' : 'other';
  if (site.kind !== 'script' || !step) return 'other';
  const command = scriptOf(step.step)?.commands.findLast(
    ({ range }) => range.start <= path.range.start && range.end >= path.range.end,
  );
  switch (command && recogniseCommand(command)?.does) {
    case 'sign':
      return 'signature';
    case 'attest':
      return 'attestation';
    case 'verify':
      return 'verification';
    case 'merge':
      return 'merge';
    case 'deploy':
      return 'deployment';
    default:
      return 'other';
  }
}
