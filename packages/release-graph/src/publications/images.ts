import { firstLine } from '@plimsoll/documents';
import type { ShellWord } from '@plimsoll/documents';
import type { BuildsFound, CallSite, FoundBuild } from '../builds/index.ts';
import type { BuildCall } from '../tools/index.ts';
import { imageNames, images } from '../values/image-names.ts';
import type { WrittenImage } from '../values/image-names.ts';
import { evaluateWord } from '../values/shell.ts';
import { formTexts } from '../values/value.ts';
import { calledManifests } from '../builds/compose-call.ts';
import type { Documents, Value } from '../model.ts';
import { buildsInto, imagesIn, localPush } from './archives.ts';
import { indexBuilds, namesOf, tagKey } from './build-index.ts';
import type { BuildIndex } from './build-index.ts';
import { canonicalName, isPassing, tagsOf } from './found.ts';
import type { FoundPublication } from './found.ts';
import { hiddenPublications } from './hidden.ts';
import { koNames } from './ko.ts';
import { skaffoldPublications } from './skaffold.ts';

/** Builds that push, and commands that push what a build before them made. */
export function imagePublications(documents: Documents, found: BuildsFound): readonly FoundPublication[] {
  const pushing = found.builds.filter((build) => build.pushes === true);
  const ofBuilds = pushing.filter((build) => !build.byDigest).map((build) => ofBuild(build));
  const index = indexBuilds(found);
  const ofCommands = found.sites.flatMap((site) => ofSite(documents, site, found, index));
  const ofTasks = found.steps.flatMap((step) => [
    ...hiddenPublications(step),
    ...skaffoldPublications(documents, step),
  ]);
  return [...ofBuilds, ...ofCommands, ...ofTasks];
}

export function ofBuild(build: FoundBuild): FoundPublication {
  const { range, origin, place } = build;
  const tags = tagsOf(build.tags.flatMap(images));
  return {
    kind: 'image',
    range,
    origin,
    place,
    names: namesOf(build),
    tags,
    builds: [build],
    by: 'build',
    ...byCloudBuild(build),
  };
}

/** Cloud Build attests the images that it pushes to Artifact Registry (Google: Cloud Build, build provenance). */
function byCloudBuild({ place: { call } }: FoundBuild): Pick<FoundPublication, 'opaque'> {
  if (call?.does !== 'build' || call.engine !== 'gcloud') return {};
  return { opaque: 'Cloud Build may attest what it builds' };
}

function ofSite(
  documents: Documents,
  site: CallSite,
  found: BuildsFound,
  index: BuildIndex,
): readonly FoundPublication[] {
  const { call } = site;
  if (call.does === 'push' && !/^oras|manifest/.test(call.tool)) return ofPush(site, call.references, index);
  const local = call.does === 'copy' ? localPush(call) : undefined;
  if (local) return ofPush(site, local.references, index);
  if (call.does === 'build' && call.pushes === true && call.engine === 'ko') return ofKo(site, call);
  if (call.does === 'build' && call.pushes === true && /^(?:jib|pack|apko)$/.test(call.engine))
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
    tags: tagsOf(tags.flatMap(images)),
    builds: [],
    by: 'tool',
  };
}

/** `ko.local` and `kind.local` are no registries. */
function ofKo(site: CallSite, call: BuildCall): readonly FoundPublication[] {
  const names = koNames(site, call);
  if (names.some((name) => /^(?:ko|kind)\.local\b/.test(name) || isPassing(`${name}/`))) return [];
  const tags = call.tags.flatMap((tag) => formTexts(evaluateWord(tag, site.scope)).flatMap((text) => text.split(',')));
  const written = names.flatMap((name) => (tags.length > 0 ? tags : ['latest']).map((tag) => ({ name, tag })));
  return [{ ...ofTool(site, []), names, tags: written }];
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
  const range = firstLine(call.command.range);
  const tags = tagsOf(built.flatMap((build) => build.tags.flatMap(images)));
  return [{ kind: 'image', range, origin, place, names, tags, builds: built, by: 'push' }];
}

/** `docker push`: of the build in its job, else in its workflow, whose tag it names. */
function ofPush(site: CallSite, references: readonly ShellWord[], index: BuildIndex): readonly FoundPublication[] {
  const { call } = site;
  const pushed = references.flatMap((word) => {
    const value = evaluateWord(word, site.scope);
    const known = images(value);
    return known.length > 0
      ? known
      : value.forms.map((form) => ({
          name: form.map((part) => (typeof part === 'string' ? part : part.unknown)).join(''),
          known: false,
        }));
  });
  const local = localPush(call);
  const named = [
    ...pushed,
    ...(local ? imagesIn(local, site) : []),
    ...pushed.flatMap((image) => index.sourcesOf(image, site.place)),
  ];
  const written = local ? buildsInto(local, site, index.inRun(site.place).all) : [];
  const builds = written.length > 0 ? written : buildOf(named, site, index);
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
      tags: tagsOf(pushed.filter((image) => names.includes(image.name))),
      builds,
      by: 'push',
      ...(builds.length === 0 && { opaque: 'what is pushed is not built in this lane' }),
    },
  ];
}

/** The nearest builds with the name and the tag, then with the name alone; then the only build of the job. */
function buildOf(pushed: readonly WrittenImage[], site: CallSite, index: BuildIndex): readonly FoundBuild[] {
  const here = index.together(site.place);
  for (const some of [here, index.inRun(site.place)]) {
    const exact = pushed.flatMap((image) => some.byTag.get(tagKey(image)) ?? []);
    if (exact.length > 0) return [...new Set(exact)];
    const named = pushed.flatMap((image) => some.byName.get(canonicalName(image.name)) ?? []);
    if (named.length > 0) return [...new Set(named)];
  }
  if (pushed.every((image) => image.known)) return [];
  const loaded = here.all.filter((build) => build.pushes !== true);
  return loaded.length === 1 ? loaded : [];
}
