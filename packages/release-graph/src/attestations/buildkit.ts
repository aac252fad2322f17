import type { FoundBuild } from '../builds/index.ts';
import { inputValue } from '../builds/action-inputs.ts';
import { isAction } from '../builds/build-push-action.ts';
import { stepsBefore } from '../builds/workspace.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { Attestation, Related } from '../model.ts';
import { namesOf } from '../publications/build-index.ts';

/** BuildKit's own provenance of a build that is published. */
export type OwnProvenance =
  | { readonly state: 'made'; readonly attestation: Attestation }
  /** Its builder decides, which is not known. */
  | { readonly state: 'perhaps'; readonly attestation: Attestation; readonly reason: string }
  | { readonly state: 'none'; readonly disabledBy?: Related };

/**
 * - Asked for: it is made.
 * - By default with a builder that supports it: one of `setup-buildx-action` or `docker buildx create`; without one the
 *   builder of the Docker daemon, which does so only with the containerd image store.
 * - An exporter that writes files or into the daemon drops it, whatever pushes them later.
 * - What is pushed by `docker push` comes from the daemon's store, which keeps none but for the containerd image store.
 */
export function ownProvenance(build: FoundBuild, by: 'build' | 'push' | 'merge'): OwnProvenance {
  const { provenance, range, origin } = build;
  const attestation: Attestation = {
    kind: 'buildkit',
    signed: false,
    range: provenance.at?.at ?? range,
    origin,
    subjects: namesOf(build),
  };
  const drop = by === 'push' ? build.exporter : undefined;
  if (drop && provenance.state !== 'never' && (drop.type !== 'load' || provenance.state === 'asked'))
    return { state: 'none', disabledBy: drop.at };
  if (provenance.state === 'off') return { state: 'none', ...(provenance.at && { disabledBy: provenance.at }) };
  if (provenance.state === 'never') return { state: 'none' };
  if (provenance.state === 'asked')
    return by === 'push'
      ? perhaps(attestation, 'the image goes through the store of the Docker daemon')
      : { state: 'made', attestation };
  if (by === 'push')
    return usesContainerd(build)
      ? perhaps(attestation, 'the image goes through the containerd image store')
      : { state: 'none' };
  switch (builderOf(build)) {
    case 'container':
      return { state: 'made', attestation };
    case 'docker':
      return { state: 'none' };
    case 'unknown':
      return perhaps(
        attestation,
        'which builder is used is not known: the one of the Docker daemon attests only with the containerd image store',
      );
  }
}

function perhaps(attestation: Attestation, reason: string): OwnProvenance {
  return { state: 'perhaps', attestation, reason };
}

function builderOf({ place }: FoundBuild): 'container' | 'docker' | 'unknown' {
  if (place.step && isAction(place.step, 'depot/build-push-action', 'useblacksmith/build-push-action'))
    return 'unknown';
  for (const step of place.step ? [...stepsBefore(place.step)].reverse() : []) {
    if (isAction(step, 'docker/setup-buildx-action')) {
      const driver = inputValue(step, 'driver');
      if (!driver || driver.values.every((text) => text !== 'docker')) return 'container';
      return driver.complete && driver.values.length === 1 ? 'docker' : 'unknown';
    }
    if (isAction(step, 'depot/setup-action', 'useblacksmith/setup-docker-builder', 'useblacksmith/build-push-action'))
      return 'unknown';
    if (createsBuilder(scriptOf(step.step)?.text.text)) return 'container';
  }
  return createsBuilder(place.step && scriptOf(place.step.step)?.text.text) ? 'container' : 'unknown';
}

function createsBuilder(script: string | undefined): boolean {
  return (
    script !== undefined &&
    /\bbuildx create\b/.test(script) &&
    !/\bbuildx create\b[^\n]*--driver[= ]docker(?:\s|$)/.test(script)
  );
}

function usesContainerd({ place }: FoundBuild): boolean {
  const steps = place.step ? stepsBefore(place.step) : [];
  return steps.some(
    (step) =>
      isAction(step, 'crazy-max/ghaction-setup-containerd') ||
      (isAction(step, 'docker/setup-docker-action', 'crazy-max/ghaction-setup-docker') &&
        /containerd-snapshotter/.test(inputValue(step, 'daemon-config')?.written ?? '')),
  );
}
