import type { StepInstance } from '../lanes/model.ts';
import type { Documents, Value } from '../model.ts';
import { append, literal } from '../values/resolved.ts';
import { toValue } from '../values/value.ts';
import { buildArgsOf, inputValue } from './action-inputs.ts';
import { isAction } from './build-push-action.ts';
import type { FoundBuild } from './found.ts';
import { podman, linkSources } from './sources.ts';
import { workspaceOf } from './workspace.ts';

/** The build of a `redhat-actions/buildah-build` step with a Containerfile. Another step pushes it. */
export function buildahAction(documents: Documents, step: StepInstance): readonly FoundBuild[] {
  const { uses } = step.step;
  if (!uses || !isAction(step, 'redhat-actions/buildah-build')) return [];
  const file = inputValue(step, 'containerfiles') ?? inputValue(step, 'dockerfiles');
  if (!file) return [];
  const context = inputValue(step, 'context') ?? toValue(literal('.'), '.', uses.range);
  return linkSources(documents, context, file, workspaceOf(step), podman).map((sources) => ({
    how: 'command',
    range: uses.range,
    origin: step.origin,
    place: { step, ...(step.job && { job: step.job }) },
    ...sources,
    contextRange: context.range,
    buildArgs: buildArgsOf(step, 'build-args'),
    namedContexts: [],
    tags: tagsOf(step),
    outputNames: [],
    labels: [inputValue(step, 'labels')].filter((value) => value !== undefined),
    pushes: false,
    byDigest: false,
    provenance: { state: 'never' },
    sbom: false,
  }));
}

/** `image` with each of `tags`, which may be whole references where no image is given. */
function tagsOf(step: StepInstance): readonly Value[] {
  const image = inputValue(step, 'image');
  const tags = inputValue(step, 'tags');
  if (!image) return tags ? [tags] : [];
  const endings = tags
    ? tags.forms.flatMap((form) =>
        form.every((part) => typeof part === 'string')
          ? form
              .join('')
              .split(/\s+/)
              .filter(Boolean)
              .map((tag) => [`:${tag}`])
          : [[':', ...form]],
      )
    : [[':latest']];
  return [{ ...image, forms: image.forms.flatMap((form) => endings.map((ending) => append(form, ending))) }];
}
