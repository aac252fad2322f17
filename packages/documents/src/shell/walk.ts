import { parse } from 'unbash';
import type { ParsedScript } from 'unbash';
import type { Range } from '../text/source-file.ts';
import { maximumHereDocuments, maximumOpen } from './limits.ts';
import type { Command, Redirection } from './model.ts';
import type { ShellSource } from './source.ts';

/** A command as it is put together; the index of what runs on its failure is known only later. */
export interface Draft extends Omit<Command, 'followedBy' | 'pipeline' | 'onFailure'> {
  readonly failure?: Failure;
  followedBy?: NonNullable<Command['followedBy']>;
  pipeline?: NonNullable<Command['pipeline']>;
}

/** What stands behind a `||`. */
export interface Failure {
  index?: number;
}

/** What is collected while a script is walked. */
export interface Walk {
  readonly drafts: Draft[];
  readonly troubles: Trouble[];
  /** How many characters may still be parsed again. */
  budget: number;
  /** Reads a script that stands in this one. */
  readonly enter: (script: ParsedScript, where: Where) => void;
}

/** What could not be read. */
export interface Trouble {
  readonly reason: string;
  readonly at: Range;
}

/** Where in a script something stands. */
export interface Where {
  readonly source: ShellSource;
  /** How deep in lists and groups. */
  readonly depth: number;
  /** How deep in substitutions and scripts of `bash -c`. */
  readonly scripts: number;
  readonly conditional: boolean;
  readonly tested: boolean;
  readonly failure?: Failure;
  readonly inherited: readonly Redirection[];
  readonly within?: number;
}

const maximumTroubles = 10;

export function trouble(walk: Walk, where: Where, at: number, reason: string): void {
  if (walk.troubles.length < maximumTroubles) walk.troubles.push({ reason, at: where.source.text.range(at, at) });
}

/** Parses a script and walks it, unless it would take too long. */
export function enterSource(walk: Walk, where: Where): void {
  const { code } = where.source;
  const crowded = crowdedLine(code);
  const open = openBracket(code);
  if (crowded !== undefined)
    trouble(walk, where, crowded, `more than ${maximumHereDocuments} here-documents in a line`);
  else if (open !== undefined) trouble(walk, where, open, `more than ${maximumOpen} brackets are open`);
  else walk.enter(parse(code), where);
}

/** Where a line starts its one here-document too many. */
function crowdedLine(code: string): number | undefined {
  let count = 0;
  let line = -1;
  for (let at = code.indexOf('<<'); at >= 0; at = code.indexOf('<<', at + 2)) {
    if (at > line) {
      const end = code.indexOf('\n', at);
      line = end < 0 ? code.length : end;
      count = 0;
    }
    if (++count > maximumHereDocuments) return at;
  }
  return undefined;
}

/** Where one bracket too many opens. */
function openBracket(code: string): number | undefined {
  let open = 0;
  for (let at = 0; at < code.length; at++) {
    const character = code[at];
    if (character === '(' || character === '{' || character === '[') open++;
    else if ((character === ')' || character === '}' || character === ']') && open > 0) open--;
    if (open > maximumOpen) return at;
  }
  return undefined;
}
