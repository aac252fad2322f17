/**
 * Whether a variable's name says that it holds a credential: `NPM_TOKEN`, `dbPassword`, `AWS_SECRET_ACCESS_KEY`.
 *
 * The name is split at `_`, `-`, `.` and camelCase, and its words are matched whole. What denotes a credential has to be
 * its head: the last words, or those before qualifiers such as `_PROD`, `_BASE64` or `_GITHUB`. So what is only *about*
 * a credential is none: `TOKEN_URL`, `SECRET_NAME`, `AWS_ACCESS_KEY_ID`, `PASSWORD_MIN_LENGTH`, `SESSION_SECRET_FILE`.
 * `PUBLIC` anywhere exempts.
 */
export function looksLikeSecretName(name: string): boolean {
  if (name.length > MAX_NAME || isPublicName(name) || OTHER_THINGS.test(name)) return false;
  const words = wordsOf(name);
  if (words.some((word) => EXEMPTING.has(word)) || EXEMPTING_FIRST.has(words[0] ?? '')) return false;
  let end = words.length;
  while (end > 0) {
    if (denotesCredential(words.slice(0, end))) return true;
    if (!isQualifier(words[end - 1] ?? '')) return false;
    end--;
  }
  return false;
}

/** Whether a name says that its value is meant for everybody: `PUBLIC` in it, or a prefix whose values bundlers compile into what browsers get. */
export function isPublicName(name: string): boolean {
  if (BROWSER_PREFIXES.some((prefix) => name.startsWith(prefix))) return true;
  return name.length <= MAX_NAME && wordsOf(name).some((word) => PUBLIC_WORDS.has(word));
}

/** `api_key`, `apiKey` and `APIKey` are `api`, `key`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Longer ones are no names of variables. */
const MAX_NAME = 200;

/** https://vite.dev/guide/env-and-mode, https://create-react-app.dev/docs/adding-custom-environment-variables and the like. */
const BROWSER_PREFIXES = ['VITE_', 'REACT_APP_', 'GATSBY_', 'VUE_APP_'] as const;
const PUBLIC_WORDS: ReadonlySet<string> = new Set(['public', 'publishable', 'anon']);

/** Credentials by themselves. */
const CREDENTIAL_WORDS: ReadonlySet<string> = new Set([
  ...['password', 'passwords', 'passwd', 'pword', 'passphrase', 'passcode'],
  ...['secret', 'secrets', 'token', 'pat', 'credential', 'credentials', 'creds', 'mnemonic'],
  ...['apikey', 'apikeys', 'apitoken', 'authtoken', 'accesstoken', 'accesskey', 'secretkey', 'privatekey', 'privkey'],
  ...[
    'clientsecret',
    'dbpassword',
    'dbpass',
    'rootpassword',
    'sshkey',
    'authkey',
    'encryptionkey',
    'npmtoken',
    'githubtoken',
  ],
]);

/** Credentials when another word stands before them: `DB_PASS`, `MYSQL_PWD`, not `PWD`. */
const OWNED_CREDENTIAL_WORDS: ReadonlySet<string> = new Set(['pass', 'pwd', 'pw']);

/** What a key opens decides: `API_KEY` and `PRIVATE_KEY` are credentials, `PRIMARY_KEY`, `CACHE_KEY` and `GPG_KEY` (an id) are none. */
const KEY_OWNERS: ReadonlySet<string> = new Set([
  ...[
    'api',
    'private',
    'access',
    'secret',
    'auth',
    'authentication',
    'authorization',
    'encryption',
    'decryption',
    'crypto',
  ],
  ...[
    'signing',
    'master',
    'account',
    'service',
    'deploy',
    'ssh',
    'rsa',
    'hmac',
    'jwt',
    'cipher',
    'aes',
    'admin',
    'root',
  ],
  ...[
    'session',
    'cookie',
    'shared',
    'license',
    'licence',
    'webhook',
    'wallet',
    'app',
    'nuget',
    'openai',
    'anthropic',
    'stripe',
  ],
  ...['sendgrid', 'mailgun', 'twilio', 'datadog', 'algolia', 'firebase', 'mapbox', 'gemini', 'mistral'],
]);

/** Two words that are a credential together. */
const CREDENTIAL_PAIRS: ReadonlySet<string> = new Set([
  ...['auth config', 'config auth', 'erlang cookie', 'seed phrase', 'recovery phrase', 'key base', 'role key'],
  ...['api keys', 'secret keys', 'private keys', 'access keys', 'encryption keys', 'signing keys'],
  ...['api tokens', 'auth tokens', 'access tokens'],
  ...['basic auth', 'http auth', 'npm auth', 'registry auth', 'docker auth', 'redis auth'],
]);

/** Words behind a credential which say where, or in which form, it is used. */
const QUALIFIERS: ReadonlySet<string> = new Set([
  ...[
    'dev',
    'development',
    'prod',
    'production',
    'staging',
    'stage',
    'test',
    'testing',
    'qa',
    'uat',
    'ci',
    'local',
    'live',
  ],
  ...[
    'base64',
    'b64',
    'pem',
    'json',
    'value',
    'string',
    'raw',
    'plain',
    'plaintext',
    'old',
    'new',
    'default',
    'override',
  ],
  ...['primary', 'secondary', 'current', 'previous', 'backup', 'ro', 'rw', 'readonly'],
  ...[
    'github',
    'gh',
    'gitlab',
    'npm',
    'pypi',
    'docker',
    'dockerhub',
    'aws',
    'gcp',
    'azure',
    'sentry',
    'slack',
    'db',
    'database',
  ],
  ...['postgres', 'mysql', 'redis', 'mongo', 'jwt', 'admin', 'root', 'bot'],
]);

/** A switch, a count or a stand-in, wherever the word stands: `MYSQL_ALLOW_EMPTY_PASSWORD`, `SECRET_KEY_BASE_DUMMY`. */
const EXEMPTING: ReadonlySet<string> = new Set([
  ...[
    'allow',
    'allowed',
    'enable',
    'enabled',
    'disable',
    'disabled',
    'require',
    'required',
    'skip',
    'ignore',
    'empty',
    'random',
  ],
  ...['max', 'min', 'num', 'dummy', 'fake', 'mock', 'example', 'sample', 'placeholder', 'tokenizer'],
]);

/** A switch or a count when the name begins with them. */
const EXEMPTING_FIRST: ReadonlySet<string> = new Set([
  ...[
    'use',
    'with',
    'without',
    'no',
    'is',
    'has',
    'show',
    'hide',
    'verify',
    'validate',
    'check',
    'count',
    'total',
    'reset',
  ],
]);

/** A path by convention; markers of language models and of pagination; passes of a compiler; nginx's `proxy_pass`. */
const OTHER_THINGS = new RegExp(
  [
    '^(?:GOOGLE_APPLICATION_CREDENTIALS|OLDPWD|OLD_PWD|INIT_PWD)$',
    '(?:^|_)(?:PAD|UNK|SEP|CLS|EOS|BOS|MASK|STOP|START|END|IMAGE|NEXT|PER|CSRF|XSRF)_TOKEN$',
    '(?:^|_)(?:FIRST|SECOND|ONE|TWO|SINGLE|MULTI|BY|COMPILER|OPT|RENDER|PROXY)_PASS$',
  ].join('|'),
  'i',
);

function isQualifier(word: string): boolean {
  return QUALIFIERS.has(word) || /^v?\d{1,4}$/.test(word);
}

function denotesCredential(words: readonly string[]): boolean {
  const last = (words.at(-1) ?? '').replace(/\d{1,3}$/, '');
  const before = words.at(-2);
  if (CREDENTIAL_WORDS.has(last)) return true;
  if (before === undefined) return false;
  if (OWNED_CREDENTIAL_WORDS.has(last)) return true;
  return (last === 'key' && KEY_OWNERS.has(before)) || CREDENTIAL_PAIRS.has(`${before} ${last}`);
}
