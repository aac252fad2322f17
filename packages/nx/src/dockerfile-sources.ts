/**
 * What a Dockerfile takes from its build context, as far as its text tells without the rest: paths from the context's root,
 * each cut where a wildcard or a variable begins; `''` is all of the context. It errs on the side of more.
 */
export function sourcesOf(dockerfile: string): readonly string[] {
  const lines = dockerfile
    .replaceAll('\r', '')
    .replace(/[\\`][ \t]*\n/g, ' ')
    .split('\n');
  return [...new Set(lines.flatMap((line) => [...copied(line), ...mounted(line)]))];
}

function copied(line: string): readonly string[] {
  const [, rest] = /^\s*(?:ONBUILD\s+)?(?:COPY|ADD)\s+(\S.*)$/i.exec(line) ?? [];
  if (rest === undefined) return [];
  const words = rest.split(/[\s,[\]"']+/).filter((word) => word !== '');
  if (words.some((word) => word.startsWith('--from='))) return [];
  const paths = words.filter((word) => !word.startsWith('--'));
  const takesNothing = paths.some((word) => word.startsWith('<<')) || paths.length < 2;
  return takesNothing ? [] : paths.slice(0, -1).flatMap(sourceOf);
}

/** Bind mounts of RUN; one without a source takes all. */
function mounted(line: string): readonly string[] {
  const mounts = line.matchAll(/--mount=(\S+)/g);
  return [...mounts].flatMap(([, written = '']) => {
    const options = new Map(
      written
        .replace(/["']/g, '')
        .split(',')
        .map((option) => pairOf(option)),
    );
    if ((options.get('type') ?? 'bind') !== 'bind' || options.has('from')) return [];
    return sourceOf(options.get('source') ?? options.get('src') ?? '.');
  });
}

function pairOf(option: string): readonly [string, string] {
  const [key = '', ...rest] = option.split('=');
  return [key, rest.join('=')];
}

function sourceOf(written: string): readonly string[] {
  if (/^(?:https?:|git@|git:|ssh:)/i.test(written)) return [];
  const segments = written.split('/').filter((segment) => segment !== '' && segment !== '.');
  const unknown = segments.findIndex((segment) => segment === '..' || /[*?[\]\\$]/.test(segment));
  return [(unknown < 0 ? segments : segments.slice(0, unknown)).join('/')];
}
