/** A folder that is built, tested and depended on by itself: a package of a workspace, or a project of Nx. */
export interface Project {
  /** What people call it: the name in project.json, else in package.json, else its folder. */
  readonly name: string;
  /** All names by which commands and dependencies know it. */
  readonly names: readonly string[];
  /** Its folder in the tree; '' is the root. */
  readonly root: string;
  /** Its package.json, in the tree. */
  readonly packageJson?: string;
  /** Its project.json, in the tree. */
  readonly projectJson?: string;
  /** package.json says so: no registry has it. */
  readonly private: boolean;
}

/** Why one project needs another. */
export interface ProjectDependency {
  readonly project: Project;
  /** The project that asks for it. */
  readonly from: Project;
  /** `test`: only tests or development dependencies ask for it. `graph`: the Nx graph file says so. */
  readonly by: 'package.json' | 'project.json' | 'import' | 'graph' | 'test';
  /** What says so, in words: `"@acme/log": "workspace:*"`. */
  readonly written: string;
  /** The file that says so, in the tree. */
  readonly path: string;
  /** A registry may have it too: package.json asks for a range of versions, and the project is not private. */
  readonly published: boolean;
}

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** The projects below one root, as npm, pnpm, yarn, bun or Nx find them. */
export interface ProjectWorkspace {
  /** The folder of its root in the tree. */
  readonly root: string;
  /** Sorted by folder. The root's own package.json is not among them. */
  readonly projects: readonly Project[];
  /** Which one installs; undefined where no lockfile and no field says so. */
  readonly manager?: PackageManager;
  /** The lockfile, nx.json, pnpm-workspace.yaml and the like that stand at its root, by their names. */
  readonly files: readonly string[];
  /** The project of this name, or of the only name `@scope/<name>`; or of this folder, counted from the workspace's root. */
  find(name: string): Project | undefined;
  /** The project that a path of the tree belongs to: the innermost. */
  projectAt(path: string): Project | undefined;
  /** What a project needs directly. */
  dependenciesOf(project: Project): Dependencies;
}

export interface Dependencies {
  readonly list: readonly ProjectDependency[];
  /** `false` where its sources were too many to be read. */
  readonly complete: boolean;
}

/** All that some projects need, directly or not, themselves included. */
export interface Closure {
  readonly projects: ReadonlySet<Project>;
  readonly complete: boolean;
}
