import type { ShellWord } from '@plimsoll/documents';
import type { CallSite, FoundBuild } from '../builds/index.ts';
import type { ToolCall } from '../tools/index.ts';
import { images } from '../values/image-names.ts';
import type { WrittenImage } from '../values/image-names.ts';
import { evaluateWord } from '../values/shell.ts';
import { formTexts } from '../values/value.ts';

/** Something that is not in a registry yet, with the names that it gets there. */
export interface LocalPush {
  readonly source: ShellWord;
  readonly references: readonly ShellWord[];
}

const transport = /^(?:docker-archive|oci-archive|oci|dir|docker-daemon|containers-storage):/;

/** `crane push api.tar NAME`, `skopeo copy docker-archive:api.tar docker://NAME`; undefined for any other command. */
export function localPush(call: ToolCall): LocalPush | undefined {
  if (call.does === 'push' && call.tool === 'crane push') {
    const [source] = call.positionals;
    return source && { source, references: call.references };
  }
  if (call.does !== 'copy' || !call.source || !transport.test(call.source.text)) return undefined;
  const references = call.destinations.filter(({ text }) => !transport.test(text));
  return references.length > 0 ? { source: call.source, references } : undefined;
}

/** The builds that write the file which is pushed. */
export function buildsInto(
  { source }: LocalPush,
  { scope }: CallSite,
  builds: readonly FoundBuild[],
): readonly FoundBuild[] {
  const paths = formTexts(evaluateWord(source, scope)).map((text) => fileName(text.replace(transport, '')));
  return builds.filter(({ exporter }) => exporter?.file !== undefined && paths.includes(fileName(exporter.file)));
}

/** The image of the daemon or of the store that is pushed. */
export function imagesIn({ source }: LocalPush, { scope }: CallSite): readonly WrittenImage[] {
  return /^(?:docker-daemon|containers-storage):/.test(source.text)
    ? images(evaluateWord(source, scope)).map((image) => ({ ...image, name: image.name.replace(transport, '') }))
    : [];
}

/** `skopeo` takes a name behind the archive: `api.tar:NAME:TAG`. */
function fileName(path: string): string {
  const [file = ''] = path.split(':', 1);
  return file.slice(file.lastIndexOf('/') + 1);
}
