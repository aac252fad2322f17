import type { Option, ShellWord } from '@plimsoll/documents';
import { firstLine, lastOption } from '@plimsoll/documents';
import type { Laxity } from '../model.ts';
import { isOn } from '../tools/parts.ts';
import type { VerifyCall } from '../tools/index.ts';
import { evaluateWord } from '../values/shell.ts';
import type { ValueScope } from '../values/value.ts';

/**
 * What a verification fails to demand. Sources: the manual of gh, the documentation of cosign: keyless verification needs
 * an identity and an issuer, and a regular expression need not match all of the identity.
 */
export function laxitiesOf(call: VerifyCall, scope: ValueScope): readonly Laxity[] {
  if (call.tool.startsWith('cosign ')) return ofCosign(call, scope);
  if (call.tool === 'gh attestation verify') return ofGh(call, scope);
  return [];
}

function ofCosign(call: VerifyCall, scope: ValueScope): readonly Laxity[] {
  const found: Laxity[] = [];
  const on = (name: string): Option | undefined => {
    const option = lastOption(call, name);
    return option && isOn(option) === true ? option : undefined;
  };
  if (!call.key && !on('sk')) found.push(...identity(call, scope), ...issuer(call, scope));
  const unlogged = on('insecure-ignore-tlog');
  const timed = lastOption(call, 'use-signed-timestamps', 'timestamp-certificate-chain');
  if (unlogged && !timed) found.push(at('no-log', unlogged));
  const unproven = on('insecure-ignore-sct');
  if (unproven) found.push(at('no-certificate-log', unproven));
  const claims = lastOption(call, 'check-claims');
  if (claims && isOn(claims) === false) found.push(at('no-claims', claims));
  return found;
}

function at(kind: Laxity['kind'], option: Option): Laxity {
  return {
    kind,
    at: firstLine(option.range),
    written: option.range.file.text.slice(option.range.start, option.range.end),
  };
}

function identity(call: VerifyCall, scope: ValueScope): readonly Laxity[] {
  if (lastOption(call, 'certificate-identity')) return [];
  const pattern = lastOption(call, 'certificate-identity-regexp');
  if (pattern) return ofPattern(pattern, scope);
  const claims = lastOption(call, 'certificate-github-workflow-repository', 'certificate-github-workflow-sha');
  return claims ? [] : missing('no-identity', call);
}

function missing(kind: Laxity['kind'], call: VerifyCall): readonly Laxity[] {
  return isUnderstood(call) ? [{ kind, at: firstLine(call.command.range) }] : [];
}

/** Words such as `$COSIGN_FLAGS` may hold the options that seem to be missing. */
function isUnderstood(call: VerifyCall): boolean {
  const isOpen = ({ raw, parts }: ShellWord): boolean =>
    (parts.length === 1 && parts[0]?.kind !== 'literal' && !raw.startsWith('"')) ||
    /^"?\$(?:@|\*|\{\w+\[[@*]\]\})"?$/.test(raw);
  return call.subjects.length < 2 || !call.subjects.some(isOpen);
}

function issuer(call: VerifyCall, scope: ValueScope): readonly Laxity[] {
  if (lastOption(call, 'certificate-oidc-issuer')) return [];
  const pattern = lastOption(call, 'certificate-oidc-issuer-regexp');
  if (!pattern)
    return lastOption(call, 'certificate-identity', 'certificate-identity-regexp') ? missing('no-issuer', call) : [];
  const text = textOf(pattern, scope);
  return text !== undefined && matchesAll(text) ? [at('any-issuer', pattern)] : [];
}

function ofPattern(option: Option, scope: ValueScope): readonly Laxity[] {
  const text = textOf(option, scope);
  if (text === undefined) return [];
  if (matchesAll(text)) return [at('any-identity', option)];
  const reach = reachOf(text);
  return reach ? [at(reach, option)] : [];
}

/** The text of an option's value; undefined where what is unknown may decide. */
function textOf({ value }: Option, scope: ValueScope): string | undefined {
  if (!value) return undefined;
  const { forms } = evaluateWord(value, scope);
  const [form] = forms;
  if (!form || forms.length > 1) return undefined;
  return form.map((part) => (typeof part === 'string' ? part : standIn(part.unknown))).join('');
}

/** Stands for what is not known before the run; no pattern is written with it. */
const unknownPart = '\u0001';

/** The owner and the repository of the run are not known by their names, but by what they are. */
function standIn(unknown: string): string {
  if (/github\.repository_owner\b/.test(unknown)) return 'owner';
  return /github\.repository\b/.test(unknown) ? 'owner/repository' : unknownPart;
}

/** `.*`, `^.+$`, `https://.*`: nothing of whom it names is left. */
function matchesAll(pattern: string): boolean {
  const bare = pattern.replace(/^\(|\)$/g, '').replace(/^\^|\$$/g, '');
  return /^(?:https?:\/\/)?(?:git(?:hub|lab)\\?\.com\/?)?(?:\(?(?:\.[*+]|\[\^?[^\]]{1,20}\][*+]|\\S[*+])\)?\/?)*$/.test(
    bare,
  );
}

/**
 * How far a regular expression on `https://github.com/OWNER/REPOSITORY/.github/workflows/FILE@REF` reaches: it need not
 * match to the end, so `…/acme` also matches `…/acme-others`.
 */
function reachOf(pattern: string): Laxity['kind'] | undefined {
  const bare = pattern.replace(/^\^/, '').replaceAll('\\', '');
  const path = /^(?:https?:\/\/)?git(?:hub|lab)\.com\/(.*)$/.exec(bare)?.[1];
  if (path === undefined) return undefined;
  const [owner = '', repository, ...rest] = path.split('/');
  if (owner.includes(unknownPart) || /[()[\]|]/.test(path)) return undefined;
  if (repository === undefined) return /\.[*+]$/.test(owner) || !owner.endsWith('$') ? 'owner-prefix' : undefined;
  if (repository === '' || /^(?:\.[*+]|\[\^\/\][*+])\$?$/.test(repository)) return 'owner-only';
  if (repository.includes(unknownPart)) return undefined;
  if (rest.length > 0) return undefined;
  return repository.endsWith('$') ? undefined : 'repository-prefix';
}

const gateOptions = ['signer-workflow', 'signer-repo', 'signer-digest', 'cert-identity', 'repo', 'R'];

function ofGh(call: VerifyCall, scope: ValueScope): readonly Laxity[] {
  const pattern = lastOption(call, 'cert-identity-regex', 'cert-identity-regexp');
  const text = pattern && textOf(pattern, scope);
  if (pattern && text !== undefined && matchesAll(text)) return [at('any-identity', pattern)];
  if (pattern || lastOption(call, ...gateOptions)) return [];
  const owner = lastOption(call, 'owner');
  return owner ? [at('owner-only', owner)] : [];
}
