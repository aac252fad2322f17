import type { Assignment, ShellWord } from './model.ts';
import { parseArguments } from './arguments.ts';
import type { ArgumentSpec } from './arguments.ts';
import { sliceWord } from './words.ts';

interface Prefix {
  readonly options: ArgumentSpec;
  /** Operands of its own before the command: the duration of `timeout`. */
  readonly operands?: number;
  /** `NAME=value` words before the command set its environment. */
  readonly assigns?: true;
  /** With one of these it runs nothing. */
  readonly asks?: readonly string[];
}

const none: ArgumentSpec = { values: '', stopAtPositional: true };
const taking = (values: string): ArgumentSpec => ({ values, stopAtPositional: true });

/** Commands which run the command that their arguments are. */
const prefixes: Readonly<Record<string, Prefix>> = {
  sudo: {
    options: taking(
      'u,user g,group h,host p,prompt C,close-from D,chdir R,chroot r,role t,type T,command-timeout U,other-user',
    ),
    assigns: true,
  },
  doas: { options: taking('C u') },
  env: { options: taking('u,unset C,chdir S,split-string'), assigns: true },
  exec: { options: taking('a') },
  command: { options: none, asks: ['v', 'V'] },
  builtin: { options: none },
  time: { options: taking('f,format o,output') },
  nice: { options: taking('n,adjustment') },
  ionice: { options: taking('c,class n,classdata p,pid') },
  nohup: { options: none },
  setsid: { options: none },
  stdbuf: { options: taking('i,input o,output e,error') },
  timeout: { options: taking('k,kill-after s,signal'), operands: 1 },
  xargs: { options: taking('I n,max-args L P,max-procs s,max-chars d,delimiter E a,arg-file process-slot-var') },
};

/** `sudo sudo sudo …` has an end, since each looks at all words behind it. */
const maximumPrefixes = 8;

/** The words of the command that is run in the end, and the assignments which the commands before it make for it. */
export function withoutPrefixes(words: readonly ShellWord[]): {
  readonly words: readonly ShellWord[];
  readonly assignments: readonly Assignment[];
} {
  const assignments: Assignment[] = [];
  let rest = words;
  for (let depth = 0; depth < maximumPrefixes; depth++) {
    const inner = behindPrefix(rest);
    if (!inner) break;
    rest = inner.words;
    for (const assignment of inner.assignments) assignments.push(assignment);
  }
  return { words: rest, assignments };
}

function behindPrefix(words: readonly ShellWord[]): ReturnType<typeof withoutPrefixes> | undefined {
  const name = words[0] ? commandName(words[0]) : '';
  const prefix = Object.hasOwn(prefixes, name) ? prefixes[name] : undefined;
  if (!prefix) return undefined;
  const { options, positionals } = parseArguments(words.slice(1), prefix.options);
  if (prefix.asks && options.some((option) => prefix.asks?.includes(option.name))) return undefined;
  const assignments: Assignment[] = [];
  let at = prefix.operands ?? 0;
  for (; prefix.assigns && at < positionals.length; at++) {
    const assignment = positionals[at] && assignmentOf(positionals[at] as ShellWord);
    if (!assignment) break;
    assignments.push(assignment);
  }
  const rest = positionals.slice(at);
  return rest.length > 0 ? { words: rest, assignments } : undefined;
}

/** `NAME=value` as an assignment; undefined for other words. */
export function assignmentOf(word: ShellWord): Assignment | undefined {
  const [first] = word.parts;
  if (first?.kind !== 'literal') return undefined;
  const match = /^([A-Za-z_][A-Za-z0-9_]*)\+?=/.exec(first.text);
  if (!match?.[1]) return undefined;
  return { name: match[1], value: sliceWord(word, match[0].length), range: word.range };
}

/** The last path part of a word, where that is literal; else ''. */
export function commandName(word: ShellWord): string {
  const last = word.parts.at(-1);
  if (last?.kind !== 'literal') return '';
  const slash = last.text.lastIndexOf('/');
  return slash < 0 && word.parts.length > 1 ? '' : last.text.slice(slash + 1);
}
