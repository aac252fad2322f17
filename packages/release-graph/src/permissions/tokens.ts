import type { Value } from '../model.ts';
import type { CommandView, StepView } from '../credentials/step-view.ts';

/** Whose token a step uses: the run's own, another one, none, or one that is not known. */
export type TokenInUse = 'github' | 'other' | 'none' | 'unknown';

/** The token among inputs and variables of a step; `fallback` where none of them is given. */
export function tokenOf(view: StepView, names: readonly string[], fallback: TokenInUse): TokenInUse {
  for (const name of names) {
    const given = view.input(name) ?? view.variable(name);
    if (given) return tokenIn(given.value);
  }
  return fallback;
}

/** The same for a command, which may have the variable in front of it. */
export function tokenOfCommand(view: StepView, at: CommandView, names: readonly string[]): TokenInUse {
  for (const { name, value } of at.command.assignments) if (names.includes(name)) return tokenIn(at.value(value));
  return tokenOf(view, names, 'none');
}

export function tokenIn({ secrets, complete, values }: Pick<Value, 'secrets' | 'complete' | 'values'>): TokenInUse {
  const own = secrets.some(({ kind }) => kind === 'github-token');
  if (secrets.length > 0)
    return own ? (secrets.every(({ kind }) => kind === 'github-token') ? 'github' : 'unknown') : 'other';
  if (complete && values.every((value) => value === '')) return 'none';
  return 'unknown';
}
