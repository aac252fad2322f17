import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import { SourceFile } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { secretInValue } from '../secrets/values.ts';

/** A credential that stands in the text of a file. */
export interface SecretText {
  /** Within its line. */
  readonly range: Range;
  /** In words: `a GitHub token`. */
  readonly what: string;
  /** Its first four characters. */
  readonly start: string;
}

/** Files above this many bytes are not searched. */
export const maxSearchedBytes = 1024 * 1024;

/**
 * The credentials in a text that secretlint's recommended preset knows, in the order of the text. secretlint is loaded when a
 * text first holds one of the marks which its credentials have.
 */
export async function secretTexts(file: SourceFile): Promise<readonly SecretText[]> {
  const { text } = file;
  if (text.length > maxSearchedBytes || !MARKS.test(text)) return [];
  const lint = await (linter ??= loadLinter());
  const found = (await lint(file.path, text)).flatMap(({ rule, start, end }) => read(file, rule, start, end));
  return found
    .sort((a, b) => a.range.start - b.range.start)
    .filter(({ range }, i, all) => i === 0 || range.start >= (all[i - 1]?.range.end ?? 0));
}

/** Whether contents hold one that `secretTexts` would tell; false where they are no text, or too large. */
export async function holdsSecret(path: string, bytes: Uint8Array): Promise<boolean> {
  if (bytes.length > maxSearchedBytes || bytes.subarray(0, HEAD).includes(0)) return false;
  return (await secretTexts(new SourceFile(path, new TextDecoder().decode(bytes)))).length > 0;
}

/** Which answers a search gives: another version of secretlint, or of the marks, may give others. */
export const searchVersion = 'secretlint-13.1.0';

/** The same of a file of the tree; none for one that is too large, is no text, or cannot be read. */
export async function secretTextsOfFile(tree: Tree, path: string): Promise<readonly SecretText[]> {
  const bytes = readBytes(tree, path);
  if (!bytes || bytes.subarray(0, HEAD).includes(0)) return [];
  return secretTexts(new SourceFile(path, new TextDecoder().decode(bytes)));
}

/** How much of a file is looked at for the zero byte that tells a binary one. */
const HEAD = 8000;

function readBytes(tree: Tree, path: string): Uint8Array | undefined {
  if (tree.entry(path)?.type !== 'file' || NO_TEXT.test(path) || tree.size(path) > maxSearchedBytes) return undefined;
  try {
    return tree.read(path, maxSearchedBytes);
  } catch (error) {
    if (error instanceof TreeReadError) return undefined;
    throw error;
  }
}

/** Whether a file is none of text by its name: a picture, an archive, a program. */
export function isBinaryName(path: string): boolean {
  return NO_TEXT.test(path);
}

const NO_TEXT =
  /\.(?:png|jpe?g|gif|webp|avif|ico|bmp|tiff?|pdf|zip|gz|tgz|bz2|xz|zst|7z|jar|war|class|so|dylib|dll|exe|wasm|woff2?|ttf|otf|eot|mp[34]|mov|webm|ogg|wav|sqlite3?|db|bin|pyc|node|p12|pfx|jks|map)$/i;

/**
 * What a text holds where secretlint can find something in it: a part of each of its credentials. A test holds every rule of
 * the preset to it.
 */
const MARKS =
  /secret_?access_?key|PRIVATE KEY|_authToken=|npm_\w{36}|xox[bpaor]-|xapp-|hooks\.slack\.com\/services\/T|:\/\/[^\s/:@]{1,256}:[^\s/@]{1,256}@|T3BlbkFJ|sk-ant-api|gsk_|hf_|lin_api_|ntn_|private_key|SG\.\w|shp(?:pa|ca|at|ss)_|[sr]k_(?:live|test)_|gh[pousr]_|github_pat_|glpat-|glsa_|hv[sbr]\.|vc[piark]_|dapi[a-f0-9]|dckr_pat_|figd_|cf(?:k|ut|at)_|tskey-|ops_ey/i;

interface Match {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

type Lint = (path: string, text: string) => Promise<readonly Match[]>;
let linter: Promise<Lint> | undefined;

async function loadLinter(): Promise<Lint> {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const id = '@secretlint/secretlint-rule-preset-recommend';
  const options = { config: { rules: [{ id, rule: creator }] }, noPhysicFilePath: true };
  return async (path, text) => {
    const source = {
      content: text,
      filePath: path,
      ext: /\.[^./]+$/.exec(path)?.[0] ?? '',
      contentType: 'text' as const,
    };
    const { messages } = await lintSource({ source, options });
    return messages.map(({ ruleId, range: [start, end] }) => ({
      rule: ruleId.replace(/^.*secretlint-rule-/, ''),
      start,
      end,
    }));
  };
}

/** By the rule of secretlint that found it. */
const WORDS: Readonly<Record<string, string>> = {
  '1password': 'a 1Password token',
  anthropic: 'an Anthropic key',
  aws: 'an AWS key',
  basicauth: 'a password in a URL',
  cloudflare: 'a Cloudflare token',
  'database-connection-string': 'a password in a connection string',
  databricks: 'a Databricks token',
  docker: 'a Docker Hub token',
  figma: 'a Figma token',
  gcp: 'a Google Cloud key',
  github: 'a GitHub token',
  gitlab: 'a GitLab token',
  grafana: 'a Grafana token',
  groq: 'a Groq key',
  'hashicorp-vault': 'a Vault token',
  huggingface: 'a Hugging Face token',
  linear: 'a Linear key',
  notion: 'a Notion token',
  npm: 'an npm token',
  openai: 'an OpenAI key',
  privatekey: 'a private key',
  sendgrid: 'a SendGrid key',
  shopify: 'a Shopify token',
  slack: 'a Slack token',
  stripe: 'a Stripe key',
  tailscale: 'a Tailscale key',
  vercel: 'a Vercel token',
};

function read(file: SourceFile, rule: string, start: number, end: number): readonly SecretText[] {
  const found = file.text.slice(start, end).replace(/["'`,;)\]}>\s]{1,9}$/, '');
  if (isStandIn(rule, found, file.text.slice(file.lineStart(file.positionAt(start).line), start))) return [];
  const lineEnd = file.lineEnd(file.positionAt(start).line);
  const range = file.range(start, Math.max(start + 1, Math.min(start + found.length, lineEnd)));
  return [{ range, what: WORDS[rule] ?? 'a credential', start: found.slice(0, 4) }];
}

/** A short password for a host without a domain: a service of the same compose file or cluster. */
function isOfNetwork(url: string): boolean {
  const [, password = '', host = ''] = /:\/\/[^/:@\s]{0,256}:([^/@\s]{0,256})@([^/:?\s]{0,256})/.exec(url) ?? [];
  return !host.includes('.') && !(password.length >= 12 && /\d/.test(password) && /[a-z]/i.test(password));
}

/** Passwords of local databases and documentation, keys of documentation, test keys, and what a variable fills. */
function isStandIn(rule: string, found: string, before: string): boolean {
  if (rule === 'basicauth' || rule === 'database-connection-string')
    return secretInValue(found) === undefined || isOfNetwork(found);
  if (rule === 'aws' && !/secret/i.test(before + found)) return true;
  if (rule === 'npm' && /_authToken=\s*["']?[$<{%]/.test(found)) return true;
  if (/^[sr]k_test_/.test(found) || /example|xxxx|placeholder|your[-_]/i.test(found)) return true;
  return /(.)\1{11}/.test(found) && rule !== 'privatekey';
}
