import type { Reading, SourceFile, SyntaxRule } from '../text/source-file.ts';
import { entriesOf, valueAt } from '../yaml/access.ts';
import type { YamlFile, YamlNode } from '../yaml/model.ts';
import { readYamlPart } from '../yaml/read-yaml.ts';
import { wholeImage } from './image-text.ts';
import type { ManifestImage } from './model.ts';

/** Reads JSON with comments: without them it is YAML, which also takes a trailing comma. */
export function readJsonWithComments(file: SourceFile, rule: SyntaxRule): Reading<YamlFile> {
  return readYamlPart(file, rule, { text: maskComments(file.text), offset: 0, repeatedKeys: true });
}

/** The image of a dev container, and its features, which are references of a registry too. */
export function readDevcontainer(root: YamlNode): readonly ManifestImage[] {
  const image = wholeImage(valueAt(root, 'image'), 'devcontainer');
  const features = entriesOf(valueAt(root, 'features')).flatMap(({ key, keyRange }): readonly ManifestImage[] => {
    if (!FEATURE.test(key)) return [];
    const quoted = keyRange.end - keyRange.start > key.length ? 1 : 0;
    const start = keyRange.start + quoted;
    const range = { ...keyRange, start, end: start + key.length };
    return [{ text: key, range, parts: [], owner: 'feature of the devcontainer', feature: true }];
  });
  return [...(image ? [image] : []), ...features];
}

/** With a registry: others are folders (`./feature`), URLs, or names that only old tools know. */
const FEATURE = /^[a-z0-9-]+\.[a-z0-9.-]+(?::\d+)?\/[\w./-]+(?::[\w.-]+)?(?:@[\w:]+)?$/;

const TOKEN = /"(?:[^"\\\r\n]|\\.)*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** Puts spaces in the place of comments, so that all offsets stay. */
function maskComments(text: string): string {
  return text.replace(TOKEN, (token) => (token.startsWith('"') ? token : token.replace(/[^\r\n]/g, ' ')));
}
