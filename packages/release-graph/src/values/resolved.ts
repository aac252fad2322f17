import type { Related, SecretSource, ValueForm, ValuePart } from '../model.ts';
import type { UntrustedText } from '../taint/model.ts';

/** What a name or an expression stands for, without the place where it is used. */
export interface Resolved {
  /** What it can look like. Empty where nothing is known, not even how it is put together. */
  readonly forms: readonly ValueForm[];
  /** Why a part is unknown. */
  readonly reason?: string;
  readonly secrets: readonly SecretSource[];
  readonly definitions: readonly Related[];
  /** The texts in it that others than the workflow's authors choose. */
  readonly untrusted?: readonly UntrustedText[];
}

/** Forms beyond this number are left out, and the value counts as incomplete. */
export const maxForms = 256;
const maxParts = 200;
/** A value that leads through more names keeps the nearest of them. */
const maxDefinitions = 500;
const maxText = 20_000;

export function literal(text: string, definitions: readonly Related[] = []): Resolved {
  return { forms: [text === '' ? [] : [text]], secrets: [], definitions };
}

/** One unknown part that is kept by its name, as in `${{ github.sha }}`. */
export function unknown(text: string, reason: string, secrets: readonly SecretSource[] = []): Resolved {
  return { forms: [[{ unknown: text }]], reason, secrets, definitions: [] };
}

/** Either of several. */
export function oneOf(all: readonly Resolved[]): Resolved {
  const forms = distinct(all.flatMap((one) => one.forms));
  const cut = forms.length > maxForms;
  return {
    forms: cut ? [...forms.slice(0, maxForms - 1), [{ unknown: '…' }]] : forms,
    ...reasonOf(all, cut ? `it has more than ${maxForms} values` : undefined),
    ...gathered(all),
  };
}

/** One behind the other: every combination of their forms. */
export function joined(all: readonly Resolved[]): Resolved {
  const [only] = all;
  if (only && all.length === 1 && only.forms.length < 2 && !only.forms.some(isTooLong)) return only;
  let forms: readonly ValueForm[] = [[]];
  let cut: string | undefined;
  for (const one of all) {
    const next: ValueForm[] = [];
    for (const left of forms)
      for (const right of one.forms) if (next.length <= maxForms) next.push(append(left, right));
    if (next.length > maxForms) cut = `it has more than ${maxForms} values`;
    forms = distinct(next.slice(0, maxForms));
    if (forms.some(isTooLong)) {
      cut = 'it is too long';
      forms = [[{ unknown: '…' }]];
    }
  }
  if (cut !== undefined) forms = [...forms.slice(0, maxForms - 1), [{ unknown: '…' }]];
  return { forms, ...reasonOf(all, cut), ...gathered(all) };
}

/** The same with each form changed. */
export function mapForms(one: Resolved, change: (form: ValueForm) => ValueForm): Resolved {
  return { ...one, forms: distinct(one.forms.map(change)) };
}

export function withDefinition(one: Resolved, definition: Related): Resolved {
  return { ...one, definitions: uniqueRelated([definition, ...one.definitions]) };
}

/** The text of a form; what is unknown in it as it is named. */
export function formText(form: ValueForm): string {
  return form.map((part) => (typeof part === 'string' ? part : part.unknown)).join('');
}

export function isKnown(form: ValueForm): boolean {
  return form.every((part) => typeof part === 'string');
}

/** The one value that is certain. */
export function onlyValue(one: { readonly forms: readonly ValueForm[] }): string | undefined {
  const [form] = one.forms;
  return one.forms.length === 1 && form && isKnown(form) ? formText(form) : undefined;
}

export function append(left: ValueForm, right: ValueForm): ValueForm {
  const last = left.at(-1);
  const [first, ...rest] = right;
  if (typeof last === 'string' && typeof first === 'string') return [...left.slice(0, -1), last + first, ...rest];
  return [...left, ...right];
}

/** Forms that read the same, once each. */
function distinct(forms: readonly ValueForm[]): readonly ValueForm[] {
  if (forms.length < 2) return forms;
  const seen = new Map<string, ValueForm>();
  for (const form of forms) {
    const key = keyOf(form);
    if (!seen.has(key)) seen.set(key, form);
  }
  return seen.size === forms.length ? forms : [...seen.values()];
}

/** Most forms are one text, which is its own key; in others each part starts with a sign that no text holds. */
function keyOf(form: ValueForm): string {
  const [only] = form;
  if (form.length === 1 && typeof only === 'string') return only;
  return form.map((part: ValuePart) => (typeof part === 'string' ? `\0=${part}` : `\0?${part.unknown}`)).join('');
}

function isTooLong(form: ValueForm): boolean {
  if (form.length > maxParts) return true;
  let length = 0;
  for (const part of form) length += typeof part === 'string' ? part.length : part.unknown.length;
  return length > maxText;
}

function reasonOf(all: readonly Resolved[], first?: string): { reason?: string } {
  const reason = first ?? all.find((one) => one.reason !== undefined)?.reason;
  return reason === undefined ? {} : { reason };
}

function gathered(all: readonly Resolved[]): Pick<Resolved, 'secrets' | 'definitions' | 'untrusted'> {
  const untrusted = uniqueUntrusted(all.flatMap((one) => one.untrusted ?? []));
  return {
    ...(untrusted.length > 0 && { untrusted }),
    secrets: uniqueSecrets(all.flatMap((one) => one.secrets)),
    definitions: gatheredDefinitions(all),
  };
}

export function uniqueSecrets(secrets: readonly SecretSource[]): readonly SecretSource[] {
  return secrets.length < 2 ? secrets : [...new Map(secrets.map((secret) => [secret.text, secret])).values()];
}

function uniqueUntrusted(texts: readonly UntrustedText[]): readonly UntrustedText[] {
  return texts.length < 2 ? texts : [...new Map(texts.map((text) => [`${text.by} ${text.path}`, text])).values()];
}

/** Mostly one of several values has any, and they are unique already. */
function gatheredDefinitions(all: readonly Resolved[]): readonly Related[] {
  const lists = all.map((one) => one.definitions).filter((some) => some.length > 0);
  const [only, more] = lists;
  return more ? uniqueRelated(lists.flat()) : (only ?? []);
}

export function uniqueRelated(related: readonly Related[]): readonly Related[] {
  if (related.length < 2) return related;
  const found = new Map<string, Related>();
  for (const one of related) {
    if (found.size >= maxDefinitions) break;
    found.set(`${one.at.file.path}:${one.at.start}:${one.at.end}`, one);
  }
  return [...found.values()];
}
