import { firstLine } from '@plimsoll/documents';
import type { Command, Range, Script } from '@plimsoll/documents';
import { inputEntry, inputValue } from '../builds/action-inputs.ts';
import { isAction } from '../builds/build-push-action.ts';
import type { BuildsFound, Place } from '../builds/index.ts';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { Presence, Value } from '../model.ts';
import { rootOf } from '../publications/lane-root.ts';
import { evaluateWord, shellScope } from '../values/shell.ts';
import type { ValueScope } from '../values/value.ts';
import type { Coverage, PublicationGroup } from './cover.ts';
import { subjectOf } from './found.ts';
import type { FoundAttestation } from './found.ts';

/** The steps and commands that make an SBOM of an image, or attach one to it. */
export function collectSboms(found: BuildsFound): readonly FoundAttestation[] {
  return [...found.steps.flatMap(ofAction), ...found.steps.flatMap(ofCommands), ...scriptsOf(found)];
}

function ofAction(step: StepInstance): readonly FoundAttestation[] {
  const { uses } = step.step;
  if (!uses) return [];
  const place = { step, ...(step.job && { job: step.job }) };
  if (isAction(step, 'actions/attest-sbom') || (isAction(step, 'actions/attest') && inputEntry(step, 'sbom-path'))) {
    const name = inputValue(step, 'subject-name');
    const digest = inputValue(step, 'subject-digest');
    return [sbom(place, uses.range, [...(name ? [asReference(name)] : []), ...(digest ? [digest] : [])])];
  }
  const image = inputValue(step, 'image') ?? inputValue(step, 'image-ref');
  const makes =
    isAction(step, 'anchore/sbom-action') ||
    (isAction(step, 'aquasecurity/trivy-action') && /spdx|cyclonedx/.test(inputValue(step, 'format')?.written ?? '')) ||
    (isAction(step, 'docker/scout-action') && /\bsbom\b/.test(inputValue(step, 'command')?.written ?? ''));
  return makes && image ? [sbom(place, uses.range, [image])] : [];
}

function ofCommands(step: StepInstance): readonly FoundAttestation[] {
  const script = scriptOf(step.step);
  return script ? inScript(script, scopeOfStep(step), { step, ...(step.job && { job: step.job }) }) : [];
}

/** Those of the scripts that steps call. */
function scriptsOf({ sites }: BuildsFound): readonly FoundAttestation[] {
  const seen = new Set<Script>();
  return sites.flatMap(({ script, scope, place }) => {
    if (!place.entry || seen.has(script)) return [];
    seen.add(script);
    return inScript(script, scope, place);
  });
}

function inScript(script: Script, scope: ValueScope, place: Place): readonly FoundAttestation[] {
  return script.commands.filter(makesSbom).map((command) => {
    const inner = shellScope(script, command, scope);
    const words = command.words.slice(1).filter(({ text }) => !text.startsWith('-'));
    return sbom(
      place,
      firstLine(command.range),
      words.map((word) => evaluateWord(word, inner)),
    );
  });
}

const format = /spdx|cyclonedx|sbom/i;

function makesSbom({ name, words }: Command): boolean {
  const text = words.map((word) => word.text).join(' ');
  switch (name) {
    case 'syft':
      return !/\bsyft (?:version|login|convert|dir:|\.|scan (?:dir:|\.))/.test(text);
    case 'trivy':
      return /\bimage\b/.test(text) && format.test(text);
    case 'bom':
      return /\bgenerate\b/.test(text) && /\s(?:-i|--image)\b/.test(text);
    case 'docker':
      return /^docker (?:scout )?sbom\b/.test(text);
    case 'cosign':
      return /\battach sbom\b/.test(text) || (/\battest\b/.test(text) && format.test(text));
    case 'oras':
      return /\battach\b/.test(text) && format.test(text);
    default:
      return false;
  }
}

function asReference(name: Value): Value {
  return { ...name, forms: name.forms.map((form) => [...form, '@']) };
}

function sbom(place: Place, range: Range, values: readonly Value[]): FoundAttestation {
  const { subjects, producers } = subjectOf(values);
  const origin = place.step?.origin ?? { callers: [] };
  return {
    attestation: { kind: 'actions-attest', signed: false, range, origin, subjects },
    place,
    producers,
    files: false,
  };
}

/** Builders that add an SBOM by themselves. */
function bringsOwn(group: PublicationGroup): boolean {
  return group.some(({ place }) => {
    const { call } = place;
    if (call?.does !== 'build') return false;
    if (call.engine === 'ko') return call.options.every(({ name, value }) => name !== 'sbom' || value?.text !== 'none');
    return call.engine === 'pack' || call.engine === 'apko';
  });
}

/** Whether an image is published with an SBOM: its own, or one that another step makes of it. `opaque`: what publishes it is not understood. */
export function sbomOf(group: PublicationGroup, coverage: Coverage, opaque: boolean): Presence {
  const [first] = group;
  if (first.kind !== 'image') return 'unknown';
  if (coverage.covering.has(group) || bringsOwn(group)) return 'present';
  if (opaque || coverage.unclear.has(rootOf(first.place))) return 'unknown';
  const builds = group.flatMap((one) => one.builds);
  const asked = builds.map((build) => build.sbom);
  if (builds.length > 0 && asked.every((one) => one === true) && first.by !== 'push') return 'present';
  return asked.some((one) => one !== false) ? 'unknown' : 'absent';
}
