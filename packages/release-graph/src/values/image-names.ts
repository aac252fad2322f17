import type { Value, ValueForm, ValuePart } from '../model.ts';
import { formText } from './resolved.ts';

/** An image reference of which parts may be unknown; what is unknown is by its name. */
export interface WrittenImage {
  /** Without tag and digest. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
  /** Whether all of the name is known. */
  readonly known: boolean;
}

/**
 * The image names in a value, each once, without tag and digest. A value may hold several, one a line or separated by commas.
 * A name that is not known before the run is kept as written: `ghcr.io/${{ github.repository }}`.
 */
export function imageNames(value: Pick<Value, 'forms'>): readonly string[] {
  return [...new Set(images(value).map((image) => image.name))];
}

/** The image references in a value. A part that stands alone, `${{ steps.meta.outputs.tags }}`, is none: its name is not known. */
export function images(value: Pick<Value, 'forms'>): readonly WrittenImage[] {
  return value.forms.flatMap(entries).flatMap((form) => splitImage(form) ?? []);
}

/** The lines, or the parts between commas, of one form; without empty ones. */
export function entries(form: ValueForm): readonly ValueForm[] {
  const result: ValuePart[][] = [[]];
  for (const part of form) {
    if (typeof part !== 'string') {
      result.at(-1)?.push(part);
      continue;
    }
    for (const [index, piece] of part.split(/[\n,]/).entries()) {
      if (index > 0) result.push([]);
      if (piece.trim() !== '') result.at(-1)?.push(piece);
    }
  }
  return result.map(trimmed).filter((entry) => entry.length > 0);
}

function trimmed(form: ValueForm): ValueForm {
  return form
    .map((part, index) => {
      if (typeof part !== 'string') return part;
      const start = index === 0 ? part.trimStart() : part;
      return index === form.length - 1 ? start.trimEnd() : start;
    })
    .filter((part) => part !== '');
}

/** Cuts tag and digest off: the last `:` behind the last `/`, and `@`, where they are literal. */
function splitImage(form: ValueForm): WrittenImage | undefined {
  const at = findLast(form, '@');
  const digest = at && formText(slice(form, at.part, at.index + 1));
  const named = at ? cut(form, at.part, at.index) : form;
  const colon = findLast(named, ':');
  const slash = findLast(named, '/');
  const hasTag =
    colon !== undefined &&
    (slash === undefined || colon.part > slash.part || (colon.part === slash.part && colon.index > slash.index));
  const name = hasTag ? cut(named, colon.part, colon.index) : named;
  const tag = hasTag ? formText(slice(named, colon.part, colon.index + 1)) : undefined;
  const text = formText(name).replace(/^\w+:\/\//, '');
  if (
    text === '' ||
    text === 'true' ||
    text === 'false' ||
    (name.length === 1 && typeof name[0] !== 'string' && !hasTag && !at)
  )
    return undefined;
  return {
    name: text,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    known: name.every((part) => typeof part === 'string'),
  };
}

function findLast(form: ValueForm, character: string): { part: number; index: number } | undefined {
  for (let part = form.length - 1; part >= 0; part--) {
    const text = form[part];
    const index = typeof text === 'string' ? text.lastIndexOf(character) : -1;
    if (index >= 0) return { part, index };
  }
  return undefined;
}

function cut(form: ValueForm, part: number, index: number): ValueForm {
  const text = form[part];
  return [...form.slice(0, part), ...(typeof text === 'string' && index > 0 ? [text.slice(0, index)] : [])];
}

function slice(form: ValueForm, part: number, index: number): ValueForm {
  const text = form[part];
  return [...(typeof text === 'string' ? [text.slice(index)] : []), ...form.slice(part + 1)];
}
