import type { Remark, Tree } from '@plimsoll/build-context';
import { readDockerfile } from '@plimsoll/documents';
import type { Dockerfile, Range } from '@plimsoll/documents';
import { contextOf, dockerfileAt, stageNamed, subjectOf } from '@plimsoll/release-graph';
import type { AskedBuild, Build, BuildContext, Documents, ProjectWorkspace } from '@plimsoll/release-graph';
import { openWorkspace } from '../check/workspace.ts';
import { once } from '../parse/documents.ts';
import type { ShippedBuild, ShipsOptions, ShipsResult } from './model.ts';
import type { Placed } from './place.ts';
import { place } from './place.ts';

/** A result with what is needed to go on: to record it, or to propose something. */
export interface OpenedShips extends ShipsResult {
  readonly tree: Tree;
  /** Its documents, and its builds, declared and assumed. Reads and links the repository when it is first asked. */
  readonly repository: () => Repository;
}

export interface Repository {
  readonly documents: Documents;
  readonly builds: readonly Build[];
  readonly workspaces: readonly ProjectWorkspace[];
}

/**
 * What the images of a repository carry. Without a Dockerfile: of each build that its workflows, scripts and compose files
 * declare. With one: as the repository builds it, or as the options say.
 */
export function openShips(options: ShipsOptions): OpenedShips {
  const { dockerfile, context, target, buildArgs } = options;
  if (dockerfile === undefined && (context !== undefined || target !== undefined || (buildArgs?.size ?? 0) > 0)) {
    return failed('--context, --target and --build-arg go with a Dockerfile: name the one that they are for');
  }
  const placed = place(options);
  if ('problem' in placed) return failed(placed.problem);
  const { tree } = placed;
  const paths = placed.dockerfile === undefined ? [] : [placed.dockerfile];
  const workspace = once(() => openWorkspace({ cwd: options.cwd, tree, paths, rules: [] }));
  const repository = once(() => {
    const { builds, workspaces } = workspace().graph();
    return { documents: workspace().documents, builds, workspaces };
  });
  // With a context given, nothing else of the repository has to be read.
  const documents = placed.context === undefined ? workspace().documents : bareDocuments(tree);
  const opened: Opened = { tree, documents, repository };
  const chosen =
    placed.dockerfile === undefined ? declared(opened) : ofDockerfile(opened, placed, placed.dockerfile, options);
  const notes = [...(tree.note === undefined ? [] : [tree.note]), ...(chosen.notes ?? [])];
  return { tree, repository, root: tree.root, builds: chosen.builds ?? [], problems: chosen.problems ?? [], notes };
}

type Opened = Pick<OpenedShips, 'tree' | 'repository'> & { readonly documents: Documents };
type Chosen = Partial<Pick<ShipsResult, 'builds' | 'problems' | 'notes'>>;

function failed(problem: string): OpenedShips {
  const tree = { root: '' } as Tree;
  return {
    root: '',
    tree,
    repository: () => ({ documents: bareDocuments(tree), builds: [], workspaces: [] }),
    builds: [],
    problems: [problem],
    notes: [],
  };
}

function bareDocuments(tree: Tree): Documents {
  const none = new Map<string, never>();
  return { tree, dockerfiles: none, ignoreFiles: none, workflows: none, actions: none, manifests: none };
}

function declared(opened: Opened): Chosen {
  const all = opened.repository().builds;
  const known = all.filter(({ how }) => how !== 'assumed');
  const contexts = known.flatMap((build) => contextOf(build, opened.documents) ?? []);
  const alone = all.flatMap(({ how, dockerfile }) =>
    how === 'assumed' && dockerfile.status !== 'opaque' ? [dockerfile.target.file.path] : [],
  );
  const found = new Set(contexts.map(({ build }) => build));
  return {
    builds: together(contexts),
    notes: [
      ...known.filter((build) => !found.has(build)).map((build) => `${placeOf(build.range)}: ${whyUnknown(build)}`),
      ...(alone.length > 0
        ? [
            `nothing in the repository is known to build ${alone.join(', ')}: name one of them to see what it would carry`,
          ]
        : []),
    ],
  };
}

function whyUnknown({ dockerfile, context, target, contents }: Build): string {
  if (dockerfile.status === 'opaque') return `the Dockerfile is not known: ${dockerfile.reason}`;
  if (context.status === 'opaque') return `the context is not known: ${context.reason}`;
  if (context.target.kind !== 'local')
    return `${dockerfile.target.file.path} is built from a context that holds no files of this repository`;
  return contents
    ? 'the ignore file is not known'
    : `the target${target === undefined ? '' : ` ${target}`} is not known before the run`;
}

/** Builds that are told to do the same become one. */
function together(contexts: readonly BuildContext[]): readonly ShippedBuild[] {
  const groups = Map.groupBy(contexts, ({ dockerfile, kind, folder, request }) =>
    JSON.stringify([
      dockerfile.file.path,
      kind,
      folder,
      request.target,
      [...(request.buildArgs ?? [])],
      [...(request.namedContexts ?? [])],
    ]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const builds = group.map(({ build }) => build);
    return {
      subject: first,
      builds,
      refused: refusals(first.dockerfile),
      declaredBy: builds.map(({ range }) => range),
      ...(first.request.target !== undefined && { target: first.request.target }),
    };
  });
}

function refusals({ file }: Dockerfile): readonly Remark[] {
  return readDockerfile(file).problems.map(({ range, message }) => ({ range, message }));
}

function ofDockerfile(opened: Opened, placed: Placed, given: string, options: ShipsOptions): Chosen {
  const { tree, documents } = opened;
  const isFolder = given === '' || tree.entry(given)?.type === 'folder';
  const path = isFolder
    ? ['Dockerfile', 'Containerfile']
        .map((name) => (given === '' ? name : `${given}/${name}`))
        .find((name) => tree.entry(name))
    : given;
  if (path === undefined)
    return { problems: [`${options.dockerfile ?? given}: there is no Dockerfile in this folder`] };
  if (!tree.entry(path))
    return { problems: [`${path} is not among the files that Git has or would take: --worktree answers for the disk`] };
  const dockerfile = dockerfileAt(documents, path);
  if (!dockerfile || dockerfile.stages.length === 0)
    return { problems: [`${isFolder ? path : (options.dockerfile ?? path)} is no Dockerfile: it has no FROM`] };
  const { target } = options;
  if (target !== undefined && !stageNamed(dockerfile, target)) {
    const names = dockerfile.stages.map((stage) => stage.name ?? String(stage.index));
    return { problems: [`there is no stage "${target}" in ${path}; its stages are ${names.join(', ')}`] };
  }
  if (placed.context !== undefined)
    return { builds: [asked(documents, { dockerfile, folder: placed.context }, options)] };
  return asBuilt(opened, dockerfile, placed, options);
}

function asked(documents: Documents, base: AskedBuild, { target, buildArgs }: ShipsOptions): ShippedBuild {
  const args = new Map([...(base.buildArgs ?? []), ...(buildArgs ?? [])]);
  const wanted = target ?? base.target;
  const subject = subjectOf(documents, { ...base, buildArgs: args, ...(wanted !== undefined && { target: wanted }) });
  return {
    subject,
    declaredBy: [],
    builds: [],
    refused: refusals(subject.dockerfile),
    ...(wanted !== undefined && { target: wanted }),
  };
}

/** As the repository builds it: of several builds the first that pushes, of the target where one is asked for. */
function asBuilt(opened: Opened, dockerfile: Dockerfile, placed: Placed, options: ShipsOptions): Chosen {
  const { documents } = opened;
  const own = opened
    .repository()
    .builds.filter(
      (build) => build.dockerfile.status !== 'opaque' && build.dockerfile.target.file.path === dockerfile.file.path,
    );
  const known = together(
    own.filter(({ how }) => how !== 'assumed').flatMap((build) => contextOf(build, documents) ?? []),
  );
  const stage = options.target === undefined ? undefined : stageNamed(dockerfile, options.target);
  const fitting = known.filter(({ subject }) => !stage || subject.contents.final?.stage === stage);
  const candidates = fitting.length > 0 ? fitting : known;
  const first = candidates.find(pushes) ?? candidates[0];
  if (first) return overlaid(documents, dockerfile, first, known, options);
  const assumed = own.flatMap((build) => contextOf(build, documents) ?? [])[0];
  const folder = assumed?.folder ?? placed.here ?? '';
  const why =
    own[0]?.context.status === 'partial'
      ? own[0].context.reason
      : 'no build of it is known, so the current folder is taken';
  return {
    builds: [asked(documents, { dockerfile, folder }, options)],
    notes: [`the context is ${folder === '' ? 'the root' : folder}: ${why}. --context DIR names another`],
  };
}

function pushes({ builds }: ShippedBuild): boolean {
  return builds.some((build) => build.pushes !== false);
}

function overlaid(
  documents: Documents,
  dockerfile: Dockerfile,
  first: ShippedBuild,
  known: readonly ShippedBuild[],
  options: ShipsOptions,
): Chosen {
  const others = known.filter((one) => one !== first).flatMap(({ declaredBy }) => declaredBy);
  const at = first.declaredBy[0];
  const notes = others.length > 0 && at ? [oneOfMany(dockerfile, at, others)] : [];
  const fits =
    options.target === undefined || first.subject.contents.final?.stage === stageNamed(dockerfile, options.target);
  if (fits && (options.buildArgs?.size ?? 0) === 0) return { builds: [first], notes };
  const { request, folder, kind } = first.subject;
  const { buildArgs, namedContexts, target } = request;
  const base = {
    dockerfile,
    folder,
    ...(buildArgs && { buildArgs }),
    ...(namedContexts && { namedContexts }),
    ...(target !== undefined && { target }),
  };
  if (kind === 'git')
    notes.push(
      'the build takes its Git context, to which no ignore file applies; this is the folder with its ignore file',
    );
  return { builds: [asked(documents, base, options)], notes };
}

function oneOfMany({ file }: Dockerfile, at: Range, others: readonly Range[]): string {
  const places = [...new Set(others.map(placeOf))].filter((place) => place !== placeOf(at));
  if (places.length === 0) return `${placeOf(at)} builds ${file.path} in several ways, of which this is the first`;
  const more = places.length > 5 ? ` and ${places.length - 5} more` : '';
  return `this is the build of ${placeOf(at)}; ${file.path} is also built otherwise by ${places.slice(0, 5).join(', ')}${more}`;
}

function placeOf(range: Range): string {
  return `${range.file.path}:${range.file.positionAt(range.start).line}`;
}
