import type { Range } from '@plimsoll/documents';
import type { ImageIdentity, Subject, Value, ValueForm } from '../model.ts';
import { entries } from '../values/image-names.ts';
import { formText } from '../values/resolved.ts';

/** What an image reference names, and by what. */
export function subjectOf(value: Value, range: Range = value.range): Subject {
  const all = value.forms.flatMap(entries).map(identify);
  const kinds = new Set(all.map((one) => one.by));
  const identities = new Set(all.flatMap((one) => one.identity ?? []));
  const [identity] = identities;
  const names = new Set(all.map((one) => one.name));
  const [name] = names;
  return {
    range,
    value,
    ...(names.size === 1 && name !== undefined && name !== '' && { name }),
    by: together(kinds),
    ...(identities.size === 1 && identity !== undefined && { identity }),
    through: value.definitions,
  };
}

/** Several forms name an image alike, or nothing is certain. A tag that may be missing is a tag. */
function together(kinds: ReadonlySet<ImageIdentity>): ImageIdentity {
  const [only] = kinds;
  if (only !== undefined && kinds.size === 1) return only;
  return kinds.size === 2 && kinds.has('tag') && kinds.has('none') ? 'tag' : 'unknown';
}

interface Identified {
  readonly name?: string;
  readonly by: ImageIdentity;
  readonly identity?: string;
}

/** One reference: `@` starts a digest; the last `:` behind the last `/` starts a tag. What is unknown counts by its name. */
export function identify(form: ValueForm): Identified {
  const at = lastPart(form, '@');
  if (at) {
    const digest = textFrom(form, at);
    return { name: nameOf(textTo(form, at)), by: digest === '' ? 'unknown' : 'digest', identity: digest };
  }
  const text = formText(form);
  if (isDigest(form)) return { by: 'digest', identity: text };
  const colon = lastPart(form, ':');
  const slash = lastPart(form, '/');
  if (colon && (!slash || slash.part < colon.part || (slash.part === colon.part && slash.index < colon.index))) {
    const tag = textFrom(form, colon);
    if (tag.startsWith('//')) return { by: 'unknown' };
    const name = nameOf(textTo(form, colon));
    return tag === '' ? { name, by: 'none' } : { name, by: 'tag', identity: tag };
  }
  if (typeof form.at(-1) !== 'string') return { by: 'unknown' };
  return /^[\w./:${}-]+$/.test(text) ? { name: nameOf(text), by: 'none' } : { by: 'unknown' };
}

/** `sha256:…`, or an unknown value that is named as a digest: `${{ steps.push.outputs.digest }}`, `$DIGEST`. */
export function isDigest(form: ValueForm): boolean {
  const [first] = form;
  if (typeof first === 'string') return /^sha(?:256|512):/.test(first);
  return form.length === 1 && first !== undefined && /(?:digest|sha256)\W*$/i.test(first.unknown);
}

/** Without the scheme of a registry: `oci://`, `docker://`. */
function nameOf(text: string): string {
  return text.replace(/^(?:oci|docker):\/\//, '').replace(/:[^:/@]*$/, '');
}

interface At {
  readonly part: number;
  readonly index: number;
}

function lastPart(form: ValueForm, sign: string): At | undefined {
  for (let part = form.length - 1; part >= 0; part--) {
    const text = form[part];
    const index = typeof text === 'string' ? text.lastIndexOf(sign) : -1;
    if (index >= 0) return { part, index };
  }
  return undefined;
}

function textTo(form: ValueForm, { part, index }: At): string {
  const text = form[part];
  return formText([...form.slice(0, part), typeof text === 'string' ? text.slice(0, index) : '']);
}

function textFrom(form: ValueForm, { part, index }: At): string {
  const text = form[part];
  return formText([typeof text === 'string' ? text.slice(index + 1) : '', ...form.slice(part + 1)]);
}
