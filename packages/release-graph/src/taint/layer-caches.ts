/** A builder's cache: `gha`, or the reference of one in a registry. */
export type LayerCache = string;

/** The caches that `cache-from` or `cache-to` names, one a line; of bake's `set` those of the option. */
export function layerCaches(texts: readonly string[], option?: 'cache-from' | 'cache-to'): readonly LayerCache[] {
  const entries = texts.flatMap((text) => text.split('\n')).map((line) => line.trim());
  return entries.flatMap((entry) => {
    const text = option === undefined ? entry : (new RegExp(`\\.${option}\\+?=(.*)$`).exec(entry)?.[1] ?? '');
    if (/\btype=gha\b/.test(text)) return ['gha'];
    if (/\btype=(?!registry\b)/.test(text) || text === '') return [];
    return [/\bref=([^,\s"']+)/.exec(text)?.[1] ?? text];
  });
}
