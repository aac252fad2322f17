import type { Dockerfile, Word } from '@plimsoll/documents';
import { usesDockerPlugin } from '../commands/nx-targets.ts';
import { folderOf, readText } from '../commands/script-files.ts';
import type { Documents } from '../model.ts';
import type { FoundBuild } from './found.ts';
import { normalise } from './paths.ts';
import { inFolder } from './sources.ts';

/** The build of a Dockerfile that nothing is known to build: in its folder or at the root, whichever holds all its literal sources. */
export function assumedBuild(documents: Documents, dockerfile: Dockerfile): FoundBuild | undefined {
  const last = dockerfile.stages.at(-1);
  if (!last) return undefined;
  const folder = assumedFolder(documents, dockerfile);
  return {
    how: 'assumed',
    range: last.from.range,
    origin: { callers: [] },
    place: {},
    dockerfile: { status: 'resolved', target: dockerfile },
    context:
      folder === undefined
        ? { status: 'opaque', reason: 'nothing in the repository builds it, and no folder holds all that it copies' }
        : {
            status: 'partial',
            target: { kind: 'local', folder },
            reason: 'nothing in the repository builds it: the context is assumed',
          },
    buildArgs: [],
    namedContexts: [],
    tags: [],
    outputNames: [],
    labels: [],
    pushes: false,
    byDigest: false,
    provenance: { state: 'default' },
    sbom: false,
  };
}

/**
 * The Dockerfile's own folder comes before the root. Sources that stand in neither, since a build makes them first, do not count.
 * Undefined where neither folder holds all others.
 */
function assumedFolder({ tree }: Documents, dockerfile: Dockerfile): string | undefined {
  const own = folderOf(dockerfile.file.path);
  if (own === '' || isNxDocker(tree)) return own;
  const { sources, present } = sourcesOf(tree, dockerfile);
  if (sources.length > 0 && present.length === 0) return undefined;
  return [own, ''].find((folder) => holdsAll(tree, folder, present));
}

/** Whether a folder could be the context of a Dockerfile: it holds all sources that its own folder or the root holds. */
export function couldBeContext({ tree }: Documents, dockerfile: Dockerfile, folder: string): boolean {
  return holdsAll(tree, folder, sourcesOf(tree, dockerfile).present);
}

/** The literal sources, and those of them that stand in the Dockerfile's own folder or at the root. */
function sourcesOf(tree: Documents['tree'], dockerfile: Dockerfile) {
  const own = folderOf(dockerfile.file.path);
  const sources = literalSources(dockerfile);
  return {
    sources,
    present: sources.filter((source) => holdsAll(tree, own, [source]) || holdsAll(tree, '', [source])),
  };
}

function holdsAll(tree: Documents['tree'], folder: string, sources: readonly string[]): boolean {
  return sources.every((source) => tree.entry(inFolder(folder, source)) !== undefined);
}

/** `@nx/docker` builds each project in its own folder. */
function isNxDocker(tree: Documents['tree']): boolean {
  return usesDockerPlugin(readText(tree, 'nx.json'));
}

/** What COPY and ADD take from the context by a literal path, clamped to it. All of the context tells nothing. */
function literalSources(dockerfile: Dockerfile): readonly string[] {
  return dockerfile.instructions.flatMap((instruction) => {
    if (instruction.type !== 'copy' || instruction.from) return [];
    return instruction.sources.filter(isLiteral).flatMap(({ raw }) => normalise(raw.replace(/^["']|["']$/g, '')) || []);
  });
}

function isLiteral({ raw }: Word): boolean {
  return !/[$*?[\\]|:\/\/|^git@/.test(raw) && !raw.startsWith('..');
}
