import type { Command } from '@plimsoll/documents';
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
  if (!step) return 'other';
  const commands = scriptOf(step.step)?.commands ?? [];
  if (site.kind === 'variable')
    return first(commands.filter((command) => reads(command, site.name)).map(purposeOfCommand));
  if (site.kind !== 'script') return 'other';
  return purposeOfCommand(
    commands.findLast(({ range }) => range.start <= path.range.start && range.end >= path.range.end),
  );
}

function first(purposes: readonly DigestPurpose[]): DigestPurpose {
  return purposes.find((purpose) => purpose !== 'other') ?? 'other';
}

function reads({ words }: Command, variable: string): boolean {
  return words.some(({ parts }) => parts.some((part) => part.kind === 'variable' && part.name === variable));
}

function purposeOfCommand(command: Command | undefined): DigestPurpose {
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
