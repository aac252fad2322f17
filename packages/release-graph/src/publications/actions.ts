import type { NamedValue, Range } from '@plimsoll/documents';
import { evaluateString } from '../values/expressions.ts';
import { inputValue } from '../builds/action-inputs.ts';
import { booleanOf } from '../builds/build-push-action.ts';
import { viewOf } from '../credentials/step-view.ts';
import { legsOf } from '../lanes/matrix.ts';
import type { JobInstance, Lanes, StepInstance } from '../lanes/model.ts';
import { scopeOfJob } from '../lanes/scope.ts';
import type { Value } from '../model.ts';
import { images } from '../values/image-names.ts';
import type { WrittenImage } from '../values/image-names.ts';
import { formTexts } from '../values/value.ts';
import type { FoundBuild } from '../builds/index.ts';
import { namesOf } from './build-index.ts';
import { tagsOf } from './found.ts';
import type { FoundPublication } from './found.ts';

/** Actions that push an image by themselves, with the inputs that name it. They attest nothing. */
const pushers: Readonly<Record<string, readonly string[]>> = {
  'mr-smithers-excellent/docker-build-push': ['image'],
  'elgohr/publish-docker-github-action': ['name'],
  'whoan/docker-build-with-cache-action': ['image_name'],
  'macbre/push-to-ghcr': ['image_name'],
  'aevea/action-kaniko': ['image'],
  'int128/kaniko-action': ['tags'],
  'vaultvulp/gp-docker-action': ['image-name'],
  'jerray/publish-docker-action': ['repository'],
  'philips-software/docker-ci-scripts': ['image-name'],
};

/** Builds and pushes that other rows know better, and those which push no image. */
const known =
  /^(?:docker|depot|useblacksmith|goreleaser|ko-build|actions|github|changesets|ad-m|stefanzweifel|peter-evans|cpina|peaceiris|jamesives|endbug)\//;

/** Inputs that name an image, in actions and workflows that no table knows. */
const imageInput =
  /^(?:docker[-_])?(?:images?|image[-_](?:name|names|repository|ref)|meta-images|repository|repositories)$/i;
const tagInput = /^(?:docker[-_]|image[-_]|publish[-_])?tags?$/i;
const pushInput = /^(?:docker[-_]?)?push(?:[-_](?:image|images|to[-_]registry|to[-_]ghcr))?$/i;
const pushingName =
  /(?:docker|image|container|manifest)[\w-]*[-_/](?:push|publish)|(?:push|publish)[\w-]*[-_](?:docker|image|container|manifest)/i;

/** What the action of a step pushes. */
export function actionPublication(step: StepInstance, made: readonly FoundBuild[]): readonly FoundPublication[] {
  const { uses } = step.step;
  const { action } = viewOf(step);
  if (!uses || action === undefined) return [];
  const place = { step, ...(step.job && { job: step.job }) };
  const found = {
    kind: 'image' as const,
    range: uses.range,
    origin: step.origin,
    place,
    builds: [],
    by: 'tool' as const,
  };
  if (action === 'redhat-actions/push-to-registry') return [{ ...found, by: 'push', ...ofRegistry(step, made) }];
  const own = pushers[action];
  if (own) return [{ ...found, ...named(own.flatMap((name) => inputValue(step, name) ?? [])) }];
  if (known.test(action)) return [];
  const inputs = step.step.with.map(({ name }): readonly [string, Value | undefined] => [
    name,
    inputValue(step, name.toLowerCase()),
  ]);
  return foreign(uses.text, pushingName.test(action), inputs).map((one) => ({ ...found, ...one }));
}

/** `registry` with `image`, and each of `tags`; the builds of the job that name the image so. */
function ofRegistry(
  step: StepInstance,
  made: readonly FoundBuild[],
): Pick<FoundPublication, 'names' | 'tags' | 'builds' | 'opaque'> {
  const [registry = '', image = '', tags = 'latest'] = ['registry', 'image', 'tags'].map((name) => {
    const value = inputValue(step, name);
    return value && formTexts(value)[0];
  });
  const name = [registry.replace(/\/$/, ''), image].filter((part) => part !== '').join('/');
  const builds = made.filter(
    (build) => build.place.job === step.job && build.pushes !== true && namesOf(build).includes(image),
  );
  const from = { builds, ...(builds.length === 0 && { opaque: 'what is pushed is not built in this lane' }) };
  return name === ''
    ? { names: [], ...from }
    : { names: [name], tags: tags.split(/\s+/).map((tag) => ({ name, tag })), ...from };
}

/** What the workflows of other repositories push, of which that is said when they are called. */
export function calledPublications(lanes: Lanes): readonly FoundPublication[] {
  return lanes.jobs.filter((job) => job.job.uses?.target === 'workflow').flatMap((job) => legsOf(job).flatMap(ofCall));
}

function ofCall(job: JobInstance): readonly FoundPublication[] {
  const { uses, with: given } = job.job;
  if (!uses) return [];
  const value = (one: NamedValue): Value => evaluateString(one, scopeOfJob(job));
  const inputs = given.map((one): readonly [string, Value] => [one.name, value(one)]);
  return foreign(uses.text, pushingName.test(uses.path ?? ''), inputs).map((one) => ({
    kind: 'image',
    range: uses.range,
    origin: job.origin,
    place: { job },
    builds: [],
    by: 'tool',
    ...one,
  }));
}

type Foreign = Pick<FoundPublication, 'names' | 'tags' | 'opaque'> & { readonly pushRange?: Range };

/** Where an image is named, and `push:` can be true, or the name says that it pushes images. */
function foreign(
  uses: string,
  byName: boolean,
  inputs: readonly (readonly [string, Value | undefined])[],
): readonly Foreign[] {
  const valuesOf = (pattern: RegExp) =>
    inputs.filter(([name]) => pattern.test(name)).flatMap(([, value]) => value ?? []);
  const tags = valuesOf(tagInput);
  const naming = [
    ...valuesOf(imageInput),
    ...tags.filter((value) => images(value).some(({ name }) => name.includes('/'))),
  ];
  const push = inputs.find(([name]) => pushInput.test(name))?.[1];
  const pushes = push ? booleanOf(push) !== false : byName;
  if (!pushes || naming.length === 0) return [];
  return [
    { ...named(naming), opaque: `${uses} pushes by itself and may attest`, ...(push && { pushRange: push.range }) },
  ];
}

/** A value without a tag is a name as well, also where all of it is an expression. */
function named(values: readonly Value[]): Pick<FoundPublication, 'names' | 'tags'> {
  const found = values.flatMap((value) => written(value));
  return {
    names: [...new Set(found.map(({ name }) => name))],
    tags: tagsOf(found.filter(({ tag }) => tag !== undefined)),
  };
}

function written(value: Value): readonly WrittenImage[] {
  const own = images(value);
  return own.length > 0 ? own : images({ forms: value.forms.map((form) => [...form, '@']) });
}
