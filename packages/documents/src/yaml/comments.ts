import type { Range } from '../text/source-file.ts';
import type { YamlComment } from './model.ts';

/** The comment behind a value on the value's last line; `comments` are in order. */
export function commentBehind({ file, end }: Range, comments: readonly YamlComment[]): YamlComment | undefined {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.range.start ?? 0) < end) low = middle + 1;
    else high = middle;
  }
  const comment = comments[low];
  if (!comment) return undefined;
  return file.positionAt(comment.range.start).line === file.positionAt(end).line ? comment : undefined;
}
