const channels = new Set([
  'latest',
  'stable',
  'edge',
  'nightly',
  'main',
  'master',
  'lts',
  'current',
  'dev',
  'canary',
  'next',
]);

/** Channels whose tags name a variant behind the word, so that a short number there is the variant's: `lts-22.04`. */
const releaseChannels = new Set(['latest', 'lts', 'current']);

const version = /^v?\d+(?:\.\d+)*$/;
const longNumber = /^\d{6,}$/;
const date = /(?:^|[-_.+])\d{4}[-_.]\d{2}[-_.]\d{2}(?:[-_.+]|$)/;
const commit = /^(?:g|sha)?(?=[a-f]*\d)[0-9a-f]{7,64}$/;

/**
 * Whether a tag is an alias that is moved with each release: its first word is a channel (`latest`, `lts-alpine`,
 * `stable-slim`), and nothing behind it names one build. `main-3f9c2ab` (a commit), `nightly-20260301` (a date) and
 * `next-1.2` (a version) do not move in that sense. No tag means `latest`.
 *
 * Versions, partial versions (`22`, `v1`), code names and OS names are not taken as moving here: they can move too, which
 * is what a digest is for.
 */
export function isMovingTag(tag: string | undefined): boolean {
  if (!tag) return true;
  const [first = ''] = tag.toLowerCase().split(/[-_.+]/, 1);
  if (!channels.has(first)) return false;
  const tail = tag.toLowerCase().slice(first.length + 1);
  return !date.test(tail) && !tail.split(/[-_+]/).some((word) => namesOneBuild(word, first));
}

function namesOneBuild(word: string, channel: string): boolean {
  if (longNumber.test(word) || commit.test(word)) return true;
  return version.test(word) && !releaseChannels.has(channel);
}
