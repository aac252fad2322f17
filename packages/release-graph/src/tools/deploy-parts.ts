import { lastOption, literalText, sliceWord } from '@plimsoll/documents';
import type { ShellWord } from '@plimsoll/documents';
import type { CallBase, DeployCall, DeployPlatform, ImageArgument } from './model.ts';
import { isOn } from './parts.ts';

/** The fields of a deployment of images that runs at once, changed by what is given. */
export function deploy(
  call: CallBase,
  platform: DeployPlatform,
  given: Partial<Pick<DeployCall, 'effect' | 'of' | 'images' | 'sources'>>,
) {
  return { platform, effect: 'runs', of: 'images', images: [], sources: [], dryRun: isDry(call), ...given } as const;
}

/** `--dry-run`, `--dry-run=client`; `--dry-run=none` is none. */
function isDry(call: CallBase): boolean {
  const option = lastOption(call, 'dry-run', 'dryrun', 'render-only', 'build-only', 'noop');
  const value = option?.value && literalText(option.value);
  return value === 'none' ? false : isOn(option) === true;
}

export function argumentsOf(words: readonly ShellWord[], part: ImageArgument['part']): readonly ImageArgument[] {
  return words.map((value) => ({ part, value }));
}

/** The value of `name=value`; of a word without `=` nothing. */
export function assigned(word: ShellWord, part: ImageArgument['part']): readonly ImageArgument[] {
  const equals = equalsIn(word);
  return equals < 0 ? [] : [{ part, value: sliceWord(word, equals + 1) }];
}

/** Where the first `=` of a word stands that is literal. */
function equalsIn(word: ShellWord): number {
  let at = 0;
  for (const part of word.parts) {
    const equals = part.kind === 'literal' ? part.text.indexOf('=') : -1;
    if (equals >= 0) return at + equals;
    at += part.text.length;
  }
  return -1;
}

/** The values of `"image": "…"` in a JSON text. */
export function imagesInJson(word: ShellWord): readonly ImageArgument[] {
  const found: ImageArgument[] = [];
  for (const match of word.text.matchAll(
    /"(?:image|Image|ImageIdentifier|imageUri)"\s{0,20}:\s{0,20}"([^"\n]{1,500})"/g,
  )) {
    const value = match[1] ?? '';
    const start = match.index + match[0].length - 1 - value.length;
    found.push({ part: 'reference', value: sliceWord(word, start, start + value.length) });
  }
  return found;
}

/** `image_tag=1`, `api_image=acme/api:1`: a variable that is named as a tag or an image of a job or plan. */
export function variableImage(word: ShellWord): readonly ImageArgument[] {
  const name = word.text.slice(0, Math.max(word.text.indexOf('='), 0));
  if (/(?:image|container|docker|app)[_-]?(?:tag|version)$|^tag$/i.test(name)) return assigned(word, 'tag');
  return /image(?:_?(?:uri|url|ref|name))?$/i.test(name) ? assigned(word, 'reference') : [];
}
