import { firstLine } from '@plimsoll/documents';
import type { ShellWord } from '@plimsoll/documents';
import type { PublicationGroup } from '../attestations/cover.ts';
import { placeKey } from '../builds/index.ts';
import type { CallSite } from '../builds/index.ts';
import type { Publication } from '../model.ts';
import type { ToolCall } from '../tools/index.ts';
import { images } from '../values/image-names.ts';
import { evaluateWord } from '../values/shell.ts';
import { isPassing, siteOf, tagsOf } from './found.ts';

/**
 * Images that are published by a copy of what a registry holds already, or by another name for it: `skopeo copy`,
 * `crane tag`, `imagetools create` over what is not built in the same run. What is found as the publication of a build is not repeated.
 */
export function findCopies(sites: readonly CallSite[], published: readonly PublicationGroup[]): readonly Publication[] {
  const known = new Set(published.flatMap((group) => group.map(({ range }) => placeOf(range))));
  const found = sites.flatMap((site) => copyAt(site) ?? []).filter(({ range }) => !known.has(placeOf(range)));
  const groups = Map.groupBy(found, ({ origin, range }) => placeKey({ ...origin, callers: [] }, range));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ?? [];
    const all = [first, ...others];
    const tags = new Map(all.flatMap((one) => one.tags.map((tag) => [`${tag.name}\0${tag.tag}`, tag])));
    return { ...first, names: [...new Set(all.flatMap((one) => one.names))], tags: [...tags.values()] };
  });
}

function copyAt(site: CallSite): Publication | undefined {
  const { call, scope, origin, place } = site;
  const targets = targetsOf(call);
  if (!targets) return undefined;
  const named = targets
    .flatMap((word) => images(evaluateWord(word, scope)))
    .map((image) => ({ ...image, name: replacedName(image.name) }));
  const names = [...new Set(named.map(({ name }) => name))].filter(
    (name) => !/^\$(?:\w+|\{(?:[^{}]|\{[^{}]*\})*\})$/.test(name),
  );
  if (names.length > 0 && names.every(isPassing)) return undefined;
  return {
    kind: 'image',
    range: firstLine(call.command.range),
    origin,
    site: siteOf(place),
    names,
    tags: tagsOf(named.filter(({ name }) => names.includes(name))),
    builds: [],
    copied: true,
    attestations: { status: 'opaque', reason: 'what is copied is published elsewhere' },
    sbom: 'unknown',
    sourceLabels: 'unknown',
    switches: [],
  };
}

/** `${tag/$FROM/quay.io/acme/app}`: another name in place of the one that it begins with. */
function replacedName(name: string): string {
  return /^\$\{\w+\/\$\{?\w+\}?\/([\w.-]+(?:\/[\w.-]+)+)\}$/.exec(name)?.[1] ?? name;
}

/** The names that a command gives in a registry to what is in one; undefined for any other command. */
function targetsOf(call: ToolCall): readonly ShellWord[] | undefined {
  switch (call.does) {
    case 'copy':
      return call.destinations.length > 0 && call.destinations.every(isInRegistry) ? call.destinations : undefined;
    case 'tag':
      return call.where === 'registry' && call.source ? [call.source] : undefined;
    case 'merge':
      return call.pushes ? call.tags : undefined;
    case 'push':
      return /manifest/.test(call.tool) ? call.references : undefined;
    default:
      return undefined;
  }
}

/** skopeo also copies into folders and archives, which it names by their transport. */
function isInRegistry({ text }: ShellWord): boolean {
  return !/^["']?(?:dir|oci|oci-archive|docker-archive|docker-daemon|containers-storage|sif|tarball):/.test(text);
}

function placeOf({ file, start }: Publication['range']): string {
  return `${file.path}:${start}`;
}
