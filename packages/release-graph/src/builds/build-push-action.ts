import type { Range } from '@plimsoll/documents';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import type { Documents, Value } from '../model.ts';
import { entries } from '../values/image-names.ts';
import { literal, onlyValue } from '../values/resolved.ts';
import { toValue } from '../values/value.ts';
import { buildArgsOf, inputEntry, inputLines, inputValue } from './action-inputs.ts';
import type { ListEntry } from './action-inputs.ts';
import { exporterOf, loads } from './exporters.ts';
import type { Exporter } from './exporters.ts';
import type { FoundBuild, NamedContext, ProvenanceSetting } from './found.ts';
import { attestSetting, provenanceSetting, noDefault } from './provenance-setting.ts';
import { resolveContext } from './paths.ts';
import { eitherSbom, sbomAttest, sbomSetting } from './sbom-setting.ts';
import { docker, linkSources } from './sources.ts';
import { workspaceOf } from './workspace.ts';

/** The action, and others which take the same inputs. */
const buildActions = ['docker/build-push-action', 'depot/build-push-action', 'useblacksmith/build-push-action'];

/** The builds of a `docker/build-push-action` step: one, or one for each way in which its names can turn out. */
export function buildPushAction(documents: Documents, step: StepInstance): readonly FoundBuild[] {
  const { uses } = step.step;
  if (!uses || !isAction(step, ...buildActions)) return [];
  const base = workspaceOf(step);
  const context = inputValue(step, 'context') ?? toValue(literal(''), '', uses.range);
  const contextRange = inputEntry(step, 'context')?.range;
  const target = inputValue(step, 'target');
  const { pushes, pushRange, byDigest } = pushOf(step);
  const sbom = eitherSbom(
    sbomSetting(inputValue(step, 'sbom')),
    sbomAttest(inputLines(step, 'attests').map(textOfEntry)),
  );
  const exporter = exporterIn(step);
  return linkSources(documents, context, inputValue(step, 'file'), base, docker).map((sources) => ({
    how: 'build-push-action',
    range: uses.range,
    origin: step.origin,
    place: { step, ...(step.job && { job: step.job }) },
    ...sources,
    ...(contextRange && { contextRange }),
    ...(target && target.written.trim() !== '' && { target }),
    buildArgs: buildArgsOf(step, 'build-args'),
    namedContexts: namedContexts(step),
    tags: [inputValue(step, 'tags')].filter((value) => value !== undefined),
    outputNames: inputLines(step, 'outputs').flatMap((line) => outputName(line.value) ?? []),
    labels: [inputValue(step, 'labels')].filter((value) => value !== undefined),
    pushes,
    ...(pushRange && { pushRange }),
    byDigest,
    provenance: provenanceOf(step),
    sbom,
    annotations: [inputValue(step, 'annotations')].filter((value) => value !== undefined),
    ...(exporter && { exporter }),
  }));
}

function textOfEntry({ text }: ListEntry): string {
  return text;
}

function exporterIn(step: StepInstance): Exporter | undefined {
  const written = inputLines(step, 'outputs').flatMap((line) => exporterOf(line.value, line.range) ?? []);
  const load = inputValue(step, 'load');
  return written[0] ?? (load && booleanOf(load) === true ? loads(load.range) : undefined);
}

/** Whether a step uses an action, given as `owner/name` in lower case. */
export function isAction(step: StepInstance, ...names: readonly string[]): boolean {
  const { uses } = step.step;
  return uses?.target === 'action' && names.includes(`${uses.owner ?? ''}/${uses.repository ?? ''}`.toLowerCase());
}

interface Push {
  readonly pushes: boolean | 'unknown';
  readonly pushRange?: Range;
  readonly byDigest: boolean;
}

/** `push: true`, or `outputs:` of a kind that goes to a registry. A condition which can be true is a push on some events. */
function pushOf(step: StepInstance): Push {
  const given = inputValue(step, 'push');
  const outputs = inputLines(step, 'outputs').map((line) => ({ range: line.range, ...outputOf(line.value) }));
  const output = outputs.find((one) => one.pushes === true) ?? outputs.find((one) => one.pushes === 'unknown');
  const byDigest = outputs.some((one) => one.byDigest);
  const pushed = given ? booleanOf(given) : false;
  if (pushed === true && given) return { pushes: true, pushRange: given.range, byDigest };
  if (output?.pushes === true) return { pushes: true, pushRange: output.range, byDigest };
  if (pushed === 'unknown' && given) return { pushes: 'unknown', pushRange: given.range, byDigest };
  return output ? { pushes: output.pushes, pushRange: output.range, byDigest } : { pushes: false, byDigest };
}

/** True where it can be `true`; unknown where neither is a known value. */
export function booleanOf(value: Value): boolean | 'unknown' {
  const texts = value.values.map((text) => text.trim().toLowerCase());
  if (texts.includes('true') || texts.includes('1')) return true;
  return value.complete ? false : 'unknown';
}

/** `type=image,push=true`, `type=registry` */
export function outputOf(value: Value): { readonly pushes: boolean | 'unknown'; readonly byDigest: boolean } {
  const texts = value.forms.map((form) => form.map((part) => (typeof part === 'string' ? part : '\0')).join(''));
  const one = texts.map((text) => {
    const fields = new Map(
      text
        .split(',')
        .map(
          (field) => [field.slice(0, field.indexOf('=')).trim(), field.slice(field.indexOf('=') + 1).trim()] as const,
        ),
    );
    const push = fields.get('push');
    const pushes =
      fields.get('type') === 'registry' || push === 'true'
        ? true
        : push?.includes('\0') || text.trim() === '\0'
          ? ('unknown' as const)
          : false;
    return { pushes, byDigest: fields.get('push-by-digest') === 'true' };
  });
  const pushes = one.some((each) => each.pushes === true)
    ? true
    : one.some((each) => each.pushes === 'unknown')
      ? 'unknown'
      : false;
  return { pushes, byDigest: one.some((each) => each.byDigest) };
}

/** `name=` of an exporter's fields, as a value of its own. */
export function outputName(value: Value): Value | undefined {
  const forms = value.forms
    .flatMap((form) => entries(form))
    .flatMap((form) => {
      const [first, ...rest] = form;
      if (typeof first !== 'string' || !first.trimStart().startsWith('name=')) return [];
      return [[first.trimStart().slice(5), ...rest].filter((part) => part !== '')];
    });
  return forms.length === 0 ? undefined : { ...value, forms };
}

/** `build-contexts: name=source`, one a line. */
export function namedContexts(step: StepInstance, name = 'build-contexts'): readonly NamedContext[] {
  const base = workspaceOf(step);
  return inputLines(step, name).flatMap(({ value, range }) => {
    const [form = []] = value.forms;
    const [first, ...rest] = form;
    const equals = typeof first === 'string' ? first.indexOf('=') : -1;
    if (typeof first !== 'string' || equals < 1) return [];
    const source = resolveContext([...(first.length > equals + 1 ? [first.slice(equals + 1)] : []), ...rest], base);
    return source.status === 'opaque' ? [] : [{ name: first.slice(0, equals).trim(), source: source.target, range }];
  });
}

function provenanceOf(step: StepInstance): ProvenanceSetting {
  const given = inputValue(step, 'provenance');
  const attests = inputLines(step, 'attests').map((line) => ({ text: line.text, range: line.range }));
  if (given && given.written.trim() !== '' && onlyValue(given) !== '')
    return provenanceSetting(onlyValue(given) ?? 'true', given.range);
  const asked = attestSetting(attests);
  if (asked) return asked;
  const off = noDefault(scopeOfStep(step));
  if (off) return off;
  return isAction(step, 'docker/build-push-action') && majorOf(step) < 4 ? { state: 'never' } : { state: 'default' };
}

/** The major version of the action, by its ref or the comment behind its commit; a late one where neither tells. */
export function majorOf(step: StepInstance): number {
  const { ref = '', comment = '' } = step.step.uses ?? {};
  const [, major] = /^v?(\d{1,3})(?:\.|$)/.exec(ref) ?? /(?:^|[\s@=:])v?(\d{1,3})(?:\.\d|\b)/.exec(comment) ?? [];
  return major === undefined ? 99 : Number(major);
}
