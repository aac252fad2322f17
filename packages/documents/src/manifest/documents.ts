import type { YamlSource } from '../yaml/read-yaml.ts';

/** The documents of a YAML stream as parts of its text, split at the lines `---` (a marker even inside of a scalar). */
export function splitDocuments(text: string): readonly YamlSource[] {
  const parts: YamlSource[] = [];
  let offset = 0;
  for (const { index } of text.matchAll(/^---(?=[ \t\r\n]|$)/gm)) {
    if (index > offset) parts.push({ text: text.slice(offset, index), offset });
    offset = index;
  }
  parts.push({ text: text.slice(offset), offset });
  return parts;
}
