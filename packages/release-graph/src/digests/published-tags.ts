import type { Range, ShellWord } from '@plimsoll/documents';
import { inputLines } from '../builds/action-inputs.ts';
import type { BuildsFound, CallSite, FoundBuild, Place } from '../builds/index.ts';
import type { Origin, Related, Value, ValueForm, ValuePart } from '../model.ts';
import { canonicalName, isPassing } from '../publications/found.ts';
import type { FoundPublication } from '../publications/found.ts';
import type { Published } from '../publications/index.ts';
import { rootOf } from '../publications/lane-root.ts';
import type { ToolCall } from '../tools/index.ts';
import { entries, images } from '../values/image-names.ts';
import { evaluateWord } from '../values/shell.ts';
import { canRunOnTags, isPreview } from './publishing-events.ts';
import { tagKind } from './tag-kinds.ts';
import type { TagKind } from './tag-kinds.ts';

/** A tag that is published, where it is written. */
export interface PlacedTag {
  /** The image in one way of writing, and as it is written. */
  readonly name: string;
  readonly written: string;
  readonly tag: string;
  readonly kind: TagKind;
  readonly range: Range;
  readonly origin: Origin;
  readonly definitions: readonly Related[];
  /** The file in which its run starts. */
  readonly root: string;
  /** A workflow or an action publishes it; no script alone. */
  readonly inLane: boolean;
}

/** Every tag under which an image goes to a registry, once for each place and leg. Those of previews and of local registries are left out. */
export function publishedTags(found: BuildsFound, published: Published): readonly PlacedTag[] {
  const composed = published.found.flat().filter(({ place }) => place.call?.does === 'compose');
  return [
    ...found.builds.filter((build) => build.pushes === true).flatMap(ofBuild),
    ...found.sites.flatMap(ofSite),
    ...composed.flatMap(ofCompose),
  ];
}

function ofBuild(build: FoundBuild): readonly PlacedTag[] {
  const { place, origin, how } = build;
  if (build.byDigest || isPreview(place, build)) return [];
  const lines =
    how === 'build-push-action' && place.step
      ? inputLines(place.step, 'tags')
      : build.tags.map((value) => ({ value, range: value.range }));
  const source = { place, origin, onTags: canRunOnTags(place, build) };
  const named = lines.flatMap(({ value, range }) => ofValue(value, range, source));
  const exported = build.tags.length === 0 ? build.outputNames : [];
  return [...named, ...exported.flatMap((value) => ofValue(value, value.range, source))];
}

/** `docker compose push`: the names stand in the compose file. */
function ofCompose({ builds, place, origin }: FoundPublication): readonly PlacedTag[] {
  if (isPreview(place)) return [];
  const source = { place, origin, onTags: canRunOnTags(place) };
  return builds.flatMap(({ tags }) => tags.flatMap((value) => ofValue(value, value.range, source)));
}

interface Source {
  readonly place: Place;
  readonly origin: Origin;
  readonly onTags: boolean;
}

function ofValue(value: Value, range: Range, source: Source): readonly PlacedTag[] {
  return value.forms.flatMap(entries).flatMap((form) => {
    const [image] = images({ forms: [form] });
    if (!image || isPassing(`${image.name}/`)) return [];
    const { name, tag, digest } = image;
    const open = tag === undefined && (digest !== undefined || mayHoldTag(form));
    const kind = open ? 'fixed' : tagKind(tag ?? 'latest', source.onTags);
    return kind === 'none' ? [] : [placed(name, tag ?? digest ?? 'latest', kind, value, range, source)];
  });
}

/** A name which ends in something unknown may end in a tag, unless that is the name of the repository. */
function mayHoldTag(form: ValueForm): boolean {
  const last = form.at(-1);
  return typeof last === 'object' && !/\bgithub\.(?:repository|event\.repository\.name)\b/.test(last.unknown);
}

function placed(
  name: string,
  tag: string,
  kind: TagKind,
  { definitions }: Value,
  range: Range,
  { place, origin }: Source,
): PlacedTag {
  const inLane = place.job !== undefined || place.step !== undefined;
  return {
    name: canonicalName(name),
    written: name,
    tag,
    kind,
    range,
    origin,
    definitions,
    root: rootOf(place),
    inLane,
  };
}

/** What is pushed under tags that are not read: they may stay. */
function unknownTags(value: Value, source: Source): readonly PlacedTag[] {
  const named = value.forms.map((form) => (form.some(hasTag) ? form : [...form, ':latest']));
  return images({ forms: named }).map(({ name }) => placed(name, '', 'fixed', value, value.range, source));
}

function ofSite({ call, scope, place, origin }: CallSite): readonly PlacedTag[] {
  const words = targetsOf(call);
  if (words.length === 0 || isPreview(place)) return [];
  const source = { place, origin, onTags: canRunOnTags(place) };
  return words.flatMap((word) => {
    const value = evaluateWord(word, scope);
    const open = (call.does === 'push' && call.allTags) || call.does === 'tag';
    return open ? unknownTags(value, source) : ofValue(value, word.range, source);
  });
}

function hasTag(part: ValuePart): boolean {
  return typeof part === 'string' && part.includes(':', part.lastIndexOf('/') + 1);
}

/** The names under which a command publishes an image; of `crane tag` and `push --all-tags` the tags stand elsewhere. */
function targetsOf(call: ToolCall): readonly ShellWord[] {
  switch (call.does) {
    case 'push':
      return /^oras/.test(call.tool) ? [] : call.references;
    case 'merge':
      return call.pushes ? call.tags : [];
    case 'copy':
      return call.destinations;
    case 'tag':
      return call.where === 'registry' && call.source ? [call.source] : [];
    case 'build':
      return call.pushes === true && /^(?:jib|pack)$/.test(call.engine) ? call.tags : [];
    default:
      return [];
  }
}
