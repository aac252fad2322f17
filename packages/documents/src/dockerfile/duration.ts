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
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(unsigned)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of unsigned.matchAll(/([\d.]+)([a-zµμ]+)/g)) {
    sum += Number(amount) * (units.get(unit ?? '') ?? 0);
  }
  return text.startsWith('-') ? -sum : sum;
}
