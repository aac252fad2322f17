import type { Command } from '@plimsoll/documents';
import type { DownloadUse } from './model.ts';

const shells = /^(?:ba|da|fi|[akz])?sh$/;
const interpreters = /^(?:python[\d.]*|perl|ruby|node|nodejs|php[\d.]*|deno|bun|pwsh)$/;
/** Options after which the program stands on the command line, and standard input or a file is its data. */
const inline = /^(?:-[A-Za-z]*[cemrnp]|--command|--eval|--print|-Command)$/;

/** What a command makes of its standard input, where that is a download; `passes` where it hands it on; undefined: it takes it as data. */
export function takesInput(command: Command): DownloadUse | 'passes' | 'checks' | undefined {
  const { name } = command;
  const texts = command.words.slice(1).map(({ text }) => text);
  if (isChecker(command)) return 'checks';
  if (shells.test(name)) return readsInput(texts, /^-[a-z]*c/) ? { kind: 'run', by: name } : undefined;
  if (interpreters.test(name)) return readsInput(texts, inline) ? { kind: 'run', by: name } : undefined;
  if (unpacks(command)) return { kind: 'unpacked', by: name };
  return passing.test(name) ? 'passes' : undefined;
}

/** Whether it is a shell, an interpreter or `source`. */
export function runs({ name }: Command): boolean {
  return shells.test(name) || interpreters.test(name) || name === 'source' || name === '.';
}

/** Commands that hand on what they get, changed or not. */
const passing =
  /^(?:tee|cat|sed|tr|pv|sponge|base64|gunzip|gzip|zcat|funzip|xz|unxz|xzcat|zstd|unzstd|zstdcat|bzip2|bunzip2|bzcat|lz4|brotli)$/;

/** No script on the command line: `bash`, `bash -s -- -y`, `sh -`, `python3 - --yes`. */
function readsInput(texts: readonly string[], programOption: RegExp): boolean {
  if (texts.some((text) => text === '-s' || /^-[a-z]*s$/.test(text))) return true;
  const first = texts.find((text) => text === '-' || text === '--' || !/^[-+]/.test(text));
  const before = texts.slice(0, first === undefined ? texts.length : texts.indexOf(first));
  if (before.some((text) => programOption.test(text))) return false;
  return first === undefined || first === '-' || first === '--' || first === '/dev/stdin';
}

/** What a command makes of files that are named on its command line; `isOne` tells whether a word names one of them. */
export function takesFiles(command: Command, isOne: (text: string) => boolean): DownloadUse | undefined {
  const { name, words } = command;
  const texts = words.slice(1).map(({ text }) => text);
  if (shells.test(name) || interpreters.test(name)) {
    const script = texts.find((text) => !/^[-+]/.test(text));
    return script !== undefined && isOne(script) ? { kind: 'run', by: name } : undefined;
  }
  const named = texts.filter((text) => isOne(text) || isOne(text.slice(text.indexOf('=') + 1)));
  if (named.length === 0) return undefined;
  if (name === 'source' || name === '.' || name === 'java') return { kind: 'run', by: name };
  if (name === 'chmod') return makesExecutable(texts) ? { kind: 'executable', by: name } : undefined;
  if (name === 'install') return isInstall(texts) ? { kind: 'executable', by: name } : undefined;
  if (unpacks(command) || isPlainUnpacker(name)) return { kind: 'unpacked', by: name };
  return installs(name, texts) ? { kind: 'installed', by: name } : undefined;
}

function unpacks({ name, words }: Command): boolean {
  const texts = words.slice(1).map(({ text }) => text);
  if (/^(?:tar|gtar|bsdtar)$/.test(name)) {
    return texts.some(
      (text, i) =>
        text === '--extract' ||
        text === '--get' ||
        /^-[A-Za-z]*x/.test(text) ||
        (i === 0 && text.includes('x') && /^[A-Za-z]+$/.test(text)),
    );
  }
  if (name === 'cpio') return texts.some((text) => /^-[A-Za-z]*i/.test(text) || text === '--extract');
  if (name === 'jar') return /^-?[a-z]*x/.test(texts[0] ?? '');
  return name === 'unzip' && !texts.some((text) => /^-[a-zA-Z]*[ltZv]$/.test(text));
}

function isPlainUnpacker(name: string): boolean {
  return /^(?:7z|7za|7zr|unrar)$/.test(name);
}

/** `+x`, `a+rx`, `u=rwx`, `755` */
function makesExecutable(texts: readonly string[]): boolean {
  const mode = texts.find((text) => !/^--|^-R$/.test(text)) ?? '';
  return /^[ugoa]*[+=][rwst]*x/.test(mode) || /^[0-7]*[1357][0-7]{0,2}$/.test(mode);
}

/** Its mode is 755 unless it says otherwise. */
function isInstall(texts: readonly string[]): boolean {
  if (texts.some((text) => /^-[A-Za-z]*d$|^--directory$/.test(text))) return false;
  const at = texts.findIndex((text) => /^-[A-Za-z]*m$|^--mode$/.test(text));
  const mode = at >= 0 ? texts[at + 1] : texts.map((text) => /^(?:-m|--mode=)(.+)$/.exec(text)?.[1]).find(Boolean);
  return mode === undefined || /[1357x]/.test(mode);
}

function installs(name: string, texts: readonly string[]): boolean {
  if (name === 'dpkg') return texts.some((text) => /^(?:-[a-zA-Z]*i|--install|--unpack)$/.test(text));
  if (name === 'rpm') return texts.some((text) => /^-[a-zA-Z]*[iUF]|^--(?:install|upgrade)$/.test(text));
  if (/^(?:apt|apt-get|yum|dnf|microdnf|tdnf|zypper)$/.test(name))
    return texts.some((text) => /^(?:local)?install$/.test(text));
  if (name === 'apk') return texts.includes('add') && texts.includes('--allow-untrusted');
  if (/^(?:pip[\d.]*|gem)$/.test(name)) return texts.includes('install');
  return name === 'installer' || name === 'msiexec';
}

const sums = /^(?:sha(?:1|224|256|384|512)sum|g?sha256sum|shasum|b2sum|b3sum|md5sum|rhash|sha256|openssl)$/;

/** Whether a command checks a file against a checksum or a signature. */
export function isChecker(command: Command): boolean {
  const { name, words, within, pipeline, tested } = command;
  const texts = words.slice(1).map(({ text }) => text);
  if (sums.test(name)) {
    if (texts.some((text) => /^-[a-z]*c$|^--(?:check|status|strict)\b|^-verify$|^-signature$/.test(text))) return true;
    // Its output is compared with something.
    const handedOn = pipeline !== undefined && pipeline.position < pipeline.commands.length - 1;
    return within !== undefined || handedOn || tested === true;
  }
  if (/^(?:gpg2?|rpm|rpmkeys|dpkg-sig|minisign|signify|signify-openbsd|sq)$/.test(name))
    return texts.some((text) => /^(?:--verify|--decrypt|-d|-K|--checksig|-[a-zA-Z]*V|verify)$/.test(text));
  if (name === 'gpgv' || name === 'gpgv2') return true;
  if (/^(?:cosign|gh|slsa-verifier|notation|sigstore|python3?|crane|oras)$/.test(name))
    return texts.some((text) => /\bverif(?:y|ication)\b/.test(text));
  return /verify|check_?sum|check_?sha|sha256/i.test(name);
}
