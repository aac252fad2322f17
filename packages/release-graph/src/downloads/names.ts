/**
 * Names of files that were fetched. Two words of a script name one file where their last parts are the same, as files are
 * fetched to one folder and used from another; `*` stands for anything.
 */
export interface FileNames {
  readonly size: number;
  readonly has: (written: string) => boolean;
  readonly add: (written: string) => void;
}

export function fileNames(written: readonly string[]): FileNames {
  const names = new Set<string>();
  const patterns = new Set<string>();
  const add = (text: string): void => {
    const name = baseName(text);
    if (name === '') return;
    names.add(name);
    if (name.includes('*')) patterns.add(name);
  };
  for (const text of written) add(text);
  return {
    get size() {
      return names.size;
    },
    add,
    has: (text) => {
      const name = baseName(text);
      if (name === '') return false;
      if (names.has(name)) return true;
      if (name.includes('*')) return [...names].some((one) => fits(one, name));
      return patterns.size > 0 && [...patterns].some((pattern) => fits(name, pattern));
    },
  };
}

/** With variables in one form: `${FILE}` is `$FILE`. */
export function normalName(text: string): string {
  return text.includes('${') ? text.replace(/\$\{([A-Za-z_]\w*)\}/g, '$$$1') : text;
}

export function baseName(path: string): string {
  const parts = normalName(path).split('/');
  return parts.findLast((part) => part !== '') ?? '';
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
