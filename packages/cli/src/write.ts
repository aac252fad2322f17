import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file beside its place and then moves it there: a killed run leaves no half-written report.
 * Returns what went wrong, in words; undefined where nothing did.
 */
export function writeFileWhole(path: string, text: string): string | undefined {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
    return undefined;
  } catch (error) {
    rmSync(draft, { force: true });
    return error instanceof Error ? error.message : String(error);
  }
}
