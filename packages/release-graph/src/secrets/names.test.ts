import { describe, expect, test } from 'vitest';
import { looksLikeSecretName, looksLikeSecretValue } from '../index.ts';
import { credentialOf } from './credential.ts';
import { isHarmlessValue, secretInValue } from './values.ts';

const credentials = `
  NPM_TOKEN GITHUB_TOKEN GH_TOKEN HF_TOKEN NODE_AUTH_TOKEN SENTRY_AUTH_TOKEN CARGO_REGISTRY_TOKEN TOKEN token npmToken
  GITHUBTOKEN HUGGING_FACE_HUB_TOKEN TURBO_TOKEN NX_CLOUD_ACCESS_TOKEN FONTAWESOME_NPM_AUTH_TOKEN VAULT_TOKEN TOKEN_GITHUB
  GITHUB_PAT GH_PAT PAT AZURE_DEVOPS_EXT_PAT CR_PAT GITHUB_TOKEN_BASE64 API_TOKEN_PROD SLACK_BOT_TOKEN
  PASSWORD DB_PASSWORD dbPassword MYSQL_ROOT_PASSWORD POSTGRES_PASSWORD DB_PASS SMTP_PASS MYSQL_PWD PASSPHRASE KEY_PASSPHRASE
  ADMIN_PASSWORD_2 ROOT_PASSWD KEYCLOAK_ADMIN_PASSWORD KC_DB_PASSWORD PASSWORD_PROD SSH_KEY_PASSWORD
  SECRET SESSION_SECRET JWT_SECRET SECRET_KEY SECRET_KEY_BASE NEXTAUTH_SECRET AUTH_SECRET CLIENT_SECRET AZURE_CLIENT_SECRET
  clientSecret COOKIE_SECRET BETTER_AUTH_SECRET AWS_SECRET_ACCESS_KEY STRIPE_WEBHOOK_SECRET TOKEN_SECRET SECRETS
  API_KEY apiKey APIKey OPENAI_API_KEY ANTHROPIC_API_KEY STRIPE_SECRET_KEY PRIVATE_KEY SSH_PRIVATE_KEY SSH_KEY ENCRYPTION_KEY
  RAILS_MASTER_KEY APP_KEY AWS_ACCESS_KEY LICENSE_KEY NEW_RELIC_LICENSE_KEY SUPABASE_SERVICE_ROLE_KEY AZURE_STORAGE_ACCOUNT_KEY
  SIGNING_KEY PRIVATE_KEY_PEM DJANGO_SECRET_KEY DEPLOY_KEY API_KEYS APIKEY MAPS_APIKEY WEBHOOK_KEY
  AWS_CREDENTIALS GOOGLE_CREDENTIALS DOCKER_AUTH_CONFIG PUB_CREDENTIALS RABBITMQ_ERLANG_COOKIE WALLET_MNEMONIC SEED_PHRASE
  NPM_CONFIG__AUTH BASIC_AUTH REGISTRY_AUTH SENDGRID_KEY
`;

const others = `
  TOKEN_URL TOKEN_ENDPOINT TOKEN_EXPIRY TOKEN_TTL TOKEN_NAME TOKEN_ISSUER TOKEN_LIMIT MAX_TOKENS MAX_NEW_TOKENS NUM_TOKENS
  TOKENIZERS_PARALLELISM TIKTOKEN_CACHE_DIR TIKTOKEN_ENCODINGS_BASE PAD_TOKEN EOS_TOKEN CSRF_TOKEN TOKEN_BUCKET_SIZE TOKEN_ADDRESS
  NPM_TOKEN_FILE SESSION_SECRET_FILE POSTGRES_PASSWORD_FILE SECRET_NAME SECRET_ARN AWS_SECRET_NAME SECRETS_DIR SECRET_STORE
  USE_DOCKER_SECRETS SECRET_MANAGER_PROJECT PASSWORD_MIN_LENGTH PASSWORD_RESET_URL PASSWORD_POLICY PASSWORD_STORE_DIR
  ALLOW_EMPTY_PASSWORD MYSQL_ALLOW_EMPTY_PASSWORD MYSQL_RANDOM_ROOT_PASSWORD DISABLE_PASSWORD ENABLE_TOKEN CORS_ALLOW_CREDENTIALS
  GOOGLE_APPLICATION_CREDENTIALS AWS_SHARED_CREDENTIALS_FILE CREDENTIALS_PATH
  KEY KEYBOARD KEYBOARD_LAYOUT KEY_NAME PRIMARY_KEY SORT_KEY PARTITION_KEY FOREIGN_KEY CACHE_KEY HOST_KEY SSH_HOST_KEY S3_KEY
  AWS_ACCESS_KEY_ID ACCESS_KEY_ID KMS_KEY_ID GPG_KEY GPG_KEYS APT_KEY REPO_KEY KEYRING KEYCLOAK_URL KEYCLOAK_REALM KEYSTORE TLS_KEY
  MONKEY TURKEY_TIMEZONE HOTKEY PUBLIC_KEY JWT_PUBLIC_KEY SSH_PUBLIC_KEY NEXT_PUBLIC_API_KEY NEXT_PUBLIC_TOKEN
  STRIPE_PUBLISHABLE_KEY SUPABASE_ANON_KEY VITE_API_KEY REACT_APP_MAPS_API_KEY RECAPTCHA_SITE_KEY
  AUTHOR AUTHORS AUTHORITY AUTH_TYPE AUTH_URL AUTH_ENABLED OAUTH_CLIENT_ID AUTHORIZED_KEYS AUTH
  PWD OLDPWD INIT_CWD PATH PASSENGER_VERSION BYPASS BY_PASS COMPASS_VERSION PASS PROXY_PASS SINGLE_PASS PASSTHROUGH PATTERN PATCH
  SECRETARY SECRET_VERSION TOKEN_VERSION CREDENTIAL_HELPER SENTRY_DSN DATABASE_URL SLACK_WEBHOOK_URL SECRET_KEY_BASE_DUMMY
  VERSION NODE_ENV PYTHON_VERSION GIT_SHA COMMIT_SHA BUILD_DATE PORT HOSTNAME DEBIAN_FRONTEND LANG TZ DOTNET_ROOT
`;

const listed = (text: string) => text.trim().split(/\s+/);

describe('looksLikeSecretName', () => {
  test.each(listed(credentials))('%s names a credential', (name) => {
    expect(looksLikeSecretName(name)).toBe(true);
  });

  test.each(listed(others))('%s names none', (name) => {
    expect(looksLikeSecretName(name)).toBe(false);
  });

  test('a very long name is no name', () => {
    expect(looksLikeSecretName(`${'A_'.repeat(50_000)}TOKEN`)).toBe(false);
  });
});

describe('looksLikeSecretValue', () => {
  const filled = (prefix: string, length: number) =>
    prefix + 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY'.repeat(4).slice(0, length);

  test.each([
    ['a password in a URL', 'postgres://spar:uJ7wq2nVbX4e@db.spar.example:5432/spar'],
    ['a password in a URL', 'https://x-access-token:9f8e7d6c5b4a39281706@git.example/acme/app.git'],
    ['a password in a URL', 'redis://:kd83hf93hfkq@cache.spar.example:6379'],
    ['a GitHub token', filled('ghp' + '_', 36)],
    ['an npm token', filled('npm' + '_', 36)],
    ['a private key', '-----BEGIN RSA ' + 'PRIVATE KEY-----\nMIIE'],
    ['a password in a connection string', 'Server=db;Database=app;User Id=app;Password=kR7pQ2mX9w;'],
    [
      'a password in a connection string',
      `AccountName=acme;AccountKey=${filled('', 64)}==;EndpointSuffix=core.windows.net`,
    ],
  ])('%s: %s', (what, value) => {
    expect(secretInValue(value)).toBe(what);
    expect(looksLikeSecretValue(value)).toBe(true);
  });

  test.each([
    'https://login.spar.example/oauth/token',
    'postgres://user:password@localhost:5432/db',
    'postgresql://postgres:postgres@db:5432/app',
    'mysql://app:${DB_PASSWORD}@db/app',
    'mongodb://root:example@mongo:27017',
    'https://<user>:<token>@git.example/app.git',
    'http://proxy.spar.example:3128',
    'git@github.com:acme/app.git',
    '/etc/spar/jwt.pub',
    'change-me-later',
    'Server=db;Database=app;Trusted_Connection=True;',
    'A035C8C19219BA821ECEA86B64E628F8D684696D',
    'a:b@c://d:e',
    '',
  ])('%s is none', (value) => {
    expect(looksLikeSecretValue(value)).toBe(false);
  });

  test('a hostile value takes linear time', () => {
    for (const unit of ['://a:', '-----BEGIN A ', 'eyJ', 'password = ', '@:', 'gh', ' ;']) {
      expect(looksLikeSecretValue(unit.repeat(200_000))).toBe(false);
    }
  });
});

describe('credentialOf', () => {
  test('a name that a build fills is enough, a value that cannot be one clears it', () => {
    expect(credentialOf('ARG', 'NPM_TOKEN')).toEqual({ by: 'name', what: 'a token' });
    expect(credentialOf('ARG', 'NPM_TOKEN', '')).toEqual({ by: 'name', what: 'a token' });
    expect(credentialOf('ENV', 'NPM_TOKEN', '')).toBeUndefined();
    expect(credentialOf('ENV', 'SESSION_SECRET', 'change-me-later')).toEqual({ by: 'name', what: 'a secret' });
    expect(credentialOf('ENV', 'JWT_PRIVATE_KEY', '/run/secrets/jwt.pem')).toBeUndefined();
    expect(credentialOf('ENV', 'REDIS_PASSWORD', 'false')).toBeUndefined();
    expect(credentialOf('ENV', 'DATABASE_URL', 'postgres://spar:uJ7wq2nVbX4e@db/spar')).toEqual({
      by: 'value',
      what: 'a password in a URL',
    });
    expect(credentialOf('ENV', 'GIT_SHA', 'abc')).toBeUndefined();
  });

  test('a password that is a short number or a word is not cleared by its length', () => {
    expect(isHarmlessValue('12345')).toBe(false);
    expect(isHarmlessValue('letmein')).toBe(false);
    expect(isHarmlessValue('0')).toBe(true);
  });
});
