import type { Tree } from '@plimsoll/build-context';
import { normalise } from '../builds/paths.ts';
import { importsIn } from './imports.ts';
import type { Dependencies, Project, ProjectDependency, ProjectWorkspace } from './model.ts';
import { packageJsonAt } from './package-json.ts';
import { inside, isBelow, split } from './projects.ts';
import type { JsonObject } from './read.ts';
import { objectOf, readJsonObject, stringIn, stringsIn } from './read.ts';
import { configLinks, mappedTo, pathMappings } from './tsconfig.ts';
import type { PathMapping } from './tsconfig.ts';

/** What is needed to follow the names that a project uses. */
export interface DependencySource {
  readonly tree: Tree;
  readonly workspace: Pick<ProjectWorkspace, 'root' | 'files' | 'projects' | 'find' | 'projectAt'>;
  /** Its projects by the names of their packages. */
  readonly packages: ReadonlyMap<string, Project>;
  /** The files of a project, without those of projects inside of it. */
  readonly filesOf: (project: Project) => readonly string[];
}

/** What a project needs of its workspace: by package.json, project.json, its tsconfigs and, where those can't tell all, its imports. */
export function readDependencies(from: DependencySource, project: Project): Dependencies {
  const { tree, workspace } = from;
  const declared = [
    ...packageDependencies(from, project),
    ...nxDependencies(from, project),
    ...references(from, project),
  ];
  const mappings = pathMappings(tree, workspace.root);
  const tellsAll =
    mappings.length === 0 && !workspace.files.includes('nx.json') && declared.some(({ by }) => by === 'package.json');
  if (tellsAll) return { list: distinct(declared, project), complete: true };
  const files = from.filesOf(project);
  const { list, complete } = importsIn(tree, files);
  const imported = list.flatMap(({ specifier, path, test }): readonly ProjectDependency[] => {
    const target = targetOf(from, mappings, specifier, path);
    return target
      ? [
          {
            project: target,
            from: project,
            by: test ? 'test' : 'import',
            written: `"${specifier}" in ${path}`,
            path,
            published: false,
          },
        ]
      : [];
  });
  return { list: distinct([...declared, ...imported], project), complete };
}

/** One for each project that is needed: the first that is more than a test. */
function distinct(all: readonly ProjectDependency[], self: Project): readonly ProjectDependency[] {
  const found = new Map<Project, ProjectDependency>();
  for (const one of all) {
    const known = found.get(one.project);
    if (one.project !== self && (!known || (known.by === 'test' && one.by !== 'test'))) found.set(one.project, one);
  }
  return [...found.values()];
}

function packageDependencies({ tree, packages }: DependencySource, from: Project): readonly ProjectDependency[] {
  const packageJson = from.packageJson === undefined ? undefined : packageJsonAt(tree, from.packageJson);
  if (!packageJson) return [];
  const of = (entries: ReadonlyMap<string, string>, dev: boolean): readonly ProjectDependency[] =>
    [...entries].flatMap(([name, version]) => {
      const project = packages.get(name);
      const local = /^(?:workspace|link|file|portal):/.test(version);
      const written = `"${name}": "${version}" in ${from.packageJson ?? ''}`;
      return project
        ? [
            {
              project,
              from,
              by: dev && !local ? 'test' : 'package.json',
              written,
              path: from.packageJson ?? '',
              published: !local && !project.private,
            },
          ]
        : [];
    });
  return [...of(packageJson.dependencies, false), ...of(packageJson.devDependencies, true)];
}

/** `implicitDependencies`, and the projects that a target's `dependsOn` names, in project.json and in the `nx` of package.json. */
function nxDependencies({ tree, workspace }: DependencySource, from: Project): readonly ProjectDependency[] {
  const ofPackage =
    from.packageJson === undefined ? undefined : objectOf(packageJsonAt(tree, from.packageJson)?.raw['nx']);
  const ofProject = from.projectJson === undefined ? undefined : readJsonObject(tree, from.projectJson);
  return [ofProject, ofPackage]
    .flatMap((config) => [...stringsIn(config?.['implicitDependencies']), ...targetProjects(config)])
    .flatMap((name) => {
      const project = name.startsWith('!') ? undefined : workspace.find(name);
      const path = from.projectJson ?? from.packageJson ?? '';
      return project
        ? [{ project, from, by: 'project.json' as const, written: `"${name}" in ${path}`, path, published: false }]
        : [];
    });
}

function targetProjects(config: JsonObject | undefined): readonly string[] {
  return Object.values(objectOf(config?.['targets']) ?? {}).flatMap((target) => {
    const dependsOn = objectOf(target)?.['dependsOn'];
    if (!Array.isArray(dependsOn)) return [];
    return dependsOn.flatMap((one: unknown) => {
      const projects = objectOf(one)?.['projects'];
      const name = stringIn(objectOf(one), 'projects');
      return name === undefined ? stringsIn(projects) : [name];
    });
  });
}

/** `references` of the project's tsconfigs. */
function references({ tree, workspace }: DependencySource, from: Project): readonly ProjectDependency[] {
  const configs = tree.list(from.root).filter((name) => /^tsconfig[\w.-]*\.json$/.test(name));
  return configs.flatMap((name) =>
    configLinks(tree, inside(from.root, name)).referred.flatMap(({ path, written }): readonly ProjectDependency[] => {
      const project = workspace.projectAt(path);
      return project
        ? [
            {
              project,
              from,
              by: 'test',
              written: `"${written}" in ${inside(from.root, name)}`,
              path: inside(from.root, name),
              published: false,
            },
          ]
        : [];
    }),
  );
}

function targetOf(
  { workspace, packages }: DependencySource,
  mappings: readonly PathMapping[],
  specifier: string,
  path: string,
): Project | undefined {
  if (specifier.startsWith('.')) {
    const target = normalise(`${split(path)[0]}/${specifier}`);
    return target === undefined ? undefined : ownerOf(workspace, target);
  }
  const mapped = mappedTo(mappings, specifier);
  if (mapped !== undefined) return ownerOf(workspace, mapped);
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return packages.get(name);
}

function ownerOf(workspace: DependencySource['workspace'], path: string): Project | undefined {
  return isBelow(path, workspace.root) ? workspace.projectAt(path) : undefined;
}
