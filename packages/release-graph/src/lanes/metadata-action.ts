import type { NamedValue } from '@plimsoll/documents';
import type { ValueForm } from '../model.ts';
import { evaluateText } from '../values/expressions.ts';
import { entries } from '../values/image-names.ts';
import { append, formText, isKnown, literal, mapForms, unknown, withDefinition } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import type { StepInstance } from './model.ts';
import { scopeOfStep } from './scope.ts';

/** An output of docker/metadata-action, from its inputs; undefined for other steps and outputs. */
export function metadataOutput(step: StepInstance, output: string): Resolved | undefined {
  if (!isMetadataAction(step)) return undefined;
  const definition = { at: step.step.uses?.range ?? step.step.range, label: 'docker/metadata-action makes it' };
  if (output === 'tags') return withDefinition(tags(step), definition);
  if (output === 'version')
    return withDefinition(unknown('{{version}}', 'docker/metadata-action makes it from the event'), definition);
  if (output === 'labels' || output === 'annotations') return withDefinition(labels(), definition);
  return undefined;
}

/** The variable that it sets for later steps, such as `DOCKER_METADATA_OUTPUT_TAGS`. */
export function metadataVariable(step: StepInstance, name: string): Resolved | undefined {
  const output = /^DOCKER_METADATA_OUTPUT_(TAGS|VERSION|LABELS|ANNOTATIONS)$/.exec(name)?.[1];
  return output === undefined ? undefined : metadataOutput(step, output.toLowerCase());
}

export function isMetadataAction(step: StepInstance): boolean {
  const { uses } = step.step;
  return `${uses?.owner ?? ''}/${uses?.repository ?? ''}`.toLowerCase() === 'docker/metadata-action';
}

function input(step: StepInstance, name: string): Resolved | undefined {
  const given: NamedValue | undefined = step.step.with.find((one) => one.name.toLowerCase() === name);
  return given && evaluateText(given.value, scopeOfStep(step), given.text);
}

/** Every image with every tag, one a line. */
function tags(step: StepInstance): Resolved {
  const images = input(step, 'images');
  if (!images) return unknown('${{ tags }}', 'docker/metadata-action has no images');
  const made = tagForms(step);
  const lines = mapForms(images, (form) => {
    let all: ValueForm = [];
    for (const image of entries(form).flatMap(imageEntry)) {
      for (const tag of made.length > 0 ? made : [[{ unknown: '{{tag}}' }]]) {
        all = append(append(append(all, all.length > 0 ? ['\n'] : []), image), append([':'], tag));
      }
    }
    return all;
  });
  return { ...lines, reason: lines.reason ?? 'docker/metadata-action makes the tags from the event' };
}

/** A part of `name=ghcr.io/acme/api,enable=true`. */
function imageEntry(form: ValueForm): readonly ValueForm[] {
  const [first, ...rest] = form;
  if (typeof first !== 'string') return [form];
  if (first.startsWith('enable=')) return [];
  return [first.startsWith('name=') ? [first.slice(5), ...rest] : form];
}

/** What the rules of `tags` give when no rule is written. */
const defaultRules = ['type=schedule', 'type=ref,event=branch', 'type=ref,event=tag', 'type=ref,event=pr'];

function tagForms(step: StepInstance): readonly ValueForm[] {
  const given = input(step, 'tags');
  const forms = given ? given.forms.flatMap(lines) : defaultRules.map((rule): ValueForm => [rule]);
  const flavor = (input(step, 'flavor')?.forms ?? []).map(formText).join('\n');
  const latest = /(?:^|\n)[ \t]*latest[ \t]*=[ \t]*(true|false)/.exec(flavor)?.[1];
  const result = forms.flatMap(tagOf);
  const versions = forms.some((form) => /type=(?:semver|pep440|match)|type=ref,event=tag/.test(formText(form)));
  if (latest === 'true' || (latest === undefined && versions)) result.push(['latest']);
  return result;
}

function lines(form: ValueForm): readonly ValueForm[] {
  const result: ValueForm[] = [];
  let line: ValueForm = [];
  for (const part of form) {
    const pieces = typeof part === 'string' ? part.split('\n') : [part];
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) {
        result.push(line);
        line = [];
      }
      if (piece !== '') line = append(line, [piece]);
    }
  }
  return [...result, line].filter((one) => formText(one).trim() !== '');
}

const patterns: Readonly<Record<string, string>> = { schedule: 'nightly', edge: 'edge' };
const placeholders: Readonly<Record<string, string>> = {
  semver: '{{version}}',
  pep440: '{{version}}',
  match: '{{match}}',
  sha: '{{sha}}',
  ref: '{{ref}}',
};

/** The tag that one rule makes; what depends on the event is unknown, by the rule's own placeholder. */
function tagOf(form: ValueForm): readonly ValueForm[] {
  const text = formText(form).trim();
  const fields = new Map(
    text
      .split(',')
      .map((field) => [field.slice(0, field.indexOf('=')).trim(), field.slice(field.indexOf('=') + 1).trim()]),
  );
  const type = fields.get('type') ?? 'raw';
  if (/^enable=false$/m.test(text.replaceAll(',', '\n'))) return [];
  const value = fields.get('value') ?? fields.get('pattern');
  const prefix = fields.get('prefix') ?? (type === 'sha' ? 'sha-' : fields.get('event') === 'pr' ? 'pr-' : '');
  const suffix = fields.get('suffix') ?? '';
  if (type === 'raw') return [rawTag(fields.has('type') ? (value ?? '') : text, form, prefix, suffix)];
  const fixed = type in patterns ? (value ?? patterns[type]) : undefined;
  const name =
    fixed ??
    (type === 'ref'
      ? `{{${fields.get('event') ?? 'ref'}}}`
      : ((type === 'match' ? undefined : value) ?? placeholders[type] ?? '{{tag}}'));
  const middle: ValueForm = fixed !== undefined && !fixed.includes('{{') ? [fixed] : [{ unknown: name }];
  return [append(append(prefix === '' ? [] : [prefix], middle), suffix === '' ? [] : [suffix])];
}

function rawTag(value: string, form: ValueForm, prefix: string, suffix: string): ValueForm {
  const whole = `${prefix}${value}${suffix}`;
  return isKnown(form) && !whole.includes('{{') ? [whole] : [{ unknown: whole }];
}

function labels(): Resolved {
  const names = ['title', 'description', 'url', 'source', 'version', 'created', 'revision', 'licenses'];
  const form = names.flatMap((name): ValueForm => [
    `org.opencontainers.image.${name}=`,
    { unknown: `{{${name}}}` },
    '\n',
  ]);
  return { ...literal(''), forms: [form], reason: 'docker/metadata-action makes the labels from the event' };
}
