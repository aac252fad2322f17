const kept = 4;
const mask = '•';

/** Credentials that their form gives away, in any line. The last group is what is masked; no quantifier can backtrack far. */
const evident: readonly RegExp[] = [
  /\b((?:gh[pousr]_|github_pat_|glpat-|glsa_|glc_|xox[a-z]-|xapp-|[sr]k_(?:live|test)_|sk-|npm_|pypi-|dckr_pat_|dop_v1_|shp[a-z]{2}_|lin_api_|hf_|hvs\.|ya29\.|SG\.|eyJ|AKIA|ASIA|AIza)[A-Za-z0-9][A-Za-z0-9_.-]{11,})/g,
  /:\/\/[^\s/@:]{0,100}:(?!\$)([^\s/@]{1,500})@(?!sha\d{3}:)/g,
  /(?<![\w/.-])[\w.-]{1,50}:(?!\$)([^\s/@:]{4,200})@(?!sha\d{3}:)[\w-]{1,60}\./g,
  /(?:token|secret|passw(?:or)?d|passphrase|pwd|api[_-]?key|access[_-]?key|private[_-]?key|credential)[\w.-]{0,40}["']?\s{0,3}[=:]\s{0,3}["']?(?=[^\s"'`,;]{0,100}\d)([^\s"'`,;$<{/.][^\s"'`,;]{7,})/gi,
  /\blogin\b.{0,200}?\s(?:-p|--password)[ =]["']?(?!\$)([^\s"']+)/g,
];

/** What a finding on secrets or credentials marks is taken for one more readily. */
const suspected: readonly RegExp[] = [
  /(?:token|secret|passw(?:or)?d|passphrase|pwd|key|auth|credential)[\w.-]{0,40}["']?\s{0,3}[=:]\s{0,3}["']?([^\s"'`,;$<{/.][^\s"'`,;]{3,})/gi,
  /(?:token|secret|passw(?:or)?d|passphrase|pwd|key|auth|credential)[\w.-]{0,40}["']?\s{1,3}["']?(?=[^\s"'`,;]{0,100}\d)([^\s"'`,;$<{/.][^\s"'`,;]{5,})/gi,
  /(?<![\w+/.@:$-])(?=\S{0,100}\d)(?=\S{0,100}[A-Za-z])(?![A-Z0-9_]+(?:\W|$))([A-Za-z0-9+=_-]{16,})(?![\w@/.:-])/g,
];

/** The part of a line which a finding on a secret marks. */
export interface Suspicion {
  readonly start: number;
  readonly end: number;
}

/**
 * A line of a checked file with the credentials in it masked down to their first four characters. Its length stays the same.
 *
 * It is the second guard: rules keep values out of their messages, this keeps them out of the frame that shows the file.
 */
export function maskSecrets(line: string, suspicion?: Suspicion): string {
  const everywhere = evident.reduce(masked, line);
  if (!suspicion) return everywhere;
  const before = everywhere.slice(0, suspicion.start);
  const marked = everywhere.slice(suspicion.start, suspicion.end);
  const isValue = /[=:]\s{0,3}["']?$/.test(before.slice(-6)) && /^(?=\S*\d)[\w+/=.~!#%^&*-]{8,}$/.test(marked);
  const shown = isValue ? masking(marked) : suspected.reduce(masked, marked);
  return before + shown + everywhere.slice(suspicion.end);
}

function masked(text: string, pattern: RegExp): string {
  return text.replace(pattern, (match: string, value: string) => {
    const from = match.lastIndexOf(value);
    return match.slice(0, from) + masking(value) + match.slice(from + value.length);
  });
}

function masking(value: string): string {
  return value.slice(0, kept) + mask.repeat(Math.max(0, value.length - kept));
}
