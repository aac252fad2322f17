/** Asks once for each argument, as long as that lives. */
export function remember<K extends object, V>(ask: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const answer = known.get(of) ?? { value: ask(of) };
    known.set(of, answer);
    return answer.value;
  };
}

/** Computes once, when it is first asked. */
export function lazy<T>(compute: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: compute() }).value;
}
