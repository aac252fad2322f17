/**
 * What credential a text holds, in words that follow "holds": `a password in a URL`; undefined where none is recognised.
 * Only shapes that are certain count: URLs with a password, tokens with a known prefix, private keys, connection strings.
 * Stand-ins (`user:password@localhost`, `<token>`, `${TOKEN}`) are none.
 */
export function secretInValue(value: string): string | undefined {
  const text = value.length > MAX_VALUE ? value.slice(0, MAX_VALUE) : value;
  if (PRIVATE_KEY.test(text)) return 'a private key';
  const token = TOKEN_SHAPES.find(({ shape }) => shape.test(text));
  if (token) return token.what;
  if (hasUrlPassword(text)) return 'a password in a URL';
  if (hasConnectionPassword(text)) return 'a password in a connection string';
  return undefined;
}

export function looksLikeSecretValue(value: string): boolean {
  return secretInValue(value) !== undefined;
}

/** Whether a value cannot be a credential whatever its name says: empty, a switch, a small number, a path, a URL without a password. */
export function isHarmlessValue(value: string): boolean {
  const text = value.trim();
  if (text === '' || /^(?:true|false|yes|no|on|off|none|null|nil|enabled|disabled|-?\d{1,4})$/i.test(text)) return true;
  if (/^(?:\/|\.\.?\/|~\/)[\w./@~-]*$/.test(text)) return true;
  return /^[a-z][a-z0-9+.-]{1,20}:\/\/\S+$/i.test(text) && !hasUrlPassword(text);
}

const MAX_VALUE = 20_000;

/** RFC 7468, and the OpenSSH and PGP forms of it. */
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----/;

/** Token formats that their issuers document with a prefix of their own. */
const TOKEN_SHAPES: readonly { readonly what: string; readonly shape: RegExp }[] = [
  { what: 'a GitHub token', shape: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{36})/ },
  { what: 'a GitLab token', shape: /\bgl(?:pat|dt|rt|ptt|ft)-[A-Za-z0-9_-]{20}/ },
  { what: 'an npm token', shape: /\bnpm_[A-Za-z0-9]{36}/ },
  { what: 'a PyPI token', shape: /\bpypi-AgE[A-Za-z0-9_-]{40}/ },
  { what: 'a Docker Hub token', shape: /\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20}/ },
  { what: 'a Slack token', shape: /\bxox[abeoprs]-[A-Za-z0-9-]{10}/ },
  {
    what: 'a Slack webhook',
    shape: /\bhooks\.slack\.com\/services\/T[A-Z0-9]{6,12}\/B[A-Z0-9]{6,12}\/[A-Za-z0-9]{20}/,
  },
  { what: 'a Stripe key', shape: /\b[sr]k_live_[A-Za-z0-9]{16}/ },
  { what: 'an OpenAI key', shape: /\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40}|\bsk-[A-Za-z0-9]{20}T3BlbkFJ/ },
  { what: 'an Anthropic key', shape: /\bsk-ant-[A-Za-z0-9]{2,8}-[A-Za-z0-9_-]{32}/ },
  { what: 'a Hugging Face token', shape: /\bhf_[A-Za-z]{34}/ },
  { what: 'a SendGrid key', shape: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/ },
  { what: 'a DigitalOcean token', shape: /\bdo[por]_v1_[a-f0-9]{64}/ },
  { what: 'a Shopify token', shape: /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/ },
  { what: 'a Vault token', shape: /\bhv[sbr]\.[A-Za-z0-9_-]{24}/ },
  { what: 'a Pulumi token', shape: /\bpul-[a-f0-9]{40}/ },
  { what: 'a Sentry token', shape: /\bsntry[su]_[A-Za-z0-9+/=_-]{40}/ },
  { what: 'a Google API key', shape: /\bAIza[A-Za-z0-9_-]{35}/ },
  { what: 'a Databricks token', shape: /\bdapi[a-f0-9]{32}/ },
  { what: 'a signed token (JWT)', shape: /\beyJ[A-Za-z0-9_-]{15,2000}\.eyJ[A-Za-z0-9_-]{15,4000}\.[A-Za-z0-9_-]{20}/ },
];

/** Words that stand where a password would: documentation, local databases. */
const STAND_IN =
  /^(?:pass(?:word|wd)?|pwd|secret|token|change[-_]?(?:me|it|this)|example|dummy|placeholder|test(?:ing)?|local|dev|demo|admin|root|guest|user(?:name)?|postgres|mysql|mariadb|mongo|redis|rabbitmq|minio|my[-_]?(?:secret|password)\w*|your[-_]?\w+|x{3,}|\*+|\.{3,}|1234\d{0,6}|<.*>|\[.*\]|\{.*\}|\$.*|%.*%)$/i;

const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal)(?::|$)/i;
/** A password for a service on the builder itself counts from this length on. */
const LONG_PASSWORD = 12;

function hasUrlPassword(text: string): boolean {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const authority = /^[^/\s"'?#]{0,400}/.exec(text.slice(at + 3, at + 403))?.[0] ?? '';
    const behindUser = authority.lastIndexOf('@');
    const colon = authority.indexOf(':');
    if (behindUser < 0 || colon < 0 || colon > behindUser) continue;
    const user = authority.slice(0, colon);
    const password = authority.slice(colon + 1, behindUser);
    if (password !== '' && !isStandIn(password, user, authority.slice(behindUser + 1))) return true;
  }
  return false;
}

function isStandIn(password: string, user: string, host: string): boolean {
  if (STAND_IN.test(password) || password.includes('$') || password.includes('{')) return true;
  return password.toLowerCase() === user.toLowerCase() || (LOCAL_HOST.test(host) && password.length < LONG_PASSWORD);
}

/** ADO.NET, JDBC and Azure forms: `Server=db;Password=…`, `AccountName=…;AccountKey=…`, `SharedAccessKey=…`. */
function hasConnectionPassword(text: string): boolean {
  if (!text.includes(';')) return false;
  return text.split(';').some((part) => {
    const match = /^\s{0,5}(?:password|pwd|accountkey|sharedaccesskey)\s{0,5}=\s{0,5}(\S{1,500})\s*$/i.exec(part);
    return match?.[1] !== undefined && !STAND_IN.test(match[1]) && !match[1].includes('$');
  });
}
