/** Whether two words of a script name one file: by their last parts, as files are fetched to one folder and used from another. */
export function isSameFile(written: string, other: string): boolean {
  const [name, pattern] = [baseName(written), baseName(other)];
  if (name === '' || pattern === '') return false;
  if (name === pattern) return true;
  return (pattern.includes('*') && fits(name, pattern)) || (name.includes('*') && fits(pattern, name));
}

/** With variables in one form: `${FILE}` is `$FILE`. */
export function normalName(text: string): string {
  return text.replace(/\$\{([A-Za-z_]\w*)\}/g, '$$$1');
}

export function baseName(path: string): string {
  const normal = normalName(path).replace(/\/+$/, '');
  return normal.slice(normal.lastIndexOf('/') + 1);
}

/** `tool-*.tar.gz`: what stands before the first and behind the last `*` decides. */
function fits(name: string, pattern: string): boolean {
  const before = pattern.slice(0, pattern.indexOf('*'));
  const after = pattern.slice(pattern.lastIndexOf('*') + 1);
  return (
    before.length + after.length > 0 &&
    name.length >= before.length + after.length &&
    name.startsWith(before) &&
    name.endsWith(after)
  );
}
