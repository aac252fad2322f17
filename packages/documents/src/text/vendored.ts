const folders: ReadonlySet<string> = new Set([
  'node_modules',
  'vendor',
  'third_party',
  'third-party',
  'bower_components',
  '.yarn',
  '.git',
  '.venv',
]);

/** Whether a path leads through a folder that holds the work of others: its files are theirs to mend, and no release is made by them. */
export function isVendored(path: string): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some((folder) => folders.has(folder));
}
