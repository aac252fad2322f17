import { TreeReadError } from '@plimsoll/build-context';
import type { Tree } from '@plimsoll/build-context';
import { looksLikeSecretName } from '../secrets/names.ts';

/** Why a file should not be in an image. */
export interface Sensitivity {
  /** In words, to follow "holds" or "is": `a private key`. */
  readonly what: string;
  /** `false`: it is named like such a file, and its content does not say. */
  readonly certain: boolean;
  /** It holds a credential, which has to be replaced once it was published. */
  readonly credential: boolean;
}

interface Kind {
  readonly what: string;
  readonly path: RegExp;
  /** What decides, where the name alone does not. */
  readonly content?: (text: string) => boolean;
  /** Private data, and no credential. */
  readonly data?: true;
  /** What it is by its name alone, where that is worth a word too. */
  readonly otherwise?: string;
}

/** The most that is read of a file to judge it, in bytes. */
const READ_LIMIT = 64 * 1024;

/**
 * Whether a file holds what must not ship, by its path and, where that does not decide, by its content.
 * Certificates, public keys, migrations, seeds and examples are fine. A file that cannot be read is judged by its name.
 */
export function sensitivityOf(path: string, tree: Tree): Sensitivity | undefined {
  const files = judged.get(tree) ?? new Map<string, Sensitivity | undefined>();
  judged.set(tree, files);
  if (!files.has(path)) files.set(path, judge(path, tree));
  return files.get(path);
}

/** Many images ship the same files. */
const judged = new WeakMap<Tree, Map<string, Sensitivity | undefined>>();

function judge(path: string, tree: Tree): Sensitivity | undefined {
  if (TEST_FOLDER.test(path) || EXAMPLE_NAME.test(path.slice(path.lastIndexOf('/') + 1))) return undefined;
  for (const kind of KINDS) {
    if (!kind.path.test(path)) continue;
    if (!kind.content) return sensitivity(kind, kind.what, true);
    const text = readText(tree, path);
    if (text !== undefined && kind.content(text)) return sensitivity(kind, kind.what, true);
    if (kind.otherwise) return sensitivity(kind, kind.otherwise, false);
  }
  return undefined;
}

function sensitivity({ data }: Kind, what: string, certain: boolean): Sensitivity {
  return { what, certain, credential: certain && !data };
}

const TEST_FOLDER =
  /(?:^|\/)(?:tests?|__tests__|testdata|test-data|e2e|specs?|fixtures|__fixtures__|mocks|examples?|samples?)\//i;
const EXAMPLE_NAME = /(?:^|[._-])(?:examples?|samples?|templates?|tmpl|dist|defaults?|schema|tests?|ci)(?:$|[._-])/i;

const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/;

/** A script that makes a backup or restores one, and holds none. */
const BACKUP_SCRIPT = /^[ \t]*(?:BACKUP|RESTORE) (?:DATABASE|LOG)\b|\bBACKUP DATABASE \[|^[ \t]*DECLARE @/im;

const KINDS: readonly Kind[] = [
  { what: 'the history and configuration of the repository', path: /(?:^|\/)\.git$/, data: true },
  {
    what: 'a private key',
    path: /(?:\.(?:key|pem|p8|pk8|ppk|priv|asc)|(?:^|\/)[^/.]*(?:_(?:rsa|dsa|ecdsa|ed25519)|key)(?:\.txt)?)$/i,
    content: (text) => PRIVATE_KEY.test(text) || text.startsWith('PuTTY-User-Key-File'),
  },
  { what: 'a key store', path: /\.(?:p12|pfx|jks|keystore|kdbx)$/i },
  {
    what: 'variables with credentials',
    path: /(?:^|\/)(?:[^/]*\.env|\.env(?:[._-][^/]*|rc))$/i,
    content: holdsSecretVariables,
    otherwise: 'the variables of an environment',
  },
  {
    what: 'an npm registry token',
    path: /(?:^|\/)\.npmrc$/,
    content: (text) => hasLiteral(text, /(?:^|:|\n)[ \t]*(?:_authToken|_auth|_password)[ \t]*=[ \t]*(\S*)/g),
  },
  {
    what: 'a yarn registry token',
    path: /(?:^|\/)\.yarnrc\.yml$/,
    content: (text) => hasLiteral(text, /\bnpmAuth(?:Token|Ident):[ \t]*(\S*)/g),
  },
  {
    what: 'a login with a password',
    path: /(?:^|\/)[._]netrc$/,
    content: (text) => hasLiteral(text, /\bpassword[ \t]+(\S*)/g),
  },
  {
    what: 'a package index password',
    path: /(?:^|\/)(?:\.pypirc|pip\.conf)$/,
    content: (text) => hasLiteral(text, /\bpassword[ \t]*[:=][ \t]*(\S*)/g) || /:\/\/[^/\s:@$]+:[^/\s@$]+@/.test(text),
  },
  { what: 'AWS credentials', path: /(?:^|\/)\.aws\/credentials$/ },
  {
    what: 'AWS credentials',
    path: /(?:^|\/)\.?(?:aws[-_./])?(?:credentials|config)$/i,
    content: (text) => hasLiteral(text, /^[ \t]*aws_secret_access_key[ \t]*=[ \t]*(\S*)/gm),
  },
  {
    what: 'AWS credentials',
    path: /(?:^|\/)(?:aws[-_])?credentials\.csv$/i,
    content: (text) => /\bAKIA[A-Z0-9]{16}\b/.test(text),
  },
  {
    what: 'a Google Cloud service account key',
    path: /\.json$/i,
    content: (text) => text.includes('"service_account"') && PRIVATE_KEY.test(text),
  },
  { what: 'a Google Cloud login', path: /(?:^|\/)application_default_credentials\.json$/ },
  { what: 'an Azure login', path: /(?:^|\/)\.azure\/(?:accessTokens\.json|msal_token_cache\.(?:json|bin))$/ },
  {
    what: 'a cluster login',
    path: /(?:^|\/)(?:\.?kube\/[^/]*config[^/]*|[^/]*kube-?config[^/]*|config)$/i,
    content: (text) =>
      /^(?:kind:[ \t]*["']?Config\b|users:)/m.test(text) &&
      hasLiteral(text, /^[ \t]*(?:-[ \t]+)?(?:token|client-key-data|password):[ \t]*(\S*)/gm),
  },
  {
    what: 'registry logins',
    path: /(?:^|\/)(?:\.docker\/config\.json|\.dockercfg|\.dockerconfigjson)$/,
    content: (text) => /"auth"\s*:\s*"[^"]+"/.test(text),
  },
  { what: 'Terraform state, which keeps credentials in plain text', path: /\.tfstate(?:\.backup)?$/ },
  {
    what: 'a dump of a database or of memory',
    data: true,
    path: /(?:\.(?:dump|hprof|pgdump|rdb)|(?:^|\/)[^/]*(?:dump|backup)[^/]*\.sql\.(?:gz|bz2|xz|zst))$/i,
  },
  {
    what: 'a dump of a database or of memory',
    data: true,
    path: /(?:^|\/)[^/]*(?:dump|backup)[^/]*\.sql$/i,
    content: (text) => !BACKUP_SCRIPT.test(text),
  },
  { what: 'a password file', path: /(?:^|\/)\.(?:pgpass|my\.cnf|htpasswd|vault-token|git-credentials)$/ },
];

function readText(tree: Tree, path: string): string | undefined {
  try {
    const bytes = tree.read(path, READ_LIMIT);
    return bytes && new TextDecoder().decode(bytes);
  } catch (error) {
    if (error instanceof TreeReadError) return undefined;
    throw error;
  }
}

/** Whether the captured value of some match is written out, rather than a variable or nothing. */
function hasLiteral(text: string, pattern: RegExp): boolean {
  return [...text.matchAll(pattern)].some(
    ([, value]) => value !== undefined && value !== '' && !/^["']?[$%{<]/.test(value),
  );
}

const LOCAL_VALUE = /^(?:true|false|\d{1,5}|changeme|change-me|example|placeholder|x{3,}|<.*>|\$.*)$/i;

function holdsSecretVariables(text: string): boolean {
  return text.split('\n').some((line) => {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)[ \t]*=(.*)$/.exec(line);
    const value = match?.[2]?.trim().replace(/^(["'])(.*)\1$/, '$2');
    return Boolean(match?.[1] && value && looksLikeSecretName(match[1]) && !LOCAL_VALUE.test(value));
  });
}
