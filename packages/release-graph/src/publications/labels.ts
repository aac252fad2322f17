import type { Dockerfile, Stage } from '@plimsoll/documents';
import { scopeOfStep } from '../lanes/scope.ts';
import type { FoundBuild } from '../builds/index.ts';
import { stepsBefore } from '../builds/workspace.ts';
import { isMetadataAction } from '../lanes/metadata-action.ts';
import type { Presence, Value } from '../model.ts';
import { formTexts, onlyValue } from '../values/index.ts';
import type { PublicationGroup } from '../attestations/cover.ts';
import { lineageOf } from '../stages/stage-files.ts';
import type { FoundPublication } from './found.ts';

const wanted = /org\.opencontainers\.image\.(?:source|revision)\b/;

/**
 * Whether an image says where it comes from: `org.opencontainers.image.source` or `.revision`, in its labels or annotations,
 * of the build or of the Dockerfile. `opaque`: what publishes it is not understood.
 */
export function labelsOf(group: PublicationGroup, opaque: boolean): Presence {
  const [first] = group;
  if (first.kind !== 'image') return 'unknown';
  const each = [...group.map(ofPublication), ...group.flatMap((one) => one.builds.map(ofBuild))];
  if (group.some((one) => ofPublication(one) === 'present')) return 'present';
  const builds = group.flatMap((one) => one.builds).map(ofBuild);
  if (builds.length > 0 && builds.every((one) => one === 'present')) return 'present';
  if (opaque || each.includes('unknown')) return 'unknown';
  return builds.length === 0 && first.by !== 'tool' ? 'unknown' : 'absent';
}

/** What the pushing command says itself, and what builders add that read no Dockerfile. */
function ofPublication({ place, by }: FoundPublication): Presence {
  const { call } = place;
  if (!call) return by === 'tool' ? 'unknown' : 'absent';
  const texts = call.options.flatMap(({ name, value }) => (/annotation|label/.test(name) && value ? [value.text] : []));
  if (texts.some((text) => wanted.test(text))) return 'present';
  if (texts.some((text) => text.startsWith('$'))) return 'unknown';
  if (call.does !== 'build') return 'absent';
  // Buildpacks and apko record the commit and the repository; jib takes labels from the build file.
  if (call.engine === 'pack' || call.engine === 'apko') return 'present';
  return call.engine === 'jib' ? 'unknown' : 'absent';
}

function ofBuild(build: FoundBuild): Presence {
  const values = [...build.labels, ...(build.annotations ?? [])];
  const given = values.map(ofValue);
  if (given.includes('present') || ofMetadata(build) || byBuildx(build)) return 'present';
  if (build.dockerfile.status === 'opaque') return 'unknown';
  const own = ofDockerfile(build.dockerfile.target, build);
  return own === 'absent' && given.includes('unknown') ? 'unknown' : own;
}

function ofValue(value: Value): Presence {
  const texts = formTexts(value);
  if (texts.some((text) => wanted.test(text))) return 'present';
  return value.forms.some((form) =>
    form.some((part) => typeof part !== 'string' && !form.some((one) => typeof one === 'string' && one.includes('='))),
  )
    ? 'unknown'
    : 'absent';
}

/** A bake file of metadata-action brings its labels, unless it is the one with the tags alone. */
function ofMetadata({ how, place }: FoundBuild): boolean {
  const { step } = place;
  if (how !== 'bake-action' || !step) return false;
  const files = step.step.with.find(({ name }) => name.toLowerCase() === 'files')?.value ?? '';
  return /outputs\.bake-file(?!-tags)/.test(files) && stepsBefore(step).some(isMetadataAction);
}

/** `BUILDX_GIT_LABELS`: buildx adds the revision, and with `full` the source. */
function byBuildx({ place }: FoundBuild): boolean {
  const { step } = place;
  const value = step && scopeOfStep(step).variable('BUILDX_GIT_LABELS');
  return value !== undefined && /^(?:1|true|full)$/i.test(onlyValue(value) ?? '');
}

/** `LABEL` in the stage that ships, or in one that it is made from. */
function ofDockerfile(dockerfile: Dockerfile, build: FoundBuild): Presence {
  const target = build.target && onlyValue(build.target);
  if (build.target && target === undefined) return 'unknown';
  const { stages } = dockerfile;
  const stage =
    target === undefined || target === ''
      ? stages.at(-1)
      : (stages.findLast(({ name }) => name === target.toLowerCase()) ?? stages[Number(target)]);
  if (!stage) return 'unknown';
  const lineage = lineageOf(stage);
  if (lineage.some(isLabelled)) return 'present';
  const base = lineage.at(-1)?.from.image.raw ?? '';
  const named = build.namedContexts.some(({ name, source }) => name === base && source.kind === 'target');
  return named || base.includes('$') ? 'unknown' : 'absent';
}

function isLabelled({ instructions }: Stage): boolean {
  return instructions.some(
    (one) => one.type === 'variables' && one.name === 'LABEL' && one.variables.some(({ name }) => wanted.test(name)),
  );
}
