import type { Range } from '@plimsoll/documents';
import { firstLine } from '@plimsoll/documents';
import type { PublicationGroup } from '../attestations/cover.ts';
import type { ScriptEntry } from '../commands/script-files.ts';
import type { JobInstance, Lanes } from '../lanes/model.ts';
import type { ReleaseSettings, ShadowBuild } from '../model.ts';
import { asideOf } from '../references/aside.ts';
import type { FoundPublication } from './found.ts';
import { mentionsIn } from './mentions.ts';
import type { Published } from './publish.ts';

/**
 * Images that are published outside of the lane: by a script that no workflow calls, or by a workflow that is none of the
 * declared ones. Where no lane is declared, each workflow that publishes is the lane.
 */
export function shadowBuilds(lanes: Lanes, published: Published, settings: ReleaseSettings): readonly ShadowBuild[] {
  const declared = settings.laneWorkflows;
  const isInside = (one: FoundPublication): boolean => one.place.job !== undefined && isLane(one.place.job, declared);
  const groups = published.ofCalls.flatMap((publication, index) => {
    const group = published.found[index];
    return group && publication.kind === 'image' ? [{ group, publication }] : [];
  });
  const lane = laneOf(
    groups.map(({ group }) => group),
    declared,
    isInside,
  );
  const insidePlaces = new Set(groups.flatMap(({ group }) => (group.some(isInside) ? [placeOf(group[0].range)] : [])));
  const mentions = mentionsIn(lanes.documents, declared);
  return groups.flatMap(({ group, publication }): readonly ShadowBuild[] => {
    const [first] = group;
    const base = { publication, lane };
    const outside = group.filter((one) => one.place.job && !isInside(one));
    if (outside.length > 0) {
      const shared = insidePlaces.has(placeOf(first.range));
      const places = shared ? outside.flatMap((one) => callOf(one) ?? []) : [first.range];
      return distinct(places).map((range) => ({ ...base, range, by: workflowOf(outside[0] ?? first) }));
    }
    const { entry, step } = first.place;
    if (step || group.some(isInside)) return [];
    if (entry && (mentions(entry) || isRuledOut(entry, first))) return [];
    const aside = asideOf('bake', first.range.file.path);
    return [
      {
        ...base,
        range: first.range,
        by: entry ? scriptOf(entry) : `a target of ${first.range.file.path}`,
        ...(aside && { aside }),
      },
    ];
  });
}

/** `[ $(NAMESPACE) != acme ] && docker push …`: the script pushes to anyone's registry but the project's own. */
function isRuledOut({ script: { commands } }: ScriptEntry, { origin, names }: FoundPublication): boolean {
  const at = origin.command ? commands.indexOf(origin.command) : -1;
  const excluded = commands.slice(0, Math.max(at, 0)).flatMap(({ tested, name, words }) => {
    const operator = tested && /^(?:\[{1,2}|test)$/.test(name) ? words.findIndex(({ text }) => text === '!=') : -1;
    const literal = words[operator + 1]?.text;
    return operator > 0 && literal !== undefined ? [literal] : [];
  });
  return names.length > 0 && names.every((name) => name.split('/').some((part) => excluded.includes(part)));
}

/** A job is part of the lane where its workflow, or one of those that call it, is declared. */
function isLane({ workflow, origin }: JobInstance, declared: readonly string[] | undefined): boolean {
  if (!declared) return true;
  return [workflow, ...origin.callers.map((call) => call.workflow)].some(({ file }) => declared.includes(file.path));
}

function laneOf(
  groups: readonly PublicationGroup[],
  declared: readonly string[] | undefined,
  isInside: (one: FoundPublication) => boolean,
): readonly string[] {
  if (declared) return declared;
  const roots = groups.flatMap((group) => group.filter(isInside).flatMap(({ place }) => place.job ?? []));
  return [...new Set(roots.map(({ origin, workflow }) => (origin.callers[0]?.workflow ?? workflow).file.path))].sort();
}

/** Where a workflow calls what the lane calls as well. */
function callOf({ origin, place }: FoundPublication): Range | undefined {
  const [outermost] = origin.callers;
  if (outermost) return outermost.at;
  return place.via ? firstLine(place.via.range) : undefined;
}

function workflowOf({ origin, place }: FoundPublication): string {
  const workflow = origin.callers[0]?.workflow ?? place.job?.workflow;
  return `the workflow ${workflow?.file.path ?? ''}`;
}

function scriptOf({ kind, name, path, project }: ScriptEntry): string {
  switch (kind) {
    case 'package.json':
      return `the script "${name}" of ${path}`;
    case 'make':
    case 'just':
      return `the target ${name} of ${path}`;
    case 'nx':
      return `the target ${name} of ${project[0] ?? path}`;
    case 'shell':
      return path;
  }
}

function placeOf({ file, start }: Range): string {
  return `${file.path}:${start}`;
}

function distinct(ranges: readonly Range[]): readonly Range[] {
  return [...new Map(ranges.map((range) => [placeOf(range), range])).values()];
}
