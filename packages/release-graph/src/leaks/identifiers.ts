import { isPublicName, looksLikeSecretName, wordsOf } from '../secrets/names.ts';
import type { SecretSource } from '../value-model.ts';

/**
 * Whether a source holds a credential, by its name where that says otherwise: many repositories keep user names, hosts and
 * ids among their secrets. A name that says nothing counts as a credential.
 */
export function isCredential({ kind, text }: SecretSource): boolean {
  if (kind !== 'secret') return true;
  const name = text.replace(/^secrets\./, '');
  if (isPublicName(name)) return false;
  if (looksLikeSecretName(name)) return true;
  const words = wordsOf(name);
  if (words.some((word) => CREDENTIAL_WORDS.has(word))) return true;
  const last = words.findLast((word, i) => i === 0 || !SETTINGS.test(word)) ?? '';
  return !IDENTIFIERS.has(last.replace(/\d{1,3}$/, ''));
}

/** The sink takes names of all kinds, so that only a name which says that it is a credential counts: a tag begins with an account. */
export function isNamedCredential(source: SecretSource): boolean {
  return (
    isCredential(source) && (source.kind !== 'secret' || looksLikeSecretName(source.text.replace(/^secrets\./, '')))
  );
}

/** Addresses with these words in their names let in whoever knows them. */
const CREDENTIAL_WORDS: ReadonlySet<string> = new Set(
  'hook webhook webhooks dsn connection database db postgres postgresql mysql mongo mongodb redis amqp rabbitmq smtp'.split(
    ' ',
  ),
);

const SETTINGS =
  /^(?:prod|production|staging|stage|stg|dev|development|test|testing|qa|uat|ci|default|main|v?\d{1,4})$/;

const IDENTIFIERS: ReadonlySet<string> = new Set(
  [
    'user username usr login name names email mail id ids arn arns region zone account project org organization organisation',
    'owner team tenant subscription client registry repo repository host hostname hosts domain domains server port ip ips',
    'address addr endpoint bucket cluster namespace environment env version tag branch path dir folder file url urls uri',
    'uris channel group role fingerprint slug site app application service resource image prefix suffix cert certificate ca',
    'crt issuer audience scope cname flag flags enabled provider issuer',
  ].flatMap((line) => line.split(' ')),
);
