import { ignoreMatcher } from '@plimsoll/build-context';
import type { ContextCopy, StageContents } from '@plimsoll/build-context';
import type { IgnorePattern, Stage } from '@plimsoll/documents';
import type { BuildContext } from '../boundary/context.ts';
import { inContext } from '../boundary/context.ts';
import { missingSources } from '../boundary/missing-sources.ts';
import type { Project, ProjectDependency, ProjectWorkspace } from '../workspaces/model.ts';
import { inside, isBelow } from '../workspaces/projects.ts';
import { configLinks } from '../workspaces/tsconfig.ts';
import { buildTool, isBuildOrInstall } from './build-tools.ts';
import { imageApp, stageCalls } from './image-app.ts';
import type { StageCall } from './image-app.ts';
import { installsOf } from './installs.ts';
import { scriptCommands } from './projects-named.ts';
import { readRunnerCall } from './runner-call.ts';
import { holdsUnknown, stageFiles } from './stage-files.ts';

/** A thing of the workspace that a stage needs and does not get. */
export interface MissingNeed {
  readonly kind: 'project' | 'lockfile' | 'workspace file';
  /** What is missing, in the tree: a project's folder, or a file. */
  readonly path: string;
  readonly project?: Project;
  readonly stage: Stage;
  /** The copy that brings what needs it. */
  readonly copy: ContextCopy;
  /** What needs it, in words: `"@acme/log": "workspace:*" in apps/api/package.json`. */
  readonly neededBy: string;
  /** The pattern that leaves it out of the context. */
  readonly ignoredBy?: IgnorePattern;
  /** It stands outside of the context. */
  readonly outside: boolean;
}

/** What the builds and installs of a build's stages need of the workspace and do not get. Empty where that can't be told. */
export function missingNeeds(context: BuildContext, workspaces: readonly ProjectWorkspace[]): readonly MissingNeed[] {
  if (!context.certain) return [];
  const calls = stageCalls(context);
  const lockfiles = missingLockfiles(context);
  const app = imageApp(context, workspaces);
  if (!app) return lockfiles;
  const found = context.contents.stages.flatMap((stage) => {
    const own = calls.filter((call) => call.contents === stage);
    const works = own.some(({ command }) => isBuildOrInstall(command));
    if (!stage.reachable || !works || holdsUnknown(stage)) return [];
    return [
      ...missingProjects(context, app.workspace, stage, app.projects),
      ...missingFiles(context, app.workspace, stage, own),
    ];
  });
  return distinct([...lockfiles, ...found].filter((need) => !toldAsSource(context, need)));
}

function distinct(needs: readonly MissingNeed[]): readonly MissingNeed[] {
  return [...new Map(needs.map((need) => [`${need.copy.source.range.start} ${need.path}`, need])).values()];
}

/** A COPY that names the thing itself is already told of, as a source that is not there. */
function toldAsSource(context: BuildContext, { path }: MissingNeed): boolean {
  return [...missingSources(context).values()].some(
    (missing) => missing.effect === 'refused' && isBelow(path, missing.meant ?? inContext(context, missing.path)),
  );
}

/** The nearest projects that are not there, of those that the app needs for its build. */
function missingProjects(
  context: BuildContext,
  workspace: ProjectWorkspace,
  stage: StageContents,
  apps: ReadonlySet<Project>,
): readonly MissingNeed[] {
  const held = heldProjects(workspace, stage);
  const rootInstalls = stageFiles(stage).byTreePath.has(inside(workspace.root, 'package.json'));
  const open = [...apps].filter((project) => held.get(project) === 'sources');
  const seen = new Set(open);
  const missing: MissingNeed[] = [];
  for (const project of open) {
    for (const dependency of workspace.dependenciesOf(project).list) {
      if (dependency.by === 'test' || seen.has(dependency.project)) continue;
      const need = held.has(dependency.project) ? undefined : needOf(context, stage, dependency, rootInstalls);
      if (need) missing.push(need);
      seen.add(dependency.project);
      if (held.has(dependency.project)) open.push(dependency.project);
    }
  }
  return missing;
}

/** Projects of which a stage holds something: more than the manifest, or that alone. */
function heldProjects(workspace: ProjectWorkspace, stage: StageContents): ReadonlyMap<Project, 'sources' | 'manifest'> {
  const held = new Map<Project, 'sources' | 'manifest'>();
  for (const { treePath } of stage.files) {
    const project = isBelow(treePath, workspace.root) ? workspace.projectAt(treePath) : undefined;
    if (!project) continue;
    const manifest = treePath === project.packageJson || treePath === project.projectJson;
    if (!manifest || !held.has(project)) held.set(project, manifest ? 'manifest' : 'sources');
  }
  return held;
}

function needOf(
  context: BuildContext,
  stage: StageContents,
  dependency: ProjectDependency,
  rootInstalls: boolean,
): MissingNeed | undefined {
  const by = stageFiles(stage).byTreePath.get(dependency.path);
  if (!by || (dependency.published && !rootInstalls)) return undefined;
  const { project } = dependency;
  const path = project.root;
  return {
    kind: 'project',
    path,
    project,
    stage: stage.stage,
    copy: by.copy,
    neededBy: dependency.written,
    ...outOf(context, project.packageJson ?? project.projectJson ?? path),
  };
}

/** How a path of the tree is kept out of a context. */
function outOf({ folder, ignoreFile }: BuildContext, path: string): Pick<MissingNeed, 'outside' | 'ignoredBy'> {
  if (!isBelow(path, folder)) return { outside: true };
  const decision = ignoreFile && ignoreMatcher(ignoreFile).decide(path.slice(folder === '' ? 0 : folder.length + 1));
  return { outside: false, ...(decision?.ignored && decision.pattern && { ignoredBy: decision.pattern }) };
}

/** The files at the workspace's root that its tools read, and the tsconfigs that others extend. */
function missingFiles(
  context: BuildContext,
  workspace: ProjectWorkspace,
  stage: StageContents,
  calls: readonly StageCall[],
): readonly MissingNeed[] {
  const { byTreePath } = stageFiles(stage);
  const root = byTreePath.get(inside(workspace.root, 'package.json'));
  const needed = root ? workspace.files.filter((name) => isRead(name, context, workspace, calls)) : [];
  const ofRoot = needed.flatMap((name): readonly MissingNeed[] => {
    const path = inside(workspace.root, name);
    if (byTreePath.has(path) || !root) return [];
    return [
      {
        kind: 'workspace file',
        path,
        stage: stage.stage,
        copy: root.copy,
        neededBy: readerOf(name, calls),
        ...outOf(context, path),
      },
    ];
  });
  return calls.some(({ command }) => buildTool(command) !== undefined)
    ? [...ofRoot, ...missingConfigs(context, stage)]
    : ofRoot;
}

function isRead(
  name: string,
  { tree }: BuildContext,
  workspace: ProjectWorkspace,
  calls: readonly StageCall[],
): boolean {
  const tools = calls.flatMap(({ call }) => [
    call.tool,
    ...scriptCommands(tree, workspace, call).flatMap((command) => readRunnerCall(command)?.tool ?? []),
  ]);
  if (name === 'pnpm-workspace.yaml')
    return (
      workspace.projects.length > 0 &&
      calls.some(({ call }) => call.tool === 'pnpm' && (call.does === 'install' || call.projects.length > 0))
    );
  if (name === 'nx.json') return tools.includes('nx');
  if (name === 'turbo.json') return tools.includes('turbo');
  return name === 'lerna.json' && tools.includes('lerna');
}

function readerOf(name: string, calls: readonly StageCall[]): string {
  const tool = name === 'pnpm-workspace.yaml' ? 'pnpm' : name.replace('.json', '');
  const call = calls.find((one) => one.call.tool === tool) ?? calls[0];
  return call ? `RUN ${call.command.words.map(({ text }) => text).join(' ')}` : tool;
}

const otherConfig =
  /(?:^|[._-])(?:spec|specs|test|tests|eslint|lint|e2e|jest|vitest|storybook|cypress|playwright)[._-]/;

/** What a tsconfig in a stage extends stands beside it in the repository and not in the stage. */
function missingConfigs(context: BuildContext, stage: StageContents): readonly MissingNeed[] {
  const { byTreePath } = stageFiles(stage);
  const configs = stage.files.filter(
    ({ treePath }) =>
      /(?:^|\/)tsconfig[\w.-]*\.json$/.test(treePath) &&
      !otherConfig.test(treePath.slice(treePath.lastIndexOf('/') + 1)),
  );
  return configs.flatMap((config) =>
    configLinks(context.tree, config.treePath).extended.flatMap(({ from, written, path }): readonly MissingNeed[] => {
      const by = byTreePath.get(from);
      if (!by || byTreePath.has(path)) return [];
      return [
        {
          kind: 'workspace file',
          path,
          stage: stage.stage,
          copy: by.copy,
          neededBy: `"extends": "${written}" in ${from}`,
          ...outOf(context, path),
        },
      ];
    }),
  );
}

/** A frozen install whose lockfile stands in the repository, and does not get in. */
function missingLockfiles(context: BuildContext): readonly MissingNeed[] {
  return installsOf(context.dockerfile, [context]).flatMap(
    ({ kind, frozen, lockfile, lockfileInTree, manifest, stage, command }): readonly MissingNeed[] => {
      if (
        !frozen ||
        kind.runsWithoutLockfile ||
        kind.conditional ||
        lockfile !== 'missing' ||
        lockfileInTree === undefined ||
        !manifest
      )
        return [];
      const contents = context.contents.stages[stage.index];
      const by = contents && stageFiles(contents).byTreePath.get(manifest.treePath);
      const neededBy = `RUN ${command.words.map(({ text }) => text).join(' ')}`;
      return by
        ? [
            {
              kind: 'lockfile',
              path: lockfileInTree,
              stage,
              copy: by.copy,
              neededBy,
              ...outOf(context, lockfileInTree),
            },
          ]
        : [];
    },
  );
}
