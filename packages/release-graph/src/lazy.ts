/** A function that computes once, when first called. */
export function lazy<T>(compute: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: compute() }).value;
}

/** An object whose fields are each computed once, when they are first read. */
export function lazyRecord<T extends object>(fields: { readonly [K in keyof T]: () => T[K] }): T {
  const record = {} as T;
  for (const name of Object.keys(fields) as (keyof T)[]) {
    Object.defineProperty(record, name, { enumerable: true, get: lazy(fields[name]) });
  }
  return record;
}
