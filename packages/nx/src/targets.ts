import { inputsOf, rootInputs } from './inputs.ts';
import type { Input } from './inputs.ts';
import { folderOf, nameOf } from './projects.ts';
import type { Project, Read } from './projects.ts';

/** What `nx.json` may say beside the plugin's name. */
export interface PluginOptions {
  /** The name of the tasks; `plimsoll` by default. */
  readonly targetName?: string;
  /** The rules to start from; by default what `plimsoll.yaml` says. */
  readonly preset?: 'recommended' | 'strict';
}

export interface ProjectTargets {
  readonly folder: string;
  /** What declares the project. */
  readonly file: string;
  readonly targets: Readonly<Record<string, Target>>;
}

/** A target as Nx takes it. */
export interface Target {
  readonly executor: string;
  readonly options: { readonly command: string };
  readonly cache: boolean;
  readonly inputs: Input[];
  readonly outputs: string[];
  readonly metadata: { readonly technologies: string[]; readonly description: string };
}

/**
 * The tasks of a workspace: one for each project with a Dockerfile, an ignore file or a contract; and for the root
 * project one for the workflows, and for what of that kind lies in no project.
 */
export function targetsOf(
  files: readonly string[],
  projects: readonly Project[],
  read: Read,
  options: PluginOptions,
): readonly ProjectTargets[] {
  const folders = new Set(projects.map(({ folder }) => folder));
  const checked = files.filter((path) => isChecked(nameOf(path)));
  const ownerOf = new Map(checked.map((path) => [path, ownerAmong(folders, path)]));
  const owned = new Map<string, string[]>();
  for (const [path, owner = '.'] of ownerOf) owned.set(owner, [...(owned.get(owner) ?? []), path]);
  const hasWorkflows = files.some((path) => path.startsWith('.github/workflows/'));
  return projects.flatMap(({ folder, file }) => {
    const own = owned.get(folder) ?? [];
    if (folder !== '.') {
      if (own.length === 0) return [];
      return [{ folder, file, targets: targets([folder], inputsOf(folder, dockerfilesOf(own), read), read, options) }];
    }
    const paths = [...(hasWorkflows ? ['.github'] : []), ...placesOf(own, folders)];
    if (paths.length === 0) return [];
    return [{ folder, file, targets: targets(paths, rootInputs(paths, dockerfilesOf(own), read), read, options) }];
  });
}

function targets(paths: readonly string[], inputs: readonly Input[], read: Read, options: PluginOptions) {
  const { targetName, preset } = options;
  const output = 'dist/plimsoll/{projectName}.sarif';
  const command = [
    'plimsoll check',
    ...paths.map(quoted),
    ...(preset === 'recommended' || preset === 'strict' ? [`--preset ${preset}`] : []),
    `--format sarif=${output} --format text`,
  ].join(' ');
  const target: Target = {
    executor: 'nx:run-commands',
    options: { command },
    cache: true,
    inputs: [...inputs, versionInput(read)],
    outputs: [`{workspaceRoot}/${output}`],
    metadata: { technologies: ['plimsoll'], description: 'Checks what is released' },
  };
  return { [typeof targetName === 'string' && targetName !== '' ? targetName : 'plimsoll']: target };
}

/** The version in the lock file where the workspace has one; else what the command says, wherever it comes from. */
function versionInput(read: Read): Input {
  const manifest = read('package.json') ?? '';
  return /"plimsoll"\s*:\s*"/.test(manifest)
    ? { externalDependencies: ['plimsoll'] }
    : { runtime: 'plimsoll --version' };
}

function isChecked(name: string): boolean {
  return (
    !/^(?:package|project|lerna)\.json$|^pnpm-workspace\.yaml$|^plimsoll\.yaml$|\.ya?ml$/.test(name) || isContract(name)
  );
}

function isContract(name: string): boolean {
  return /^plimsoll\.contract\.ya?ml$/.test(name);
}

function dockerfilesOf(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !path.endsWith('.dockerignore') && !isContract(nameOf(path)));
}

/** The nearest project above; undefined where there is none but perhaps the root. */
function ownerAmong(folders: ReadonlySet<string>, path: string): string | undefined {
  for (let at = folderOf(path); at !== '.'; at = folderOf(at)) if (folders.has(at)) return at;
  return undefined;
}

/** Files at the root as they are; of others the folder, so that the command judges by itself what to skip there. */
function placesOf(paths: readonly string[], folders: ReadonlySet<string>): readonly string[] {
  const places = paths.map((path) => {
    const folder = folderOf(path);
    return folder === '.' || [...folders].some((other) => other.startsWith(`${folder}/`)) ? path : folder;
  });
  return [...new Set(places)].toSorted();
}

function quoted(path: string): string {
  if (/^[\w@./+-]+$/.test(path) && !path.startsWith('-')) return path;
  return `"./${path.replace(/["\\$`]/g, '\\$&')}"`;
}
