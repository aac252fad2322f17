import type { MovingImage } from '../model.ts';
import type { StepInstance } from '../lanes/model.ts';
import { canonicalName } from '../publications/found.ts';
import { imageNames } from '../values/image-names.ts';
import { isForTests } from './for-tests.ts';
import { publishedTags } from './published-tags.ts';
import type { PlacedTag } from './published-tags.ts';
import type { BuildsFound } from '../builds/index.ts';
import type { Published } from '../publications/index.ts';

/**
 * The images of which only moving tags are published. Other lanes count: where one of them gives the image a tag that
 * stays, there is something to roll back to. Previews of pull requests and caches are no releases.
 */
export function movingImages(found: BuildsFound, published: Published): readonly MovingImage[] {
  const all = publishedTags(found, published);
  const unread = unreadImages(found, published);
  if (unread === 'any') return [];
  const kept = new Set([...unread, ...all.filter((tag) => tag.kind !== 'moving').map(({ name }) => name)]);
  const names = new Set(all.map(({ name }) => name));
  const moving = all.filter(
    (tag) => tag.kind === 'moving' && tag.inLane && !kept.has(tag.name) && !isAside(tag.name, names),
  );
  const lanes = Map.groupBy(moving, ({ name, root }) => `${root} ${name}`);
  const places = Map.groupBy(lanes.values(), ([first]) => first && placeOf(first));
  return [...places.values()].flatMap((some) => imageOf(some.flat()));
}

/** Images that something publishes under tags which are not read; `any` where it is not even known which. */
function unreadImages({ steps }: BuildsFound, published: Published): ReadonlySet<string> | 'any' {
  const opaque = published.found
    .flat()
    .filter(
      ({ kind, by, place, opaque: why }) => kind === 'image' && by === 'tool' && (why !== undefined || !place.call),
    );
  if (opaque.some(({ names }) => names.length === 0)) return 'any';
  const retagged = steps.filter(isRetagger).flatMap(({ step }) => step.with.map(({ value }) => value));
  return new Set([...opaque.flatMap(({ names }) => names), ...retagged.flatMap(namesIn)].map(canonicalName));
}

/** Actions of others which give images that are there more tags. */
function isRetagger({ step: { uses } }: StepInstance): boolean {
  if (uses?.target !== 'action' || /^(?:actions|docker)$/i.test(uses.owner ?? '')) return false;
  return /tag|promote|mirror|copy|crane|skopeo|regctl/i.test(`${uses.repository ?? ''}/${uses.path ?? ''}`);
}

function namesIn(value: string): readonly string[] {
  return imageNames({ forms: [[value, ':latest'], [value]] });
}

function placeOf({ range }: PlacedTag): string {
  return `${range.file.path}:${range.start}`;
}

function imageOf(tags: readonly PlacedTag[]): readonly MovingImage[] {
  const [first] = tags;
  if (!first) return [];
  const others = new Map(tags.map((one) => [placeOf(one), one]));
  others.delete(placeOf(first));
  const names = [...new Set(tags.map(({ written }) => written))];
  return [
    {
      names,
      ...(isForTests(names, first.root) && { forTests: true }),
      tags: [...new Set(tags.map(({ tag }) => tag))],
      range: first.range,
      origin: first.origin,
      related: [
        ...first.definitions,
        ...[...others.values()].map(({ range, tag }) => ({ at: range, label: `"${tag}" is published here` })),
      ],
    },
  ];
}

const asideWords =
  /^(?:tests?|testing|e2e|ci|cache|buildcache|previews?|nightly|nightlies|dev|canary|edge|snapshots?|debug)$/;

/** It is made for tests, or is a stream beside an image of its own: `acme/api-nightly` where there is `acme/api`. */
function isAside(name: string, names: ReadonlySet<string>): boolean {
  const last = name.slice(name.lastIndexOf('/') + 1);
  const words = last.split(/[-_.]/);
  if (words.some((word) => /^(?:tests?|testing|e2e|cache|buildcache)$/.test(word))) return true;
  const stream = words.at(-1) ?? '';
  if (words.length < 2 || !asideWords.test(stream)) return false;
  return names.has(name.slice(0, name.length - stream.length - 1));
}
