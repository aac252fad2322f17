import { expandOptionsAt, expandWord, scopeAt } from '@plimsoll/documents';
import type { CopyInstruction, Dockerfile, Word } from '@plimsoll/documents';
import { asideOf } from '../references/aside.ts';
import { isLocal } from './fetches.ts';
import type { DownloadUse, UnverifiedDownload } from './model.ts';

/** The remote sources of ADD that nothing pins: a URL with no `--checksum`, a Git reference that is no full commit. */
export function addDownloads(dockerfiles: Iterable<Dockerfile>): readonly UnverifiedDownload[] {
  return [...dockerfiles].flatMap((dockerfile) =>
    dockerfile.instructions.flatMap((instruction) => {
      if (instruction.type !== 'copy' || instruction.name !== 'ADD') return [];
      return instruction.sources.flatMap((source) => ofSource(dockerfile, instruction, source) ?? []);
    }),
  );
}

function ofSource(dockerfile: Dockerfile, instruction: CopyInstruction, source: Word): UnverifiedDownload | undefined {
  const url = expanded(dockerfile, instruction, source);
  if (url === undefined || isLocal(url)) return undefined;
  const use = isGit(url) ? cloned(instruction, url) : isRemote(url) ? added(instruction) : undefined;
  return (
    use && {
      range: source.range,
      site: 'ADD',
      origin: { callers: [] },
      url,
      tool: 'ADD',
      use,
      added: { dockerfile, instruction },
      aside: asideOf('FROM', dockerfile.file.path) !== undefined,
    }
  );
}

/** With its variables; what is not known stays as it is written. */
function expanded(dockerfile: Dockerfile, instruction: CopyInstruction, word: Word): string | undefined {
  if (!word.raw.includes('$')) return word.raw.replace(/^(["'])(.*)\1$/s, '$2');
  const { value } = expandWord(word, scopeAt(dockerfile, instruction), expandOptionsAt(dockerfile, instruction));
  return value ?? word.raw.replace(/["']/g, '');
}

function isRemote(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** As BuildKit tells them: `git@host:…`, `git://`, `ssh://`, and a URL whose path ends in `.git`. */
function isGit(url: string): boolean {
  return /^(?:git@|git:\/\/|ssh:\/\/)/.test(url) || /^https?:\/\/[^?#]*\.git(?:[?#]|$)/.test(url);
}

function checksumOf({ flags }: CopyInstruction): string | undefined {
  return flags.find(({ name }) => name === 'checksum')?.value;
}

function added(instruction: CopyInstruction): DownloadUse | undefined {
  const checksum = checksumOf(instruction);
  if (checksum === undefined || checksum === '') return { kind: 'added' };
  return checksum.includes('$') || /^[a-z0-9]+:[0-9a-f]{64,}$/i.test(checksum) ? undefined : { kind: 'added' };
}

function cloned(instruction: CopyInstruction, url: string): DownloadUse | undefined {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  const asked = new Map(
    query.split('&').map((pair): [string, string] => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
  );
  const fragment = /#([^:]*)/.exec(url)?.[1];
  const pins = [checksumOf(instruction), asked.get('checksum'), asked.get('commit')].filter(
    (pin) => pin !== undefined && pin !== '',
  );
  const ref =
    fragment !== undefined && fragment !== ''
      ? fragment
      : (asked.get('ref') ?? asked.get('tag') ?? asked.get('branch'));
  if ([...pins, ref].some((one) => one !== undefined && (isFullCommit(one) || one.includes('$')))) return undefined;
  const short = [...pins, ref].find((one) => one !== undefined && /^[0-9a-f]{4,39}$/i.test(one));
  const named = short ?? ref;
  return { kind: 'cloned', ...(named !== undefined && { ref: named }), short: short !== undefined };
}

function isFullCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text);
}
