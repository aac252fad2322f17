import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { constants } from 'node:zlib';

/** How much of a file must be seen to know an archive. */
export const archiveHead = 64 * 1024;

/**
 * Whether ADD would unpack a file, by its first bytes: a tar archive, as it is or compressed. Of bzip2 and xz the
 * contents are not looked at.
 */
export function isArchive(head: Uint8Array): boolean {
  if (starts(head, [0x1f, 0x8b, 0x08])) return isTar(unpacked(() => gunzipSync(head, partial)));
  if (starts(head, [0x28, 0xb5, 0x2f, 0xfd])) return isTar(unpacked(() => zstdDecompressSync(head, partial)));
  return starts(head, [0x42, 0x5a, 0x68]) || starts(head, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) || isTar(head);
}

const partial = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 20 };

function unpacked(unpack: () => Uint8Array): Uint8Array {
  try {
    return unpack();
  } catch {
    return new Uint8Array();
  }
}

function starts(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** A tar header says the sum of its own bytes, its checksum field counted as spaces (POSIX ustar). */
function isTar(bytes: Uint8Array): boolean {
  if (bytes.length < 512) return false;
  const header = bytes.subarray(0, 512);
  const written = Number.parseInt(new TextDecoder('latin1').decode(header.subarray(148, 156)).trim(), 8);
  let sum = 0;
  header.forEach((byte, i) => (sum += i >= 148 && i < 156 ? 0x20 : byte));
  return sum === written;
}
