import { expandOptionsAt, expandWord, parseImageName, scopeAt, textOf } from '@plimsoll/documents';
import type { Dockerfile, FromInstruction, Range, Stage } from '@plimsoll/documents';
import type { Build, ImageReference, Related } from '../model.ts';
import { argsOf } from './build-args.ts';
import { imageReference } from './image-reference.ts';
import { imageWithUnknownName } from './unknown-name.ts';
import { isReplaced } from './named-contexts.ts';
import { earlierStage, lastNamed, reachableStages } from './reachable-stages.ts';

/** A Dockerfile with the builds of it, and of those that are published under which name. */
export interface DockerfileUse {
  readonly dockerfile: Dockerfile;
  readonly builds: readonly Build[];
  readonly published: ReadonlyMap<Build, string>;
  /** Names that the same lanes or scripts build, which so are no images of others. */
  readonly builtBeside: ReadonlySet<string>;
}

/** The images that a Dockerfile pulls: in FROM, `COPY --from`, `RUN --mount from=` and `# syntax=`. */
export function dockerfileReferences(use: DockerfileUse): readonly ImageReference[] {
  const { dockerfile } = use;
  const releases = releasesOf(use);
  const froms = dockerfile.stages.flatMap((stage) => fromReferences(use, stage, releases.get(stage)));
  const others = dockerfile.stages.flatMap((stage) => stageReferences(use, stage, releases.get(stage)));
  return [...syntaxReferences(use, [...releases.values()][0]), ...froms, ...others];
}

/** Why the stages matter to a release: those that a published image is made of. */
function releasesOf({ dockerfile, published }: DockerfileUse): ReadonlyMap<Stage, string> {
  const releases = new Map<Stage, string>();
  for (const [build, name] of published) {
    const because = becauseOf(name);
    for (const stage of reachableStages(dockerfile, build.target))
      if (because !== undefined && !releases.has(stage)) releases.set(stage, because);
  }
  return releases;
}

/** Why an image matters that goes into one which is published under this name; undefined where none is. */
export function becauseOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const isKnown = name !== '' && !name.includes('$');
  return isKnown ? `the published image ${name} is built with it` : 'a published image is built with it';
}

function syntaxReferences({ dockerfile }: DockerfileUse, releases: string | undefined): readonly ImageReference[] {
  return dockerfile.directives.flatMap(({ name, value, valueRange }) => {
    const [image = ''] = value.trim().split(/\s/, 1);
    if (name !== 'syntax' || image === '' || image.startsWith('dockerfile.v0')) return [];
    const at = { ...valueRange, end: Math.min(valueRange.end, valueRange.start + image.length) };
    return imageReference(image, { range: at, site: 'syntax', written: image, releases }) ?? [];
  });
}

const none: ReadonlyMap<string, string | undefined> = new Map();

/** One reference for each image that FROM can name, in the builds that are known. */
function fromReferences(use: DockerfileUse, stage: Stage, releases: string | undefined): readonly ImageReference[] {
  const { dockerfile, builds } = use;
  const kept = builds.filter((build) => !isReplaced(build, stage.name));
  if (builds.length > 0 && kept.length === 0) return [];
  const { from } = stage;
  if (!from.image.raw.includes('$')) return pulled(use, kept, stage, textWithoutQuotes(from.image.raw), [], releases);
  const found = new Map<string, ImageReference>();
  for (const build of kept.length > 0 ? kept : [undefined]) {
    const args = build ? argsOf(build) : none;
    const expansion = expandWord(from.image, scopeAt(dockerfile, from, args), expandOptionsAt(dockerfile, from, args));
    if (expansion.value === undefined || found.has(expansion.value)) continue;
    const through = [...expansion.definitions.map(definition), ...givenIn(build, expansion.names)];
    for (const reference of pulled(use, kept, stage, expansion.value, through, releases))
      found.set(expansion.value, reference);
  }
  return found.size > 0 ? [...found.values()] : taggedReference(use, stage, releases);
}

/** Of `${REGISTRY}/base:latest` the tag is known, whatever the registry turns out to be. */
function taggedReference(
  { builtBeside }: DockerfileUse,
  { from }: Stage,
  releases: string | undefined,
): readonly ImageReference[] {
  const image = imageWithUnknownName(textWithoutQuotes(from.image.raw));
  if (!image || mayBeOneOf(builtBeside, image.repository)) return [];
  const reference = imageReference(image.text, {
    range: fromRange(from),
    site: 'FROM',
    written: from.image.raw,
    releases,
    image,
  });
  return reference ? [reference] : [];
}

/** Whether a name that is not wholly known may be one of these, by what its last part starts with. */
function mayBeOneOf(names: ReadonlySet<string>, repository: string): boolean {
  const last = repository.slice(repository.lastIndexOf('/') + 1);
  const [start = ''] = last.split('$', 1);
  return [...names].some((name) => {
    const own = name.slice(name.lastIndexOf('/') + 1);
    return last.includes('$') ? own.startsWith(start) : own === last;
  });
}

function definition(at: Range): Related {
  return { at, label: `${textOf(at).split('=', 1)[0] ?? 'it'} is declared here` };
}

function givenIn(build: Build | undefined, names: readonly string[]): readonly Related[] {
  return (build?.buildArgs ?? []).flatMap(({ name, range }) =>
    names.includes(name) ? [{ at: range, label: `the build gives ${name}` }] : [],
  );
}

/** The image, unless it is a stage, nothing, or replaced by a named context. */
function pulled(
  use: DockerfileUse,
  builds: readonly Build[],
  stage: Stage,
  name: string,
  through: readonly Related[],
  releases: string | undefined,
): readonly ImageReference[] {
  const { from, index } = stage;
  if (lastNamed(use.dockerfile, name, index) || name === 'scratch' || name === '' || isBuiltBeside(use, name))
    return [];
  if (builds.length > 0 && builds.every((build) => isReplaced(build, name))) return [];
  return [
    imageReference(name, { range: fromRange(from), site: 'FROM', written: from.image.raw, through, releases }),
  ].filter((one) => one !== undefined);
}

function fromRange({ image }: FromInstruction): Range {
  return image.range;
}

function isBuiltBeside({ builtBeside }: DockerfileUse, name: string): boolean {
  return builtBeside.size > 0 && builtBeside.has(parseImageName(name)?.name ?? name);
}

/** Images in `COPY --from` and in mounts; variables are an error there. */
function stageReferences(use: DockerfileUse, stage: Stage, releases: string | undefined): readonly ImageReference[] {
  return stage.instructions.flatMap((instruction) => {
    if (instruction.type === 'copy' && instruction.from) {
      const { raw, range } = instruction.from;
      return sourceReference(use, stage, { site: 'COPY --from', written: raw, range, releases });
    }
    if (instruction.type !== 'run') return [];
    return instruction.mounts.flatMap((mount) =>
      mount.options.flatMap(({ key, value, valueRange }) =>
        key === 'from' && value !== undefined
          ? sourceReference(use, stage, { site: 'RUN --mount', written: value, range: valueRange, releases })
          : [],
      ),
    );
  });
}

function sourceReference(
  use: DockerfileUse,
  stage: Stage,
  place: Parameters<typeof imageReference>[1],
): readonly ImageReference[] {
  const name = textWithoutQuotes(place.written);
  if (name.includes('$') || earlierStage(use.dockerfile, name, stage.index) || isBuiltBeside(use, name)) return [];
  if (use.builds.length > 0 && use.builds.every((build) => isReplaced(build, name))) return [];
  const reference = imageReference(name, place);
  return reference ? [reference] : [];
}

function textWithoutQuotes(raw: string): string {
  return raw.replace(/^(["'])(.*)\1$/, '$2');
}
