import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file beside its place and then moves it there: a killed run leaves no half-written report. A folder that is missing is made.
 * Returns what went wrong, in words; undefined where nothing did.
 */
export function writeFileWhole(path: string, text: string): string | undefined {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, path);
    return undefined;
  } catch (error) {
    forget(draft);
    return error instanceof Error ? error.message : String(error);
  }
}

/** What went wrong before may keep the draft from being removed, or there is none. */
function forget(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    return;
  }
}
