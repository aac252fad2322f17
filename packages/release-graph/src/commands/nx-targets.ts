import { entriesOf, entryOf, itemsOf, readYaml, stringOf, valueAt } from '@plimsoll/documents';
import type { MappedText, SourceFile, YamlEntry, YamlNode } from '@plimsoll/documents';

/** A target of an Nx project: of `project.json`, or below `nx` in package.json. */
export interface NxTarget {
  readonly name: string;
  /** The names that people know its project by: the one in the file and its folder's. */
  readonly project: readonly string[];
  readonly executor?: YamlNode;
  readonly options: YamlNode | undefined;
  /** Shell commands, of `command` and of `nx:run-commands`. */
  readonly commands: readonly MappedText[];
  /** The script of the package.json beside it, of `nx:run-script`. */
  readonly script?: string;
  /** Where those run, from the root of the workspace; undefined: at the root. */
  readonly cwd?: string;
}

/** The targets in a project's file; none for a file that holds none. */
export function readNxTargets(file: SourceFile): readonly NxTarget[] {
  const [root] = readYaml(file, 'syntax/manifest').document.documents;
  const holder = file.path.endsWith('package.json') ? valueAt(root, 'nx') : root;
  const folder = file.path.split('/').at(-2);
  const project = [stringOf(valueAt(root, 'name')), folder].filter((name) => name !== undefined);
  return entriesOf(valueAt(holder, 'targets')).map((entry) => readTarget(entry, project));
}

function readTarget({ key, value }: YamlEntry, project: readonly string[]): NxTarget {
  const options = valueAt(value, 'options');
  const executor = valueAt(value, 'executor');
  const several = itemsOf(valueAt(options, 'commands')).map((item) =>
    item.type === 'map' ? valueAt(item, 'command') : item,
  );
  const commands = [valueAt(value, 'command'), valueAt(options, 'command'), ...several];
  const cwd = stringOf(valueAt(options, 'cwd'));
  const script = /:run-script$/.test(stringOf(executor) ?? '') ? stringOf(valueAt(options, 'script')) : undefined;
  return {
    name: key,
    project,
    ...(script !== undefined && { script }),
    ...(executor && { executor }),
    options,
    commands: commands.flatMap((node) =>
      node?.type === 'scalar' && typeof node.value === 'string' ? [node.text] : [],
    ),
    ...(cwd !== undefined && { cwd: cwd.replace(/^\{workspaceRoot\}\/?/, '') }),
  };
}

/** Whether the plugin which gives each project with a Dockerfile a target `docker build .` in its own folder is in use. */
export function usesDockerPlugin(nxJson: SourceFile | undefined): boolean {
  const [root] = nxJson ? readYaml(nxJson, 'syntax/manifest').document.documents : [];
  return itemsOf(entryOf(root, 'plugins')?.value).some(
    (plugin) => (stringOf(plugin) ?? stringOf(valueAt(plugin, 'plugin'))) === '@nx/docker',
  );
}
