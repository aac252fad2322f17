const units = new Map([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['µs', 1e-6],
  ['μs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
]);

/** Seconds of a duration as Go writes it (`1m30s`, `0`); undefined for what is none. */
export function parseDuration(text: string): number | undefined {
  const unsigned = text.replace(/^[-+]/, '');
  if (unsigned === '0') return 0;
  const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|[smh])/y;
  let sum = 0;
  let end = 0;
  for (let match = part.exec(unsigned); match; match = part.exec(unsigned)) {
    sum += Number(match[1]) * (units.get(match[2] ?? '') ?? 0);
    end = part.lastIndex;
  }
  if (end === 0 || end < unsigned.length) return undefined;
  return text.startsWith('-') ? -sum : sum;
}
