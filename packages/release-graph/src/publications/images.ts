import { firstLine } from '@plimsoll/documents';
import type { BuildsFound, CallSite, FoundBuild } from '../builds/index.ts';
import type { PushCall } from '../tools/index.ts';
import { imageNames, images } from '../values/image-names.ts';
import type { WrittenImage } from '../values/image-names.ts';
import { evaluateWord } from '../values/shell.ts';
import { calledManifests } from '../builds/compose-call.ts';
import type { Documents, Value } from '../model.ts';
import { isPassing, sharesName } from './found.ts';
import type { FoundPublication } from './found.ts';
import { rootOf } from './lane-root.ts';

/** Builds that push, and commands that push what a build before them made. */
export function imagePublications(documents: Documents, found: BuildsFound): readonly FoundPublication[] {
  const pushing = found.builds.filter((build) => build.pushes === true);
  const ofBuilds = pushing.filter((build) => !build.byDigest).map((build) => ofBuild(build));
  const ofCommands = found.sites.flatMap((site) => ofSite(documents, site, found));
  return [...ofBuilds, ...ofCommands];
}

export function namesOf({ tags, outputNames }: FoundBuild): readonly string[] {
  return [...new Set([...tags, ...outputNames.flatMap(bareName)].flatMap(imageNames))];
}

/** An exporter's name is a name without a tag, so a value that is unknown as a whole is one as well. */
function bareName(value: Value): readonly Value[] {
  return [{ ...value, forms: value.forms.map((form) => [...form, ':latest']) }];
}

export function ofBuild(build: FoundBuild): FoundPublication {
  const { range, origin, place } = build;
  return { kind: 'image', range, origin, place, names: namesOf(build), builds: [build], by: 'build' };
}

function ofSite(documents: Documents, site: CallSite, found: BuildsFound): readonly FoundPublication[] {
  const { call } = site;
  if (call.does === 'push' && !/^oras/.test(call.tool)) return ofPush(site, call, found);
  if (call.does === 'build' && call.pushes === true && call.engine === 'ko') return ofKo(site);
  if (call.does === 'build' && call.pushes === true && /^(?:jib|pack)$/.test(call.engine))
    return [
      ofTool(
        site,
        call.tags.map((tag) => evaluateWord(tag, site.scope)),
      ),
    ];
  if (call.does === 'compose' && (call.action === 'push' || (call.action === 'build' && call.pushes === true)))
    return ofCompose(documents, site, found);
  return [];
}

function ofTool(site: CallSite, tags: readonly Value[]): FoundPublication {
  const { call, origin, place } = site;
  return {
    kind: 'image',
    range: firstLine(call.command.range),
    origin,
    place,
    names: [...new Set(tags.flatMap(imageNames))],
    builds: [],
    by: 'tool',
  };
}

/** ko pushes below `KO_DOCKER_REPO`; `ko.local` and `kind.local` are no registries. */
function ofKo(site: CallSite): readonly FoundPublication[] {
  const repository = site.scope.variable('KO_DOCKER_REPO');
  const names = repository
    ? imageNames({ forms: repository.forms.map((form) => [...form, '/', ':latest']) }).map((name) =>
        name.replace(/\/$/, ''),
      )
    : [];
  if (names.some((name) => /^(?:ko|kind)\.local\b/.test(name) || isPassing(`${name}/`))) return [];
  return [{ ...ofTool(site, []), names }];
}

/** What compose builds in the files that it pushes. */
function ofCompose(documents: Documents, site: CallSite, found: BuildsFound): readonly FoundPublication[] {
  const { call, origin, place } = site;
  const manifests = calledManifests(documents, site);
  const built = found.builds.filter(
    (build) =>
      build.how === 'compose' &&
      build.origin.manifest &&
      manifests.includes(build.origin.manifest) &&
      (build.place.job === place.job || build.place.job === undefined),
  );
  const names = [...new Set(built.flatMap(namesOf))];
  if (built.length === 0) return [];
  return [{ kind: 'image', range: firstLine(call.command.range), origin, place, names, builds: built, by: 'push' }];
}

/** `docker push`: of the build in its job, else in its workflow, whose tag it names. */
function ofPush(site: CallSite, call: PushCall, found: BuildsFound): readonly FoundPublication[] {
  const pushed = call.references.flatMap((word) => {
    const value = evaluateWord(word, site.scope);
    const known = images(value);
    return known.length > 0
      ? known
      : value.forms.map((form) => ({
          name: form.map((part) => (typeof part === 'string' ? part : part.unknown)).join(''),
          known: false,
        }));
  });
  const named = [...pushed, ...pushed.flatMap((image) => sourcesOfTag(image, site, found.sites))];
  const builds = buildOf(named, site, found.builds);
  if (builds.some((build) => build.pushes === true && !build.byDigest && build.place.job === site.place.job)) return [];
  const { origin, place } = site;
  const names = [...new Set(pushed.map((image) => image.name).filter((name) => !/^\$\{?\w+\}?$/.test(name)))];
  return [
    {
      kind: 'image',
      range: firstLine(call.command.range),
      origin,
      place,
      names: names.length > 0 ? names : [...new Set(builds.flatMap(namesOf))],
      builds,
      by: 'push',
      ...(builds.length === 0 && { opaque: 'what is pushed is not built in this lane' }),
    },
  ];
}

/** What `docker tag` made a name of, in the same job or script. */
function sourcesOfTag(image: WrittenImage, site: CallSite, sites: readonly CallSite[]): readonly WrittenImage[] {
  return sites.flatMap(({ call, scope, place }) => {
    if (call.does !== 'tag' || !call.source || !isTogether(place, site.place)) return [];
    const names = call.names.flatMap((name) => images(evaluateWord(name, scope)));
    return names.some((name) => name.name === image.name) ? images(evaluateWord(call.source, scope)) : [];
  });
}

function isTogether(a: CallSite['place'], b: CallSite['place']): boolean {
  if (a.job || b.job) return a.job === b.job;
  return a.entry?.path === b.entry?.path && a.step?.siblings === b.step?.siblings;
}

/** The nearest builds with the name and the tag, then with the name alone; then the only build of the job. */
function buildOf(
  pushed: readonly WrittenImage[],
  site: CallSite,
  builds: readonly FoundBuild[],
): readonly FoundBuild[] {
  const inJob = builds.filter((build) => build.how !== 'assumed' && isTogether(build.place, site.place));
  const inLane = site.place.job
    ? builds.filter((build) => build.place.job && rootOf(build.place) === rootOf(site.place))
    : [];
  for (const some of [inJob, inLane]) {
    const exact = some.filter((build) =>
      build.tags
        .flatMap(images)
        .some((tag) => pushed.some((image) => image.name === tag.name && image.tag === tag.tag)),
    );
    if (exact.length > 0) return exact;
    const named = some.filter((build) =>
      sharesName(
        namesOf(build),
        pushed.map((image) => image.name),
      ),
    );
    if (named.length > 0) return named;
  }
  const loaded = inJob.filter((build) => build.pushes !== true);
  const unknown = pushed.some((image) => !image.known);
  return unknown && loaded.length === 1 ? loaded : [];
}
