import type { Assignment, Command, MappedText, Redirection, Script, ShellWord } from '@plimsoll/documents';
import { removedBy } from './removals.ts';
import { through } from './tracked.ts';
import type { Tracked } from './tracked.ts';
import { copiesOf, passesOn, settingsWritten } from './writers.ts';

/** What a script finds around it. */
export interface Surroundings {
  variable(name: string): Tracked | undefined;
  /** `${{ … }}` */
  expression(text: string, places: MappedText): Tracked | undefined;
  /** A file, by its path (see `pathOf`), or a folder that holds one. */
  file(path: string): Tracked | undefined;
  /** Some variable of the environment, for programs that read all of them. */
  anyVariable(): Tracked | undefined;
  /** One path for all ways to write it; `~` is the home folder. */
  pathOf(path: ShellWord | string, command: Command): string;
}

/** A secret that a command of a script writes somewhere. */
export interface Written {
  readonly command: Command;
  readonly secret: Tracked;
  readonly to: Target;
}

export type Target =
  | { readonly kind: 'stdout' }
  /** `variable`: that of the runner's file, where the path is one: `GITHUB_OUTPUT`. */
  | { readonly kind: 'file'; readonly path: string; readonly variable?: string; readonly tool?: string };

/**
 * Follows the secrets of a script: through its variables, pipes, here-documents, `$(…)` and the files that it writes. What a
 * program that is not known does with a secret is not guessed: it keeps it for itself. Given is what is still there when the
 * script ends, in the order of the text.
 */
export function followScript(script: Script, around: Surroundings): readonly Written[] {
  const reader = new ScriptReader(script, around);
  for (const [index, command] of script.commands.entries()) reader.read(command, index);
  return reader.written;
}

/** The state of one reading, from top to bottom. */
class ScriptReader {
  written: Written[] = [];
  readonly #script: Script;
  readonly #around: Surroundings;
  readonly #variables = new Map<string, Tracked | undefined>();
  readonly #files = new Map<string, Tracked>();
  #depth = 0;

  constructor(script: Script, around: Surroundings) {
    this.#script = script;
    this.#around = around;
  }

  read(command: Command, index: number): void {
    this.#assign(command, index);
    const removed = removedBy(command, (word) => this.#around.pathOf(word, command));
    if (removed) this.written = this.written.filter(({ to }) => !removed(to));
    for (const { from, to } of copiesOf(command)) {
      const secret = from.map((word) => this.#file(word, command)).find(Boolean);
      if (secret) this.#write(command, secret, { kind: 'file', path: this.#around.pathOf(to, command) });
    }
    const settings = settingsWritten(command);
    if (settings) {
      const secret = this.#words(command, index) ?? (settings.readsInput ? this.#input(command, index) : undefined);
      const path = this.#around.pathOf(settings.path ?? settings.file ?? settings.folder ?? '', command);
      if (secret)
        this.#write(command, secret, {
          kind: 'file',
          path: settings.folder ? `${path}/.git/config` : path,
          tool: settings.tool,
        });
    }
    this.#print(command, index);
  }

  #assign(command: Command, index: number): void {
    if (command.name === 'read' || command.name === 'mapfile' || command.name === 'readarray') {
      const secret = this.#input(command, index);
      for (const { text } of command.words.slice(1)) if (/^\w+$/.test(text)) this.#set(text, secret, command);
    }
    if (command.words.length > 0 && !KEEPERS.has(command.name)) return;
    for (const assignment of command.assignments)
      this.#set(assignment.name, this.#assigned(assignment, index), command);
  }

  #assigned({ name, value, elements, range }: Assignment, index: number): Tracked | undefined {
    const secret = (elements ?? [value]).map((word) => this.#word(word, index)).find(Boolean);
    return through(secret, range, `${name} is set here`);
  }

  #set(name: string, secret: Tracked | undefined, { conditional }: Command): void {
    if (secret || !conditional) this.#variables.set(name, secret);
  }

  /** Sends what the command prints where it goes. */
  #print(command: Command, index: number): void {
    const secret = this.#output(command, index);
    const files = targetsOf(command);
    for (const { target, truncates } of files) {
      const to = this.#fileTarget(target, command);
      if (secret) this.#write(command, secret, to);
      else if (truncates && !command.conditional) this.written = this.written.filter((one) => !isSame(one.to, to));
    }
    if (!secret) return;
    if (command.name === 'tee') {
      for (const word of command.words.slice(1))
        if (!word.text.startsWith('-')) this.#write(command, secret, this.#fileTarget(word, command));
    }
    const shown = printsTo(command);
    if (shown === 'nowhere' || (shown === 'next' && !goesToError(command)) || this.#isCaptured(command)) return;
    if (!MASKING.test(wordsText(command))) this.#write(command, secret, { kind: 'stdout' });
  }

  #fileTarget(word: ShellWord, command: Command): Target {
    const variable = word.parts.find((part) => part.kind === 'variable');
    const expression = /^\$\{\{\s*github\.(output|env|step_summary)\s*\}\}$/.exec(word.text)?.[1];
    const name = variable?.kind === 'variable' ? variable.name : expression && `GITHUB_${expression.toUpperCase()}`;
    const path = this.#around.pathOf(word, command);
    return { kind: 'file', path, ...(name && word.parts.length === 1 && { variable: name }) };
  }

  #write(command: Command, secret: Tracked, to: Target): void {
    if (to.kind === 'file') {
      if (NO_FILE.test(to.path)) {
        if (CONSOLE.test(to.path)) this.written.push({ command, secret, to: { kind: 'stdout' } });
        return;
      }
      this.#files.set(to.path, through(secret, command.range, 'it is written to a file here') ?? secret);
    }
    this.written.push({ command, secret, to });
  }

  /** The secret in what a command prints. */
  #output(command: Command, index: number): Tracked | undefined {
    if (this.#depth > MAX_DEPTH) return undefined;
    this.#depth++;
    try {
      const passing = passesOn(command);
      if (passing === undefined) return undefined;
      if (passing === 'words') return this.#words(command, index);
      if (passing === 'environment') {
        const [name] = command.words.slice(1).filter(({ text }) => !text.startsWith('-'));
        return name ? this.#variable(name.text) : this.#around.anyVariable();
      }
      const files = command.words.slice(1).map((word) => this.#file(word, command));
      const template = command.name === 'envsubst' ? this.#substituted(command) : undefined;
      return this.#input(command, index) ?? files.find(Boolean) ?? this.#words(command, index) ?? template;
    } finally {
      this.#depth--;
    }
  }

  /** `envsubst '$A $B'` replaces these, and without them all. */
  #substituted(command: Command): Tracked | undefined {
    const named = [...(command.words[1]?.text ?? '').matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);
    if (named.length === 0) return this.#around.anyVariable();
    return named.map((name) => this.#variable(name)).find(Boolean);
  }

  #input(command: Command, index: number): Tracked | undefined {
    for (const { operator, target, body, expands } of command.redirections) {
      if (operator.endsWith('<<<') && target) return this.#word(target, index);
      if (body) return this.#body(body, expands ?? true);
      if (operator === '<' && target) return this.#file(target, command) ?? this.#word(target, index);
    }
    const { pipeline } = command;
    const before = pipeline && pipeline.position > 0 ? pipeline.commands[pipeline.position - 1] : undefined;
    const source = before === undefined ? undefined : this.#script.commands[before];
    if (before === undefined || !source || before === index || printsTo(source) !== 'next') return undefined;
    return this.#output(source, before);
  }

  /** The secret in a here-document. */
  #body(body: MappedText, expands: boolean): Tracked | undefined {
    for (const match of body.text.matchAll(/\$\{\{[^}]{0,500}\}\}|\$\{?([A-Za-z_]\w*)/g)) {
      const places = body.slice(match.index, match.index + match[0].length);
      const found =
        match[1] === undefined
          ? this.#around.expression(match[0], places)
          : expands
            ? this.#variable(match[1])
            : undefined;
      if (found) return through(found, places.range(), 'it stands in this text');
    }
    return undefined;
  }

  #words(command: Command, index: number): Tracked | undefined {
    for (const word of command.words.slice(1)) {
      const secret = this.#word(word, index);
      if (secret) return secret;
    }
    return undefined;
  }

  #word(word: ShellWord, index: number): Tracked | undefined {
    let at = 0;
    for (const part of word.parts) {
      const places = word.mapped.slice(at, at + part.text.length);
      at += part.text.length;
      const found =
        part.kind === 'variable'
          ? tellsNothing(part.text)
            ? undefined
            : this.#variable(part.name)
          : part.kind === 'expression'
            ? this.#around.expression(part.text, places)
            : part.kind === 'substitution'
              ? this.#substitution(index, places)
              : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /** What the commands of a `$(…)` print; `$(< file)` prints the file. */
  #substitution(index: number, places: MappedText): Tracked | undefined {
    const { start, end } = places.range();
    for (const [inner, command] of this.#script.commands.entries()) {
      const isInside = command.within === index && command.range.start >= start && command.range.end <= end;
      if (!isInside || printsTo(command) !== 'out') continue;
      const found =
        this.#output(command, inner) ?? (command.words.length === 0 ? this.#input(command, inner) : undefined);
      if (found) return found;
    }
    return undefined;
  }

  #isCaptured(command: Command): boolean {
    const outer = command.within === undefined ? undefined : this.#script.commands[command.within];
    return outer !== undefined && !SHELLS.has(outer.name);
  }

  #variable(name: string): Tracked | undefined {
    return this.#variables.has(name) ? this.#variables.get(name) : this.#around.variable(name);
  }

  #file(word: ShellWord, command: Command): Tracked | undefined {
    if (word.text.startsWith('-') && word.text.length > 1) return undefined;
    const path = this.#around.pathOf(word, command);
    return this.#files.get(path) ?? this.#around.file(path);
  }
}

const MAX_DEPTH = 30;
const KEEPERS: ReadonlySet<string> = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh', 'eval']);
/** `::add-mask::` keeps the value out of the log. */
const MASKING = /::add-mask::/;
const NO_FILE = /^\/(?:dev|proc|sys)\//;
const CONSOLE = /^\/dev\/(?:std(?:out|err)|tty|fd\/[12])$/;

/** `${#A}` is a length, `${A:+x}` only says whether it is set. */
function tellsNothing(text: string): boolean {
  return /^\$\{(?:#|\w+:?\+)/.test(text);
}

function wordsText({ words }: Command): string {
  return words.map(({ text }) => text).join(' ');
}

function isOut({ operator }: Redirection): boolean {
  return /^(?:1|&)?>(?:>|\|)?$/.test(operator) || operator === '>&';
}

function targetsOf({ redirections }: Command): readonly { readonly target: ShellWord; readonly truncates: boolean }[] {
  return redirections.flatMap((redirection) => {
    const { target, operator, inherited } = redirection;
    if (!target || !isOut(redirection) || /^(?:[12-]|\/dev\/null)$/.test(target.text)) return [];
    return [{ target, truncates: !operator.endsWith('>>') && !inherited }];
  });
}

/** Whether the output of a command is shown, goes to the next one of its pipeline, or to a file. */
function printsTo({ redirections, pipeline }: Command): 'out' | 'next' | 'nowhere' {
  const out = redirections.findLast(isOut);
  if (out && !(out.operator === '>&' && /^[12]$/.test(out.target?.text ?? ''))) return 'nowhere';
  return pipeline && pipeline.position < pipeline.commands.length - 1 ? 'next' : 'out';
}

function goesToError({ redirections }: Command): boolean {
  return redirections.some(({ operator, target }) => operator === '>&' && target?.text === '2');
}

function isSame(a: Target, b: Target): boolean {
  return a.kind === 'file' && b.kind === 'file' && a.path === b.path && a.path !== '' && a.variable === undefined;
}
