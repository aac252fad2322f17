import type { Uses } from '@plimsoll/documents';

/** The version of an action that a `uses:` names, from its ref or from the comment behind a commit; undefined where neither tells. */
export function actionVersion({ ref = '', comment = '' }: Uses): readonly [major: number, minor: number] | undefined {
  if (/^(?:main|master)$/.test(ref)) return [Infinity, Infinity];
  const isCommit = /^[0-9a-f]{40}$/i.test(ref);
  const match = /(?:^|[\s@=/])v?(\d{1,4})(?:\.(\d{1,4}))?(?:\.\d{1,6})?(?:[\s,;)-]|$)/.exec(isCommit ? comment : ref);
  if (!match) return undefined;
  return [Number(match[1]), match[2] === undefined ? Infinity : Number(match[2])];
}
