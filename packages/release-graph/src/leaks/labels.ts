import { firstLine } from '@plimsoll/documents';
import { viewOf } from '../credentials/step-view.ts';
import type { CommandView } from '../credentials/step-view.ts';
import type { Lanes, StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { evaluateText } from '../values/expressions.ts';
import { isNamedCredential } from './identifiers.ts';
import type { SecretLeak } from './model.ts';
import { linesOf } from './steps.ts';
import { pathBefore, trackedIn } from './tracked.ts';
import type { Tracked } from './tracked.ts';

/** The secrets in labels, annotations and tags that steps give images. */
export function leaksOfLabels(lanes: Lanes): readonly SecretLeak[] {
  return lanes.steps.flatMap((step) => {
    const view = viewOf(step);
    if (view.action !== undefined && BUILDERS.has(view.action)) return ofAction(step);
    return view.commands.flatMap(ofCommand);
  });
}

const BUILDERS: ReadonlySet<string> = new Set([
  'docker/build-push-action',
  'depot/build-push-action',
  'useblacksmith/build-push-action',
  'docker/bake-action',
  'depot/bake-action',
  'docker/metadata-action',
  'redhat-actions/buildah-build',
]);

const INPUTS: Readonly<Record<string, 'label' | 'tag'>> = {
  labels: 'label',
  annotations: 'label',
  'bake-file-labels': 'label',
  outputs: 'label',
  tags: 'tag',
  images: 'tag',
};

function ofAction(step: StepInstance): readonly SecretLeak[] {
  const scope = scopeOfStep(step);
  return step.step.with.flatMap((input) => {
    const name = input.name.toLowerCase();
    const kind = INPUTS[name];
    if (kind === undefined && name !== 'set') return [];
    return linesOf(input).flatMap(({ text, places, range }) => {
      const ofLine = kind ?? overrideKind(text);
      const isAnnotation = name !== 'outputs' || text.includes('annotation');
      const tracked = ofLine && isAnnotation ? trackedIn(evaluateText(text, scope, places)) : undefined;
      return tracked && ofLine ? leak(ofLine, tracked, range, nameOf(text)) : [];
    });
  });
}

/** `*.labels.NAME=value`, `target.tags=value` */
function overrideKind(text: string): 'label' | 'tag' | undefined {
  const key = /^[^.=\s]{1,200}\.(labels|annotations|tags)\b/.exec(text)?.[1];
  return key === undefined ? undefined : key === 'tags' ? 'tag' : 'label';
}

function nameOf(text: string): string {
  return /^[\w.*/-]{1,200}(?==)/.exec(text)?.[0] ?? '';
}

function ofCommand(view: CommandView): readonly SecretLeak[] {
  const { call } = view;
  if (call?.does !== 'build' && call?.does !== 'bake') return [];
  return call.options.flatMap((option) => {
    const kind =
      option.name === 'tag' ? 'tag' : option.name === 'label' || option.name === 'annotation' ? 'label' : undefined;
    const ofSet = option.name === 'set' && option.value ? overrideKind(option.value.text) : kind;
    if (!ofSet || !option.value) return [];
    const tracked = trackedIn(view.value(option.value));
    return tracked ? leak(ofSet, tracked, option.value.range, nameOf(option.value.text)) : [];
  });
}

function leak(
  kind: 'label' | 'tag',
  tracked: Tracked,
  range: SecretLeak['range'],
  name: string,
): readonly SecretLeak[] {
  if (kind === 'tag' && !isNamedCredential(tracked.source)) return [];
  const at = firstLine(range);
  const keptIn = kind === 'tag' ? 'the name of the image' : 'the configuration or the manifest of the image';
  return [
    { sink: 'label', source: tracked.source, range: at, name, path: pathBefore(tracked, at), onward: [], keptIn },
  ];
}
