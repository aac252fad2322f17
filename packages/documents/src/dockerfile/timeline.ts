import type { Scope, ScopeValue } from './scope.ts';

/** The declarations of one stage, in the order of the text; what it is FROM stands behind it. */
export interface Timeline {
  readonly parent?: Timeline;
  readonly depth: number;
  readonly entries: Map<string, Declared[]>;
}

interface Declared {
  /** Seen from places behind this offset. */
  readonly at: number;
  readonly value: ScopeValue;
}

/** Stages that one is FROM, one behind the other, which are looked through. */
export const maxDepth = 200;

export function createTimeline(parent?: Timeline): Timeline {
  return { ...(parent && { parent }), depth: parent ? parent.depth + 1 : 0, entries: new Map() };
}

/** Adds a declaration; they come in the order of `at`. */
export function declare(timeline: Timeline, name: string, at: number, value: ScopeValue): void {
  const entries = timeline.entries.get(name);
  if (entries) entries.push({ at, value });
  else timeline.entries.set(name, [{ at, value }]);
}

/** What is declared before an offset, as a map that copies nothing: a file can hold very many declarations. */
export class ScopeView implements Scope {
  readonly #timeline: Timeline;
  readonly #at: number;

  constructor(timeline: Timeline, at = Infinity) {
    this.#timeline = timeline;
    this.#at = at;
  }

  get(name: string): ScopeValue | undefined {
    let at = this.#at;
    let timeline: Timeline | undefined = this.#timeline;
    for (let depth = 0; timeline && depth < maxDepth; depth++) {
      const found = lastBefore(timeline.entries.get(name), at);
      if (found) return found;
      timeline = timeline.parent;
      at = Infinity;
    }
    return undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    return [...this.entries()].length;
  }

  *entries(): MapIterator<[string, ScopeValue]> {
    const seen = new Set<string>();
    let timeline: Timeline | undefined = this.#timeline;
    for (let depth = 0; timeline && depth < maxDepth; depth++) {
      for (const name of timeline.entries.keys()) {
        const value = seen.has(name) ? undefined : this.get(name);
        seen.add(name);
        if (value) yield [name, value];
      }
      timeline = timeline.parent;
    }
  }

  *keys(): MapIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): MapIterator<ScopeValue> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, ScopeValue]> {
    return this.entries();
  }

  forEach(visit: (value: ScopeValue, name: string, map: ReadonlyMap<string, ScopeValue>) => void): void {
    for (const [name, value] of this.entries()) visit(value, name, this);
  }
}

function lastBefore(entries: readonly Declared[] | undefined, at: number): ScopeValue | undefined {
  if (!entries) return undefined;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1]?.value;
}
