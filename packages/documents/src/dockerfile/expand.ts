import type { Range } from '../text/source-file.ts';
import { lexShell } from './lex.ts';
import type { Lookup } from './lex.ts';
import type { Word } from './model.ts';
import type { Expansion, Scope } from './scope.ts';

export interface ExpandOptions {
  /** The file's escape character; `\` by default. */
  readonly escape?: '\\' | '`';
  /**
   * What a name that is not in scope reads as: empty (the default), as in FROM and in a stage from scratch; or unknown, where
   * the base image may set it. `expandOptionsAt` knows.
   */
  readonly undeclared?: 'empty' | 'unknown';
  /** `false` in a heredoc's body, where quotes are text. */
  readonly quotes?: boolean;
}

/**
 * Replaces the variables of a word and removes its quotes and escapes, as BuildKit's `shell.Lex` does:
 * `$x`, `${x}`, `${x-w}` `${x:-w}`, `${x+w}` `${x:+w}`, `${x?w}` `${x:?w}`, `${x#p}` `${x##p}`, `${x%p}` `${x%%p}`, `${x/p/r}`
 * `${x//p/r}`.
 *
 * The value is undefined, with a reason, where BuildKit refuses the word, and where it depends on something unknown:
 * - a name with a value that is not known before the build (TARGETARCH, a build argument which CI computes);
 * - `$x` of an ARG which has no default and is given nothing: someone has to give it. But `${x:-w}` is then `w` and
 *   `${x:+w}` is empty, since that is what the file says for this case.
 *
 * It is for words that the builder expands: FROM's name and platform; sources, destination, `--chown`, `--chmod`, `--checksum` of
 * COPY and ADD; values of ARG, ENV and LABEL; ENV and LABEL names; EXPOSE, USER, VOLUME, WORKDIR, STOPSIGNAL; `--mount`
 * values but `from`; with `quotes: false` a heredoc of COPY or ADD whose delimiter is not quoted. Not for the text of RUN, CMD,
 * ENTRYPOINT, HEALTHCHECK and SHELL, nor for `--from`, `--exclude`, `--network`, `--security` and what stands behind ONBUILD.
 */
export function expandWord(word: Word | string, scope: Scope, options: ExpandOptions = {}): Expansion {
  const names = new Set<string>();
  const { escape = '\\', undeclared = 'empty', quotes = true } = options;
  const lookup = (name: string): Lookup => {
    names.add(name);
    return lookUp(name, scope, undeclared);
  };
  const text = typeof word === 'string' ? word : word.raw;
  const outcome = lexShell(text, { escape: quotes ? escape : '\\', lookup, quotes });
  const reason = outcome.fault ?? outcome.unknown;
  const read = [...names];
  return {
    ...(reason === undefined ? { value: outcome.text } : { reason }),
    ...(outcome.fault !== undefined && { refused: true }),
    names: read,
    definitions: definitionsOf(read, scope),
  };
}

function lookUp(name: string, scope: Scope, undeclared: 'empty' | 'unknown'): Lookup {
  const found = scope.get(name);
  if (!found) {
    if (undeclared === 'empty') return { state: 'undeclared' };
    return { state: 'unknown', reason: `${name} is not declared here; the base image may set it` };
  }
  if (found.value !== undefined) return { state: 'set', value: found.value };
  if (found.unset) return { state: 'valueless', reason: `ARG ${name} has no default` };
  const why = found.origin === 'builtin' ? 'is known in the build only' : 'has a value that is not known';
  return { state: 'unknown', reason: `${name} ${why}` };
}

function definitionsOf(names: readonly string[], scope: Scope): Range[] {
  return names.flatMap((name) => scope.get(name)?.definedAt ?? []);
}
