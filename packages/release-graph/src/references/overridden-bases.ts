import type { ContextSource } from '@plimsoll/build-context';
import { expandOptionsAt, expandWord, parseImageName, scopeAt } from '@plimsoll/documents';
import type { Dockerfile, ImageName, Range, Stage } from '@plimsoll/documents';
import { lazy } from '../lazy.ts';
import type { Build, OverriddenBase } from '../model.ts';
import { onlyValue } from '../values/resolved.ts';
import { argsOf } from './build-args.ts';
import { canonicalName } from './named-contexts.ts';
import { lastNamed, reachableStages } from './reachable-stages.ts';

/**
 * The base images and frontends that a Dockerfile names by digest while a build replaces them by something that has none: a
 * named context with the name of the stage or of the image, or the build-arg `BUILDKIT_SYNTAX`. What another target of the
 * same call makes (`target:`) is judged by its own Dockerfile.
 */
export function overriddenBases(builds: readonly Build[]): readonly OverriddenBase[] {
  const found = new Map<string, OverriddenBase>();
  for (const build of builds) {
    if (build.dockerfile.status === 'opaque') continue;
    const dockerfile = build.dockerfile.target;
    for (const one of [...replacedBases(build, dockerfile), ...replacedFrontend(build, dockerfile)]) {
      const { range, pinnedAt } = one;
      found.set([range.file.path, range.start, pinnedAt.file.path, pinnedAt.start].join('\0'), one);
    }
  }
  return [...found.values()];
}

function replacedBases(build: Build, dockerfile: Dockerfile): readonly OverriddenBase[] {
  const contexts = [...build.namedContexts].filter(([, source]) => !isPinned(source));
  if (contexts.length === 0) return [];
  const stages = reachableStages(dockerfile, build.target);
  const byBase = lazy(() => Map.groupBy(stages, (one) => canonicalName(baseOf(build, dockerfile, one)?.text ?? '')));
  return contexts.flatMap(([name, source]): readonly OverriddenBase[] => {
    const range = build.namedContextRanges.get(name);
    const stage = lastNamed(dockerfile, name.toLowerCase(), Infinity);
    const replaced = stage && stages.has(stage) ? [rootOf(stage)] : (byBase().get(canonicalName(name)) ?? []);
    return replaced.flatMap((one) => {
      const pinned = baseOf(build, dockerfile, one);
      if (!range || !pinned?.digest) return [];
      return [
        { kind: 'base', build, dockerfile, pinned, pinnedAt: one.from.image.range, range, name, source } as const,
      ];
    });
  });
}

/** The stage at the start of a chain of `FROM stage`. */
function rootOf(stage: Stage): Stage {
  let root = stage;
  while (root.parent) root = root.parent;
  return root;
}

function baseOf(build: Build, dockerfile: Dockerfile, { from, parent }: Stage): ImageName | undefined {
  if (parent) return undefined;
  const args = argsOf(build);
  const { value } = expandWord(from.image, scopeAt(dockerfile, from, args), expandOptionsAt(dockerfile, from, args));
  return value === undefined ? undefined : parseImageName(value);
}

function replacedFrontend(build: Build, dockerfile: Dockerfile): readonly OverriddenBase[] {
  const directive = dockerfile.directives.find(({ name }) => name === 'syntax');
  const pinned = directive && parseImageName(directive.value.trim().split(/\s/, 1)[0] ?? '');
  if (!pinned?.digest || !directive) return [];
  return frontendArgs(build).flatMap(({ image, range }) => {
    const source = { kind: 'image', image } as const;
    if (isPinned(source)) return [];
    const pinnedAt: Range = directive.valueRange;
    return [{ kind: 'frontend', build, dockerfile, pinned, pinnedAt, range, name: 'BUILDKIT_SYNTAX', source } as const];
  });
}

/** The frontends that build-args name, as far as they are known. */
export function frontendArgs(build: Build): readonly { readonly image: string; readonly range: Range }[] {
  return build.buildArgs.flatMap(({ name, value, inherited, range }) => {
    const given = value ?? inherited;
    const image = name === 'BUILDKIT_SYNTAX' && given ? onlyValue(given)?.trim() : undefined;
    return image === undefined || image === '' ? [] : [{ image, range }];
  });
}

/** Named by digest, made in the same call, or not known well enough to say. */
function isPinned(source: ContextSource): boolean {
  if (source.kind === 'target' || source.kind === 'stdin') return true;
  if (source.kind === 'local') return false;
  if (source.kind === 'image') {
    const [, digest] = source.image.split('@', 2);
    return source.image.startsWith('$') || (digest !== undefined && /^[a-z0-9+._-]+:|\$/i.test(digest));
  }
  return source.url.includes('$') || /[#=/@][0-9a-f]{40}(?:[:&/.]|$)/.test(source.url);
}
