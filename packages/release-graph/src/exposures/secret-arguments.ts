import type { Command, Option, Range, ShellWord } from '@plimsoll/documents';
import { span } from '@plimsoll/documents';
import { toolName, viewOf } from '../credentials/step-view.ts';
import type { CommandView, StepView } from '../credentials/step-view.ts';
import type { Lanes } from '../lanes/model.ts';
import type { PlacedCommand, Value } from '../model.ts';
import { looksLikeSecretName } from '../secrets/names.ts';
import { recogniseCommand } from '../tools/index.ts';
import type { SecretArgument } from './model.ts';

/**
 * Passwords and tokens among the arguments of commands: of workflows, where what a variable holds is known, and of scripts
 * and Dockerfiles, where its name has to tell it. Each place once.
 */
export function secretArguments(lanes: Lanes, commands: readonly PlacedCommand[]): readonly SecretArgument[] {
  const inSteps = lanes.steps.map(viewOf).flatMap((view) => view.commands.flatMap((at) => argumentsOf(view, at)));
  const elsewhere = commands.filter(({ site }) => site !== 'step').flatMap(argumentsByName);
  const unique = new Map<string, SecretArgument>();
  for (const one of [...inSteps, ...elsewhere]) {
    const key = `${one.range.file.path}:${String(one.range.start)}`;
    if (!unique.has(key)) unique.set(key, one);
  }
  return [...unique.values()].sort(byPlace);
}

function argumentsOf(view: StepView, at: CommandView): readonly SecretArgument[] {
  const { command } = at;
  if (PRINTING.has(command.name)) return [];
  const origin = { ...view.step.origin, command };
  const password = passwordOf(command);
  if (password) {
    const secrets = password.value ? at.value(password.value).secrets : [];
    if (secrets.length > 0 || (password.login && mayBeSecret(password.value)))
      return [{ ...password.told, origin, secrets, kind: 'password' }];
  }
  const word = command.words.slice(1).find((one) => holdsSecretInUrl(at.value(one)));
  return word ? [{ ...urlIn(command, word), origin, secrets: at.value(word).secrets }] : [];
}

function argumentsByName({ command, origin, site }: PlacedCommand): readonly SecretArgument[] {
  if (PRINTING.has(command.name)) return [];
  const password = passwordOf(command);
  const value = password?.value;
  const named = value !== undefined && variablesOf(value).some(looksLikeSecretName);
  if (password && (password.login ? mayBeSecret(value) : named && site !== 'RUN'))
    return [{ ...password.told, origin, secrets: [], kind: 'password' }];
  // A URL in a RUN is left in the layer, which is the worse of the two and told there.
  const word = site === 'RUN' ? undefined : command.words.slice(1).find(namesSecretInUrl);
  return word ? [{ ...urlIn(command, word), origin, secrets: [] }] : [];
}

/** Builtins of the shell, whose words no other process sees. */
const PRINTING: ReadonlySet<string> = new Set(['echo', 'printf', 'export', 'read', 'test', '[']);

interface Password {
  readonly value: ShellWord | undefined;
  /** A login that takes nothing else there than a password. */
  readonly login: boolean;
  readonly told: Pick<SecretArgument, 'range' | 'tool' | 'option' | 'takesStdin'>;
}

function passwordOf(command: Command): Password | undefined {
  const call = recogniseCommand(command);
  if (call?.does === 'login') {
    const { password, tool } = call;
    return password && { value: password.value, login: true, told: toldOf(password, tool, true) };
  }
  if (call?.does === 'publish' && call.password && /^-{1,2}p(?:assword)?$/.test(call.password.written))
    return { value: call.password.value, login: false, told: toldOf(call.password, call.tool, false) };
  const [, second = ''] = command.words.map(({ text }) => text);
  const azure = toolName(command) === 'az' && second === 'login';
  const option = optionOf(command, azure ? ['--password', '-p'] : ['--password']);
  const tool = nameOf(command);
  return option && { value: option.value, login: false, told: toldOf(option, tool, false) };
}

function toldOf({ range, written }: Option, tool: string, takesStdin: boolean): Password['told'] {
  return { range, tool, option: written, takesStdin };
}

/** `--password x` or `--password=x`, of a tool that no row describes. */
function optionOf({ words }: Command, names: readonly string[]): Option | undefined {
  for (const [i, word] of words.entries()) {
    const written = names.find((name) => word.text === name || word.text.startsWith(`${name}=`));
    if (written === undefined) continue;
    const value = word.text === written ? words[i + 1] : word;
    if (value) return { name: 'password', written, value, range: span(word.range, value.range) };
  }
  return undefined;
}

/** The tool and its subcommand; where its name is not known, as it is written. */
function nameOf(command: Command): string {
  const [first, second] = command.words;
  const tool = toolName(command) || (first?.text ?? '');
  return second && /^[a-z][a-z-]*$/.test(second.text) ? `${tool} ${second.text}` : tool;
}

function mayBeSecret(value: ShellWord | undefined): boolean {
  return value !== undefined && value.text !== '';
}

function urlIn(command: Command, word: ShellWord): Pick<SecretArgument, 'range' | 'tool' | 'kind' | 'takesStdin'> {
  return { range: word.range, tool: nameOf(command), kind: 'url', takesStdin: false };
}

/** Stands for what is not literal. */
const HOLE = '\uE000';
const USER_INFO = new RegExp(`://[^\\s/?#@${HOLE}]{0,200}${HOLE}[^\\s/?#@]{0,200}@`);
const QUERY = new RegExp(`[?&](?:access_|auth_|api_|private_)?(?:token|key|password|secret)=${HOLE}`, 'i');

function holdsSecretInUrl({ forms, secrets }: Value): boolean {
  if (secrets.length === 0) return false;
  return forms.some((form) => isSecretUrl(form.map((part) => (typeof part === 'string' ? part : HOLE)).join('')));
}

function isSecretUrl(text: string): boolean {
  return text.includes('://') && (USER_INFO.test(text) || QUERY.test(text));
}

function namesSecretInUrl(word: ShellWord): boolean {
  const isSecret = (name: string) => looksLikeSecretName(name);
  return isSecretUrl(
    word.parts
      .map((part) =>
        part.kind === 'variable' && isSecret(part.name) ? HOLE : part.kind === 'literal' ? part.text : '-',
      )
      .join(''),
  );
}

function variablesOf({ parts }: ShellWord): readonly string[] {
  return parts.flatMap((part) => (part.kind === 'variable' ? [part.name] : []));
}

function byPlace(a: { readonly range: Range }, b: { readonly range: Range }): number {
  const [left, right] = [a.range.file.path, b.range.file.path];
  return left === right ? a.range.start - b.range.start : left < right ? -1 : 1;
}
