import type { Step } from './regexp.ts';

/** `whole`: the text matches to its end. `alive`: some longer text that starts with this one could match. */
export interface RegexpMatch {
  readonly whole: boolean;
  readonly alive: boolean;
}

/** All that decides how the rest of a text is read. */
interface State {
  /** 2·i stands before step i; 2·i+1 stands inside of the group of step i. */
  readonly positions: readonly number[];
  readonly atStart: boolean;
  readonly afterWord: boolean;
  /** By code point; found when it is first met. */
  readonly next: Map<number, State>;
  match?: RegexpMatch;
}

/** More states than a pattern of an ignore file has, unless someone wants it to. */
const mostStates = 500;

/**
 * Makes a matcher of steps, which keeps the states that it has met: then each character is one look-up. Never more than steps
 * times text, whatever the pattern: all states of the expression are followed at once.
 */
export function automaton(steps: readonly Step[]): (text: string) => RegexpMatch {
  const looksAround = steps.some(({ op }) => op === 'boundary' || op === 'inside');
  let states = new Map<string, State>();
  const stateOf = (positions: readonly number[], atStart: boolean, afterWord: boolean): State => {
    const key = `${positions.join()}${atStart ? '^' : afterWord ? 'w' : ''}`;
    const known = states.get(key);
    if (known) return known;
    if (states.size >= mostStates) states = new Map();
    const state: State = { positions, atStart, afterWord, next: new Map() };
    states.set(key, state);
    return state;
  };
  const follow = (state: State, code: number): State => {
    const here = closure(steps, state, code);
    const next = stateOf(advance(steps, here, code), false, looksAround && isWord(code));
    // Each code point of a class has an entry of its own.
    if (state.next.size >= mostStates) state.next.clear();
    state.next.set(code, next);
    return next;
  };
  return (text) => {
    let state = stateOf([0], true, false);
    for (let at = 0; at < text.length && state.positions.length > 0; at++) {
      const code = text.codePointAt(at) ?? 0;
      if (code > 0xffff) at++;
      state = state.next.get(code) ?? follow(state, code);
    }
    return (state.match ??= matchOf(steps, closure(steps, state, undefined)));
  };
}

function matchOf(steps: readonly Step[], positions: readonly number[]): RegexpMatch {
  const end = 2 * steps.length;
  return { whole: positions.includes(end), alive: positions.some((position) => position < end) };
}

function advance(steps: readonly Step[], positions: readonly number[], code: number): readonly number[] {
  const next = new Set<number>();
  for (const position of positions) {
    const step = steps[position >> 1];
    if (!step) continue;
    if (step.op === 'one' && step.test(code)) next.add(position + 2);
    else if (step.op === 'many' && step.test(code)) next.add(position);
    else if (step.op === 'folders' && position % 2 === 1) {
      if (code !== newline) next.add(position);
      if (code === slash) next.add(position + 1);
    }
  }
  return [...next].sort((a, b) => a - b);
}

const newline = 10;
const slash = 47;

/** The positions that are reached without a character; `code` is the next one, undefined at the end. */
function closure(steps: readonly Step[], state: State, code: number | undefined): readonly number[] {
  const seen = new Set(state.positions);
  for (const position of seen) {
    const step = steps[position >> 1];
    if (!step || position % 2 === 1) continue;
    if (step.op === 'many') seen.add(position + 2);
    else if (step.op === 'folders') seen.add(position + 1).add(position + 2);
    else if (step.op !== 'one' && holds(step.op, state, code)) seen.add(position + 2);
  }
  return [...seen];
}

function holds(
  op: 'start' | 'end' | 'boundary' | 'inside',
  { atStart, afterWord }: State,
  code: number | undefined,
): boolean {
  if (op === 'start') return atStart;
  if (op === 'end') return code === undefined;
  return (afterWord !== isWord(code)) === (op === 'boundary');
}

function isWord(code: number | undefined): boolean {
  return code !== undefined && code < 128 && /\w/.test(String.fromCharCode(code));
}
