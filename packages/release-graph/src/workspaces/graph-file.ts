import { normalise } from '../builds/paths.ts';
import type { Dependencies, Project, ProjectDependency } from './model.ts';
import type { JsonObject } from './read.ts';
import { objectOf, parseJsonObject, stringIn } from './read.ts';

/** A file of `nx graph --file`. */
export interface NxGraphFile {
  /** As the user names it. */
  readonly path: string;
  readonly text: string;
}

/** Whether a text is what `nx graph --file=graph.json` writes. */
export function isNxGraph(text: string): boolean {
  return partsOf(text) !== undefined;
}

/** What `nx graph --file=graph.json` wrote: Nx's own answer, which takes the place of ours. */
export interface NxGraph {
  readonly projects: readonly Project[];
  dependenciesOf(project: Project): Dependencies;
}

/** Reads an Nx graph file; undefined where it is none. `known` adds what the files of a project say of it. */
export function readNxGraph({ path, text }: NxGraphFile, known: readonly Project[]): NxGraph | undefined {
  const parts = partsOf(text);
  if (!parts) return undefined;
  const { nodes, edges } = parts;
  const projects = new Map<string, Project>();
  for (const [name, node] of Object.entries(nodes)) {
    const root = normalise(stringIn(objectOf(objectOf(node)?.['data']), 'root') ?? '..');
    if (root === undefined || root === '') continue;
    const read = known.find((project) => project.root === root);
    projects.set(name, { private: true, root, ...read, name, names: [...new Set([name, ...(read?.names ?? [])])] });
  }
  return {
    projects: [...projects.values()].sort((a, b) => (a.root < b.root ? -1 : 1)),
    dependenciesOf: (from) => ({ list: edgesOf(edges[from.name], from, projects, path), complete: true }),
  };
}

function partsOf(text: string): { readonly nodes: JsonObject; readonly edges: JsonObject } | undefined {
  const graph = objectOf(parseJsonObject(text)?.['graph']);
  const nodes = objectOf(graph?.['nodes']);
  const edges = objectOf(graph?.['dependencies']);
  return nodes && edges && { nodes, edges };
}

function edgesOf(
  edges: unknown,
  from: Project,
  projects: ReadonlyMap<string, Project>,
  path: string,
): readonly ProjectDependency[] {
  if (!Array.isArray(edges)) return [];
  return edges.flatMap((edge: unknown): readonly ProjectDependency[] => {
    const project = projects.get(stringIn(objectOf(edge), 'target') ?? '');
    return project && project !== from
      ? [
          {
            project,
            from,
            by: 'graph',
            written: `the dependency in ${path}`,
            path: from.packageJson ?? from.projectJson ?? path,
            published: false,
          },
        ]
      : [];
  });
}
