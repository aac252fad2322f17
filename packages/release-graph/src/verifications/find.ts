import { firstLine } from '@plimsoll/documents';
import { inputEntry, inputValue } from '../builds/action-inputs.ts';
import { placeKey } from '../builds/index.ts';
import type { BuildsFound, CallSite, Place } from '../builds/index.ts';
import type { StepInstance } from '../lanes/model.ts';
import { isTestJob } from '../lanes/test-jobs.ts';
import { isPassing } from '../publications/found.ts';
import { linked, publishedBy } from '../publications/made-here.ts';
import type { Publication, Scan, Subject, SubjectUse, Value, Verification } from '../model.ts';
import type { ScanCall, SignCall, AttestCall, VerifyCall } from '../tools/index.ts';
import { fedSubjects, isFed, valueInLoop } from './fed.ts';
import { proofActions } from './actions.ts';
import type { ProofAction } from './actions.ts';
import { laxitiesOf } from './laxities.ts';
import { subjectOf } from './subject.ts';
import { swallowOf } from './swallowed.ts';

export interface Proofs {
  readonly verifications: readonly Verification[];
  /** Signatures, attestations and verifications, each by its subjects. */
  readonly uses: readonly FoundUse[];
  readonly scans: readonly Scan[];
  /** The verifications of each call and leg, with the places where they run. */
  readonly found: readonly FoundVerification[];
}

export interface FoundUse {
  readonly use: SubjectUse;
  readonly place: Place;
}

export interface FoundVerification {
  readonly verification: Verification;
  readonly place: Place;
}

/** The steps and commands of workflows that sign, attest, verify and scan. */
export function findProofs(found: BuildsFound): Proofs {
  const sites = found.sites.filter(({ place }) => place.step);
  const ofSites = sites.flatMap(verificationOfSite);
  const ofSteps = found.steps.flatMap(verificationOfStep);
  const each = [...ofSites, ...ofSteps].filter(({ place }) => !isTest(place));
  const signed = [...sites.flatMap(signedBySite), ...found.steps.flatMap(signedByStep)];
  const uses = [...signed.filter(({ place }) => !isTest(place)), ...each.map(useOf)];
  const scans = [...sites.flatMap(scanOfSite), ...found.steps.flatMap(scanOfStep)];
  return {
    found: each,
    verifications: once(each.map(({ verification }) => verification)),
    uses,
    scans: once(scans),
  };
}

/** The same, once for each place, with the digests that are at hand for their subjects. */
export function subjectUses({ uses }: Proofs, publications: readonly Publication[]): readonly SubjectUse[] {
  const published = publishedBy(publications);
  return once(
    uses.map(({ use, place }) => ({
      ...use,
      subjects: use.subjects
        .filter(({ name }) => name === undefined || !isPassing(name))
        .map((subject) => {
          const { digest } = linked(subject, place.job, published);
          return digest === undefined ? subject : { ...subject, digest };
        }),
    })),
  );
}

/** A job that tests signs and verifies what nobody runs. */
function isTest({ job }: Place): boolean {
  return job !== undefined && isTestJob(job);
}

/** One for each place, with the subjects of all legs and calls. */
function once<T extends Pick<SubjectUse, 'range' | 'origin' | 'subjects'>>(all: readonly T[]): readonly T[] {
  return [...Map.groupBy(all, ({ range }) => placeKey({ callers: [] }, range)).values()].flatMap(
    ([first, ...others]) => {
      if (!first || others.length === 0) return first ?? [];
      const subjects = [first, ...others].flatMap((one) => one.subjects);
      const distinct = new Map(
        subjects.map((one) => [`${one.range.start} ${one.by} ${one.name ?? ''} ${one.identity ?? ''}`, one]),
      );
      return { ...first, subjects: [...distinct.values()] };
    },
  );
}

function useOf({ verification, place }: FoundVerification): FoundUse {
  const { how, range, origin, of, subjects, laxities } = verification;
  return {
    place,
    use: { how, does: 'verify', range, origin, of, subjects, ...(laxities.length > 0 && { lax: true }) },
  };
}

function verificationOfSite(site: CallSite): readonly FoundVerification[] {
  const { call, scope, origin, place } = site;
  if (call.does !== 'verify') return [];
  const swallowed = swallowOf(site);
  return [
    {
      place,
      verification: {
        how: call.tool,
        verifies: call.verifies,
        range: firstLine(call.command.range),
        origin,
        of: call.of,
        subjects: subjectsOf(call, site),
        laxities: laxitiesOf(call, scope),
        ...(swallowed && { swallowed }),
      },
    },
  ];
}

function subjectsOf(
  call: SignCall | AttestCall | VerifyCall | ScanCall,
  { scope, script }: CallSite,
): readonly Subject[] {
  if (isFed(call.command, call.subjects)) return fedSubjects(call.command, call.subjects, script, scope);
  const all = call.subjects.map((word) => subjectOf(valueInLoop(word, script, scope), word.range));
  // The value of an option that the table does not know stands among them.
  return all.filter((one) => all.length === 1 || one.by !== 'none' || one.name?.includes('/') === true);
}

function signedBySite(site: CallSite): readonly FoundUse[] {
  const { call, origin, place } = site;
  if (call.does !== 'sign' && call.does !== 'attest') return [];
  const range = firstLine(call.command.range);
  return [
    { place, use: { how: call.tool, does: call.does, range, origin, of: call.of, subjects: subjectsOf(call, site) } },
  ];
}

function scanOfSite(site: CallSite): readonly Scan[] {
  const { call, origin } = site;
  if (call.does !== 'scan') return [];
  const { of, fails, tool } = call;
  return [{ how: tool, range: firstLine(call.command.range), origin, of, fails, subjects: subjectsOf(call, site) }];
}

function actionOf({ step: { uses } }: StepInstance): ProofAction | undefined {
  if (uses?.target !== 'action') return undefined;
  const name = [uses.owner, uses.repository, uses.path].filter(Boolean).join('/').toLowerCase();
  return Object.hasOwn(proofActions, name) ? proofActions[name] : undefined;
}

function verificationOfStep(step: StepInstance): readonly FoundVerification[] {
  const action = actionOf(step);
  const { uses } = step.step;
  if (action?.does !== 'verify' || !uses) return [];
  return [
    {
      place: { step, ...(step.job && { job: step.job }) },
      verification: {
        how: nameOf(step),
        verifies: action.verifies ?? 'attestation',
        range: uses.range,
        origin: step.origin,
        of: 'image',
        subjects: namedBy(step, action),
        laxities: [],
      },
    },
  ];
}

function signedByStep(step: StepInstance): readonly FoundUse[] {
  const action = actionOf(step);
  const { uses } = step.step;
  if (action?.does !== 'sign' || !uses) return [];
  const { origin } = step;
  const subjects = namedBy(step, action);
  return [
    {
      place: { step, ...(step.job && { job: step.job }) },
      use: { how: nameOf(step), does: 'sign', range: uses.range, origin, of: 'image', subjects },
    },
  ];
}

function scanOfStep(step: StepInstance): readonly Scan[] {
  const action = actionOf(step);
  const { uses } = step.step;
  if (action?.does !== 'scan' || !uses) return [];
  const subjects = namedBy(step, action);
  const of = subjects.length > 0 ? 'image' : 'files';
  return [{ how: nameOf(step), range: uses.range, origin: step.origin, of, fails: failsOf(step, action), subjects }];
}

function failsOf(step: StepInstance, { failsBy, failsUnless }: ProofAction): Scan['fails'] {
  if (failsUnless !== undefined) return orUnknown(inputValue(step, failsUnless), (text) => text !== 'false', true);
  const [entry] = Object.entries(failsBy ?? {});
  return entry ? orUnknown(inputValue(step, entry[0]), (text) => !entry[1].includes(text), false) : true;
}

function orUnknown(value: Value | undefined, judge: (text: string) => boolean, otherwise: boolean): Scan['fails'] {
  if (!value) return otherwise;
  const answers = new Set(value.values.map(judge));
  const [only] = answers;
  return value.complete && answers.size === 1 && only !== undefined ? only : 'unknown';
}

function namedBy(step: StepInstance, { inputs }: ProofAction): readonly Subject[] {
  return inputs.flatMap((name) => {
    const value = inputValue(step, name);
    return value ? [subjectOf(value, inputEntry(step, name)?.range)] : [];
  });
}

function nameOf({ step: { uses } }: StepInstance): string {
  return [uses?.owner, uses?.repository, uses?.path].filter(Boolean).join('/');
}
