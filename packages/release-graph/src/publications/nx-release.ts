import type { Tree } from '@plimsoll/build-context';
import { entriesOf, firstLine, readYaml, stringOf, stringsOf, valueAt } from '@plimsoll/documents';
import type { YamlNode } from '@plimsoll/documents';
import type { BuildsFound, CallSite, FoundBuild } from '../builds/index.ts';
import { inFolder } from '../builds/sources.ts';
import { readNxTargets } from '../commands/nx-targets.ts';
import { folderOf, readText } from '../commands/script-files.ts';
import type { Documents } from '../model.ts';
import { readWorkspaces } from '../workspaces/index.ts';
import type { Project } from '../workspaces/index.ts';
import type { FoundPublication } from './found.ts';

/**
 * The images that `nx release` and `nx release publish` push with `docker push`: of the projects whose release is one of
 * Docker, by `release.docker` of nx.json, of a group, or of the project (Nx: Release Docker images).
 */
export function nxReleaseImages({ tree }: Documents, site: CallSite, found: BuildsFound): readonly FoundPublication[] {
  const { call, origin, place } = site;
  if (call.does !== 'publish' || call.tool !== 'nx release' || call.dryRun) return [];
  const projects = dockerProjects(tree);
  if (projects.length === 0) return [];
  const names = projects.map(({ name }) => name);
  const builds = found.builds.filter((build) => projects.some(({ root }) => isOfProject(build, root)));
  return [{ kind: 'image', range: firstLine(call.command.range), origin, place, names, builds, by: 'push' }];
}

/** The targets that push by the executor of `@nx/docker`, where no workflow releases by Nx or names them. */
export function nxReleaseTargets({ tree, workflows }: Documents, found: BuildsFound): readonly FoundPublication[] {
  if (!tree.entry('nx.json') || found.sites.some(({ call, place }) => place.job && call.tool === 'nx release'))
    return [];
  const texts = [...workflows.values()].map(({ file }) => file.text);
  return tree.files.flatMap(({ path, type }): readonly FoundPublication[] => {
    const file = type === 'file' && /(?:^|\/)(?:project|package)\.json$/.test(path) ? readText(tree, path) : undefined;
    if (!file?.text.includes(pushingExecutor)) return [];
    const root = folderOf(path);
    const names = dockerProjects(tree).flatMap((project) => (project.root === root ? [project.name] : []));
    const builds = found.builds.filter((build) => isOfProject(build, root));
    return readNxTargets(file).flatMap(({ executor, name }): readonly FoundPublication[] =>
      executor && stringOf(executor) === pushingExecutor && !texts.some((text) => text.includes(name))
        ? [{ kind: 'image', range: executor.range, origin: { callers: [] }, place: {}, names, builds, by: 'push' }]
        : [],
    );
  });
}

const pushingExecutor = '@nx/docker:release-publish';

/** Whether a repository releases images by Nx, and maybe nothing else. */
export function releasesByDocker(tree: Tree): boolean {
  return dockerProjects(tree).length > 0;
}

interface DockerProject {
  readonly root: string;
  readonly name: string;
}

const known = new WeakMap<Tree, readonly DockerProject[]>();

function dockerProjects(tree: Tree): readonly DockerProject[] {
  const projects = known.get(tree) ?? findProjects(tree);
  known.set(tree, projects);
  return projects;
}

function findProjects(tree: Tree): readonly DockerProject[] {
  const release = valueAt(jsonAt(tree, 'nx.json'), 'release');
  if (!release) return [];
  const groups = entriesOf(valueAt(release, 'groups')).map(({ value }) => value);
  const registry = stringOf(valueAt(release, 'docker', 'registryUrl'));
  const projects = readWorkspaces(tree).flatMap((workspace) => workspace.projects);
  return projects.flatMap((project) => {
    const own = valueAt(projectFile(tree, project), 'release', 'docker');
    const group = groups.find((one) => valueAt(one, 'docker') !== undefined && isMember(one, project));
    const ofAll = valueAt(release, 'docker') !== undefined && groups.length === 0 && isMember(release, project);
    if (!own && !group && !ofAll) return [];
    if (!own && !tree.entry(inFolder(project.root, 'Dockerfile'))) return [];
    const repository = stringOf(valueAt(own, 'repositoryName')) ?? project.root.replaceAll('/', '-');
    const host = stringOf(valueAt(own, 'registryUrl')) ?? stringOf(valueAt(group, 'docker', 'registryUrl')) ?? registry;
    return [{ root: project.root, name: host === undefined ? repository : `${host}/${repository}` }];
  });
}

/** `projects` of a group: names, folders, and patterns of them; none: all. */
function isMember(group: YamlNode, { names, root }: Project): boolean {
  const node = valueAt(group, 'projects');
  const patterns = node?.type === 'scalar' ? [stringOf(node) ?? ''] : stringsOf(node);
  if (patterns.length === 0) return true;
  return patterns.some((pattern) => {
    const [start = '', end] = pattern.split('*', 2);
    return [...names, root].some((name) =>
      end === undefined ? name === pattern : name.startsWith(start) && name.endsWith(end.replace(/^\*?\/?/, '')),
    );
  });
}

/** A project's file, or `nx` of its package.json. */
function projectFile(tree: Tree, { projectJson, packageJson }: Project): YamlNode | undefined {
  if (projectJson !== undefined) return jsonAt(tree, projectJson);
  return packageJson === undefined ? undefined : valueAt(jsonAt(tree, packageJson), 'nx');
}

function jsonAt(tree: Tree, path: string): YamlNode | undefined {
  const file = readText(tree, path);
  return file && readYaml(file, 'syntax/manifest').document.documents[0];
}

function isOfProject({ dockerfile, how }: FoundBuild, root: string): boolean {
  return (
    how === 'assumed' && dockerfile.status !== 'opaque' && dockerfile.target.file.path === inFolder(root, 'Dockerfile')
  );
}
