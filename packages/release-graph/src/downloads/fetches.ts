import { lastOption, optionValues, parseArguments } from '@plimsoll/documents';
import type { ArgumentSpec, Arguments, Command } from '@plimsoll/documents';

/** A call of curl or wget that fetches something. */
export interface Fetch {
  readonly tool: string;
  readonly urls: readonly string[];
  /** The files that it writes, as they are written; none where it goes to standard output. */
  readonly files: readonly string[];
}

const curl: ArgumentSpec = {
  values:
    'o,output output-dir H,header u,user A,user-agent d,data data-raw data-binary data-urlencode json X,request e,referer b,cookie ' +
    'c,cookie-jar F,form m,max-time connect-timeout retry retry-delay retry-max-time w,write-out x,proxy cacert E,cert key ' +
    'T,upload-file C,continue-at r,range y,speed-time Y,speed-limit K,config D,dump-header resolve interface limit-rate proto ' +
    'proto-redir proto-default tls-max ciphers url max-redirs z,time-cond stderr trace capath keepalive-time noproxy',
  switches: 'O,remote-name I,head J,remote-header-name',
};
const wget: ArgumentSpec = {
  values:
    'O,output-document P,directory-prefix t,tries T,timeout U,user-agent e,execute i,input-file a,append-output o,output-file ' +
    'header post-data post-file body-data method user password Q,quota w,wait waitretry ca-certificate certificate private-key ' +
    'limit-rate read-timeout connect-timeout dns-timeout referer A,accept R,reject D,domains l,level B,base secure-protocol',
  switches: 'S,server-response spider',
};

/** Reads a call that fetches; undefined for all others, for uploads and for questions of headers. */
export function readFetch(command: Command): Fetch | undefined {
  if (command.name === 'curl') return ofCurl(command, parseArguments(command.words.slice(1), curl));
  if (command.name === 'wget') return ofWget(command, parseArguments(command.words.slice(1), wget));
  const [, applet, ...rest] = command.words;
  return command.name === 'busybox' && applet?.text === 'wget'
    ? ofWget(command, parseArguments(rest, wget))
    : undefined;
}

const sent = /^(?:data.*|json|form|upload-file|head|post-(?:data|file)|body-data|spider)$/;

function ofCurl(command: Command, call: Arguments): Fetch | undefined {
  const method = lastOption(call, 'request')?.value?.text;
  if (call.options.some(({ name }) => sent.test(name)) || (method !== undefined && !/^get$/i.test(method)))
    return undefined;
  const words = [...call.positionals, ...optionValues(call, 'url')];
  const urls = words.map(({ text }) => text);
  const outputs = optionValues(call, 'output').map(({ text }) => text);
  const remote = call.options.some(({ name }) => name === 'remote-name' || name === 'remote-name-all');
  const files = [...outputs, ...(remote ? urls.map(lastPart) : []), ...redirected(command)];
  return { tool: 'curl', urls, files: files.filter(isFile) };
}

function ofWget(command: Command, call: Arguments): Fetch | undefined {
  if (call.options.some(({ name }) => sent.test(name))) return undefined;
  const urls = call.positionals.map(({ text }) => text);
  const output = lastOption(call, 'output-document')?.value?.text;
  const files = output === undefined ? urls.map(lastPart) : [output, ...redirected(command)];
  return { tool: 'wget', urls, files: files.filter(isFile) };
}

/** The files that standard output goes to. */
export function redirected({ redirections }: Command): readonly string[] {
  return redirections.flatMap(({ operator, target }) => (/^1?>[>|]?$/.test(operator) && target ? [target.text] : []));
}

function isFile(path: string): boolean {
  return path !== '-' && path !== '' && !path.startsWith('/dev/');
}

function lastPart(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether all that it fetches is on this machine, or named by a full commit. */
export function isTrustedSource({ urls }: Fetch): boolean {
  return urls.length > 0 && urls.every((url) => isLocal(url) || isCommit(url));
}

const local =
  /^(?:file:|(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal)(?:[:/]|$))/i;

export function isLocal(url: string): boolean {
  return local.test(url);
}

function isCommit(url: string): boolean {
  return (
    /^https:\/\/(?:raw\.githubusercontent|codeload\.github|github|gitlab)\.com\//.test(url) &&
    (/\/[0-9a-f]{40}(?:[/.]|$)/.test(url) || /\/(?:\$\{?GITHUB_SHA\}?|\$\{\{\s*github\.sha\s*\}\})(?:[/.]|$)/.test(url))
  );
}
