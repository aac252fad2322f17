import { firstLine } from '@plimsoll/documents';
import type { ShellWord } from '@plimsoll/documents';
import type { Value } from '../model.ts';
import type { LoginCall } from '../tools/model.ts';
import { formTexts } from '../values/value.ts';
import { givenUse, keylessUse, staticUse } from './found.ts';
import type { FoundUse } from './found.ts';
import type { ProviderRow, RegistryLoginRow, RegistryRow } from './model.ts';
import { providers, registryLogins } from './providers/index.ts';
import { longLived } from './step-view.ts';
import type { CommandView, GivenValue, StepView } from './step-view.ts';

interface RegistryMatch {
  readonly row: ProviderRow;
  readonly registry: RegistryRow;
}

const rows = providers.flatMap((row) => row.registries.map((registry): RegistryMatch => ({ row, registry })));

/** The provider of a container registry, by its host; where that is not known, by the name it is kept under. */
export function providerOfRegistry(
  registry: Pick<Value, 'forms'> | undefined,
  defaultHost: string,
): RegistryMatch | undefined {
  const texts = registry ? formTexts(registry) : [defaultHost];
  for (const text of texts) {
    const host =
      text
        .replace(/^https?:\/\//, '')
        .split('/')[0]
        ?.toLowerCase() ?? '';
    const found = rows.find(({ registry: { host: pattern } }) => pattern.test(host)) ?? byUnknownAccount(host);
    if (found) return found;
  }
  const unknown = texts.find((text) => text.includes('$'))?.toUpperCase();
  if (unknown === undefined) return undefined;
  const words = unknown.replace(/[^A-Z0-9]+/g, '_');
  return (
    rows.find(({ registry: { name } }) => name?.test(words)) ??
    (defaultHost === ''
      ? undefined
      : rows.find(({ registry: { host } }) => defaultHost !== 'docker.io' && host.test(defaultHost)))
  );
}

/** `${{ env.ACCOUNT }}.dkr.ecr.eu-west-1.amazonaws.com`, `$NAME.azurecr.io`: what is unknown in a host is taken for one that fits. */
function byUnknownAccount(host: string): RegistryMatch | undefined {
  if (!host.includes('$')) return undefined;
  const parts = host.replace(/\$\{\{[^}]*\}\}|\$\{?\w+\}?/g, '\0');
  const candidates = ['123456789012', 'name', 'us'].map((text) => parts.replaceAll('\0', text));
  if (parts === '\0') return undefined;
  return rows.find(({ registry }) => candidates.some((candidate) => registry.host.test(candidate)));
}

/** A login to a container registry by an action. */
export function registryActionUse(view: StepView): FoundUse | undefined {
  const login = registryLogins.find((row) => row.action === view.action) ?? tellingLogin(view);
  if (!login) return undefined;
  const registry = view.input(login.registry);
  const match = providerOfRegistry(registry?.value, login.defaultHost);
  if (!match) return undefined;
  const username = view.input(login.username);
  const password = view.input(login.password);
  if (!password) return withoutPassword(view, match);
  if (isTemporary(match.registry, username?.value))
    return keylessUse(match.row, view, firstLine(password.range), password.name);
  // For ECR the user name is the access key's id, a part of the credential.
  const parts = match.row.provider === 'AWS' && username ? [username, password] : [password];
  const found =
    longLived(password.value).length > 0 ? staticUse(match.row, view, parts, match.registry.alternative) : undefined;
  if (found)
    return {
      ...found,
      parts: username ? [username.name, password.name] : found.parts,
      registry: registry?.value.written ?? login.defaultHost,
    };
  return password.value.secrets.some(({ kind }) => kind === 'oidc-token')
    ? keylessUse(match.row, view, firstLine(password.range), password.name)
    : undefined;
}

const REGISTRY_INPUTS = ['registry', 'registry-url', 'registry_url', 'login-server'] as const;
const PASSWORD_INPUTS = [
  'password',
  'registry-password',
  'registry_password',
  'docker-password',
  'docker_password',
] as const;
const USERNAME_INPUTS = [
  'username',
  'registry-username',
  'registry_username',
  'docker-username',
  'docker_username',
] as const;

/** An action that no table knows, which is given a registry and a password for it. */
function tellingLogin(view: StepView): Omit<RegistryLoginRow, 'source'> | undefined {
  const { action } = view;
  const registry = REGISTRY_INPUTS.find((name) => view.input(name));
  const password = PASSWORD_INPUTS.find((name) => view.input(name));
  if (action === undefined || registry === undefined || password === undefined) return undefined;
  return {
    action,
    registry,
    password,
    username: USERNAME_INPUTS.find((name) => view.input(name)) ?? '',
    defaultHost: '',
  };
}

function withoutPassword(view: StepView, { row }: RegistryMatch): FoundUse | undefined {
  const connection = row.provider === 'Docker Hub' ? view.variable('DOCKERHUB_OIDC_CONNECTIONID') : undefined;
  return connection && keylessUse(row, view, firstLine(connection.range), connection.name);
}

function isTemporary(registry: RegistryRow, username: Value | undefined): boolean {
  return username?.values.some((name) => registry.temporaryUsers?.includes(name)) ?? false;
}

/** `docker login` and its like in a script. */
export function registryCommandUse(view: StepView, at: CommandView): FoundUse | undefined {
  if (at.call?.does !== 'login') return undefined;
  const match = providerOfRegistry(at.call.registry && at.value(at.call.registry), 'docker.io');
  if (!match) return undefined;
  if (at.call.username && isTemporary(match.registry, at.value(at.call.username))) return undefined;
  const { tool, registry } = at.call;
  const password = passwordOf(at, at.call, view);
  const found =
    (password && staticUse(match.row, view, [password], match.registry.alternative)) ??
    keyOfUser(view, at, at.call, match);
  return (
    found && {
      ...found,
      parts: [tool],
      origin: { ...found.origin, command: at.command },
      registry: registry?.text ?? 'docker.io',
    }
  );
}

/** A login by a name whose password is a key file, though the secret is not in sight. */
function keyOfUser(
  view: StepView,
  at: CommandView,
  { username, tool }: LoginCall,
  { row, registry }: RegistryMatch,
): FoundUse | undefined {
  if (!username) return undefined;
  const value = at.value(username);
  if (!value.values.some((name) => registry.keyUsers?.includes(name))) return undefined;
  return givenUse(
    row,
    view,
    { name: `${tool} login`, range: firstLine(at.command.range), value },
    registry.alternative,
  );
}

function passwordOf(at: CommandView, call: LoginCall, view: StepView): GivenValue | undefined {
  const option = call.password;
  if (option?.value) return { name: option.written, range: option.range, value: at.value(option.value) };
  const input = call.passwordStdin ? standardInput(at, view) : undefined;
  return input && { ...input, name: '--password-stdin' };
}

/** What a command reads from a pipe or a here-string: the first word there that holds a secret. */
export function standardInput(at: CommandView, view: StepView): GivenValue | undefined {
  const words = [
    ...at.command.redirections.flatMap(({ operator, target }) => (operator === '<<<' && target ? [target] : [])),
    ...pipedWords(at),
  ];
  for (const word of words) {
    const value = at.value(word);
    if (longLived(value).length > 0) return { name: word.text, range: word.range, value };
  }
  return hereDocument(at, view);
}

function pipedWords({ command, script }: CommandView): readonly ShellWord[] {
  const { pipeline } = command;
  if (!pipeline) return [];
  return pipeline.commands.slice(0, pipeline.position).flatMap((index) => script.commands[index]?.words.slice(1) ?? []);
}

/** A here-document is not evaluated: a variable or secret is looked for in its text. */
function hereDocument({ command }: CommandView, view: StepView): GivenValue | undefined {
  for (const { body, range } of command.redirections) {
    if (!body) continue;
    const name = /\$\{?(\w+)\}?/.exec(body.text)?.[1];
    const variable = name === undefined ? undefined : view.variable(name);
    if (variable && longLived(variable.value).length > 0) return { ...variable, range };
  }
  return undefined;
}
