import { firstLine } from '@plimsoll/documents';
import type { Command, Range } from '@plimsoll/documents';
import { inputEntry, inputValue } from '../builds/action-inputs.ts';
import { isAction } from '../builds/build-push-action.ts';
import type { BuildsFound, CallSite } from '../builds/index.ts';
import { runs } from '../conditions/index.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import { legsOf } from '../lanes/matrix.ts';
import { scopeOfJob } from '../lanes/scope.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { Attestation, Value } from '../model.ts';
import type { AttestCall, SignCall } from '../tools/index.ts';
import { evaluateString } from '../values/expressions.ts';
import { evaluateWord } from '../values/shell.ts';
import { subjectOf } from './found.ts';
import type { FoundAttestation } from './found.ts';

/** The steps, commands and called workflows that sign or attest. BuildKit's own attestations are not among them, nor what a condition rules out. */
export function collectAttestations(lanes: Lanes, found: BuildsFound): readonly FoundAttestation[] {
  const all = [
    ...found.steps.flatMap(ofStep),
    ...found.sites.flatMap(ofSite),
    ...found.steps.flatMap((step) => hiddenSigners(step, found)),
    ...lanes.jobs
      .filter((job) => job.job.uses?.target === 'workflow')
      .flatMap(legsOf)
      .flatMap(ofCalledWorkflow),
  ];
  return all.filter(({ place: { step, job } }) => {
    const place = step ?? job;
    return place === undefined || runs(place, {}) !== false;
  });
}

/** `actions/attest` and its older forms. An SBOM is not provenance. */
function ofStep(step: StepInstance): readonly FoundAttestation[] {
  const { uses } = step.step;
  if (!uses || !isAction(step, 'actions/attest', 'actions/attest-build-provenance')) return [];
  const predicate = inputValue(step, 'predicate-type')?.written ?? '';
  if (inputEntry(step, 'sbom-path') || (predicate !== '' && !/provenance/.test(predicate))) return [];
  const name = inputValue(step, 'subject-name');
  const digest = inputValue(step, 'subject-digest');
  const { subjects, producers } = subjectOf([...(name ? [asReference(name)] : []), ...(digest ? [digest] : [])]);
  const files = digest === undefined && inputEntry(step, 'subject-path') !== undefined;
  return [
    {
      attestation: {
        kind: 'actions-attest',
        signed: true,
        range: uses.range,
        origin: step.origin,
        subjects: name ? subjects : [],
      },
      place: placeOf(step),
      producers,
      files,
    },
  ];
}

/** A name alone is one of an image, also where all of it is an expression. */
function asReference(name: Value): Value {
  return { ...name, forms: name.forms.map((form) => [...form, '@']) };
}

function placeOf(step: StepInstance): FoundAttestation['place'] {
  return { step, ...(step.job && { job: step.job }) };
}

function ofSite(site: CallSite): readonly FoundAttestation[] {
  const { call } = site;
  if (call.does !== 'sign' && call.does !== 'attest') return [];
  if (call.does === 'attest' && isSbom(call)) return [];
  const kind = call.does === 'attest' ? 'cosign-attest' : 'cosign-sign';
  const { subjects, producers, tagged } = subjectOf(subjectValues(call, site));
  const { origin, place } = site;
  return [
    {
      attestation: { kind, signed: true, range: firstLine(call.command.range), origin, subjects },
      place,
      producers,
      tagged,
      files: call.of === 'file',
    },
  ];
}

function subjectValues(call: SignCall | AttestCall, { scope }: CallSite): readonly Value[] {
  return call.subjects.map((subject) => evaluateWord(subject, scope));
}

function isSbom({ predicateType }: AttestCall): boolean {
  return predicateType !== undefined && /spdx|cyclonedx|sbom|vuln|openvex|vex/i.test(predicateType.text);
}

/** `xargs cosign sign`, and tasks of other tools whose name says that they sign: what they cover is not known. */
function hiddenSigners(step: StepInstance, found: BuildsFound): readonly FoundAttestation[] {
  const script = scriptOf(step.step);
  if (!script || !/cosign|sign|attest|notation|slsa|provenance/i.test(script.text.text)) return [];
  const known = new Set(found.sites.filter((site) => site.place.step === step).map((site) => site.origin.command));
  return script.commands
    .filter((command) => !known.has(command) && signs(command))
    .map((command) => hidden(step, firstLine(command.range), 'cosign-sign'));
}

const runners =
  /^(?:make|task|just|mage|npm|pnpm|yarn|npx|nx|bash|sh|go|dagger|earthly|xargs|parallel|ko|bazel|bazelisk|gradle|gradlew|mvn|mvnw)$/;
const signing =
  /(?:^|[^a-z])(?:sign|cosign|attest|attestation|notation|slsa|provenance)(?:ed|s|ing|ations?)?(?:[^a-z]|$)/i;

function signs(command: Command): boolean {
  const [first, ...rest] = command.words;
  const byPath = first?.text.includes('/') === true;
  if (!runners.test(command.name) && !byPath) return false;
  return (byPath && signing.test(first.text)) || rest.some((word) => signing.test(word.text));
}

function hidden(step: StepInstance, range: Range, kind: Attestation['kind']): FoundAttestation {
  return {
    attestation: { kind, signed: true, range, origin: step.origin, subjects: [] },
    place: placeOf(step),
    producers: [],
    files: false,
    guessed: true,
  };
}

/** The container generator of SLSA, which is called as a job. */
function ofCalledWorkflow(job: JobInstance): readonly FoundAttestation[] {
  const { uses } = job.job;
  if (!uses || `${uses.owner ?? ''}/${uses.repository ?? ''}`.toLowerCase() !== 'slsa-framework/slsa-github-generator')
    return [];
  const input = (name: string): Value | undefined => {
    const given = job.job.with.find((one) => one.name === name);
    return given && evaluateString(given, scopeOfJob(job));
  };
  const image = input('image');
  const digest = input('digest');
  const { subjects, producers } = subjectOf([...(image ? [asReference(image)] : []), ...(digest ? [digest] : [])]);
  const files = !/container/.test(uses.path ?? '');
  return [
    {
      attestation: {
        kind: 'slsa-generator',
        signed: true,
        range: uses.range,
        origin: job.origin,
        subjects: image ? subjects : [],
      },
      place: { job },
      producers,
      files,
    },
  ];
}
