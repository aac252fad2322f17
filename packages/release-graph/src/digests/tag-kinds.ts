import { isMovingTag } from '@plimsoll/documents';

/** `none`: it is not made under these events, or stands for a preview or a cache. */
export type TagKind = 'moving' | 'fixed' | 'none';

const unknownPart = /\$\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+|\{\{[^{}]*\}\}/g;

/**
 * Whether a tag that someone publishes is set to other content by the next run: a literal one which names no version or
 * build, the name of a branch, a part of a version. What is not known is taken to stay.
 * `onTags`: the run may stand on a Git tag, whose name stays.
 */
export function tagKind(tag: string, onTags: boolean): TagKind {
  if (/cache/i.test(tag)) return 'none';
  if (tag === '') return 'fixed';
  const parts = tag.match(unknownPart) ?? [];
  if (parts.length === 0) return isMovingLiteral(tag) ? 'moving' : 'fixed';
  const kinds = parts.map((part) => partKind(part, onTags));
  if (kinds.includes('none')) return 'none';
  if (/\{\{major\}\}/.test(tag) && !/\{\{(?:version|patch|raw)/.test(tag)) return 'moving';
  return kinds.every((kind) => kind === 'moving') && !/\d/.test(tag.replaceAll(unknownPart, '')) ? 'moving' : 'fixed';
}

/** A fixed text without a number is set anew by each run, and so is `v1`. One with a version is someone's to raise. */
function isMovingLiteral(tag: string): boolean {
  return isMovingTag(tag) || !/\d/.test(tag) || /^v\d{1,2}$/.test(tag);
}

function partKind(part: string, onTags: boolean): TagKind {
  if (/^\{\{pr\}\}$|github\.event\.(?:number|pull_request\.number)/.test(part)) return 'none';
  if (/^\{\{(?:branch|base_ref)|github\.(?:head_ref|base_ref)\b/.test(part)) return 'moving';
  if (/github\.ref_name\b|GITHUB_REF_NAME\b|^\{\{ref\}\}$/.test(part)) return onTags ? 'fixed' : 'moving';
  if (/^v?\{\{(?:tag|version|match|major|minor|raw)/.test(part)) return onTags ? 'fixed' : 'none';
  return 'fixed';
}
