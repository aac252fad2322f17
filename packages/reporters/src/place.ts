import type { Range } from '@plimsoll/documents';

/** A range in lines and columns, all from 1; columns in UTF-16 code units, the end behind the last character. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function placeOf(range: Range, pathPrefix = ''): Place {
  const start = range.file.positionAt(range.start);
  const end = range.file.positionAt(Math.max(range.start, range.end));
  return {
    path: prefixed(range.file.path, pathPrefix),
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

/** A path behind its prefix: `services/` or `services` and `api/Dockerfile` give `services/api/Dockerfile`. */
export function prefixed(path: string, pathPrefix = ''): string {
  const folder = pathPrefix.replace(/^\.\//, '');
  if (folder === '' || folder === '.') return path;
  return folder.endsWith('/') ? folder + path : `${folder}/${path}`;
}
