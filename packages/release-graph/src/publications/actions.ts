import { isAction } from '../builds/build-push-action.ts';
import { inputValue } from '../builds/action-inputs.ts';
import { readText } from '../commands/script-files.ts';
import type { StepInstance } from '../lanes/model.ts';
import type { Documents } from '../model.ts';
import { imageNames } from '../values/image-names.ts';
import type { FoundPublication } from './found.ts';

/** Actions that build and push an image by themselves, with the inputs that name it. They attest nothing. */
const pushers: Readonly<Record<string, readonly string[]>> = {
  'redhat-actions/push-to-registry': ['image'],
  'mr-smithers-excellent/docker-build-push': ['image'],
  'elgohr/publish-docker-github-action': ['name'],
  'whoan/docker-build-with-cache-action': ['image_name'],
  'macbre/push-to-ghcr': ['image_name'],
  'aevea/action-kaniko': ['image'],
  'int128/kaniko-action': ['tags'],
};

export function actionPublication(documents: Documents, step: StepInstance): readonly FoundPublication[] {
  const { uses } = step.step;
  if (!uses) return [];
  const found = {
    kind: 'image' as const,
    range: uses.range,
    origin: step.origin,
    place: { step, ...(step.job && { job: step.job }) },
    builds: [],
    by: 'tool' as const,
  };
  const inputs = pushers[`${uses.owner ?? ''}/${uses.repository ?? ''}`.toLowerCase()];
  if (inputs) {
    const names = inputs
      .flatMap((name) => inputValue(step, name) ?? [])
      .flatMap((value) => imageNames({ forms: value.forms.map((form) => [...form, ':latest']) }));
    return [{ ...found, names }];
  }
  if (isAction(step, 'goreleaser/goreleaser-action') && releases(step) && pushesImages(documents)) {
    return [{ ...found, names: [], opaque: 'goreleaser signs and attests by its own configuration' }];
  }
  return [];
}

function releases(step: StepInstance): boolean {
  const args = inputValue(step, 'args')?.written ?? '';
  return /\brelease\b/.test(args) && !/--snapshot|--skip[= ]\S*(?:publish|docker)|--skip-publish/.test(args);
}

/** Whether the configuration of goreleaser has images. */
function pushesImages({ tree }: Documents): boolean {
  return tree.files.some(
    ({ path }) =>
      /(?:^|\/)\.?goreleaser[\w.-]*\.ya?ml$/.test(path) &&
      /^(?:dockers|dockers_v2|docker_manifests|kos):/m.test(readText(tree, path)?.text ?? ''),
  );
}
