import { firstLine, itemsOf, optionValues, readYaml, stringOf, stringsOf, valueAt } from '@plimsoll/documents';
import type { Range, YamlNode } from '@plimsoll/documents';
import { inputValue } from '../builds/action-inputs.ts';
import { isAction } from '../builds/build-push-action.ts';
import type { CallSite } from '../builds/index.ts';
import { normalise } from '../builds/paths.ts';
import { inFolder } from '../builds/sources.ts';
import { folderOf, readText } from '../commands/script-files.ts';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import type { Documents } from '../model.ts';
import { images } from '../values/image-names.ts';
import { onlyValue } from '../values/resolved.ts';
import { evaluateWord } from '../values/shell.ts';
import { formTexts } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';
import { tagsOf } from './found.ts';
import type { FoundPublication } from './found.ts';
import { koRepositoryText } from './ko.ts';
import type { FoundPackage } from './packages/index.ts';

const opaque = 'goreleaser signs and attests by its own configuration';

/** What `goreleaser release` pushes and publishes beside the files of a release: images, and packages of npm. */
export function goreleaserAction(
  documents: Documents,
  step: StepInstance,
): readonly (FoundPublication | FoundPackage)[] {
  const { uses } = step.step;
  if (!uses || !isAction(step, 'goreleaser/goreleaser-action')) return [];
  const args = inputValue(step, 'args')?.written ?? '';
  if (!publishes(args)) return [];
  const given = /(?:^|\s)(?:--config|-f)[= ](\S+)/.exec(args)?.[1];
  const workdir = inputValue(step, 'workdir');
  const folder = workdir ? (onlyValue(workdir) ?? '') : '';
  const place = { step, ...(step.job && { job: step.job }) };
  return published(documents, given, folder, scopeOfStep(step), { range: uses.range, origin: step.origin, place });
}

/** `--split` builds a part, which `continue` or `publish` puts together and publishes (the manual's "Split and merge builds"). */
function publishes(args: string): boolean {
  if (/--snapshot|--split|--skip[= ]\S*(?:publish|docker)|--skip-publish/.test(args)) return false;
  return /(?:^|\s)(?:release|continue|publish)(?:\s|$)/.test(args);
}

/** The same of a command. */
export function goreleaserCommand(documents: Documents, site: CallSite): readonly (FoundPublication | FoundPackage)[] {
  const { call, scope, base, origin, place } = site;
  if (call.does !== 'publish' || call.ecosystem !== 'goreleaser' || call.dryRun) return [];
  const [given] = optionValues(call, 'config');
  const path = given && onlyValue(evaluateWord(given, scope));
  return published(documents, path, base.folder, scope, { range: firstLine(call.command.range), origin, place });
}

type At = Pick<FoundPublication, 'origin' | 'place'> & { readonly range: Range };

function published(
  { tree }: Documents,
  given: string | undefined,
  folder: string,
  scope: ValueScope,
  at: At,
): readonly (FoundPublication | FoundPackage)[] {
  const roots = configurationsOf(tree, given, folder);
  const written = roots.flatMap((root) => imagesIn(root, scope, at.place.step));
  const found = [...new Set(written)].flatMap((text) => images({ forms: [[text]] }));
  const names = [...new Set(found.map(({ name }) => name))];
  const packages = roots.flatMap((root) =>
    itemsOf(valueAt(root, 'npms')).flatMap((one) => stringOf(valueAt(one, 'name')) ?? []),
  );
  const hasImages = roots.some((root) => imageKeys.some((key) => itemsOf(valueAt(root, key)).length > 0));
  return [
    ...(hasImages
      ? [{ kind: 'image' as const, ...at, names, tags: tagsOf(found), builds: [], by: 'tool' as const, opaque }]
      : []),
    ...(packages.length > 0
      ? [
          {
            kind: 'npm' as const,
            ...at,
            names: packages,
            builds: [],
            by: 'package' as const,
            opaque,
            provenance: 'none' as const,
          },
        ]
      : []),
  ];
}

const imageKeys = ['dockers', 'dockers_v2', 'docker_manifests', 'kos'];

const usualNames = [
  '.config/goreleaser.yml',
  '.config/goreleaser.yaml',
  '.goreleaser.yml',
  '.goreleaser.yaml',
  'goreleaser.yml',
  'goreleaser.yaml',
];

/** The configuration that is named, else the usual one, with the files that it includes; all of the tree where the name is made in the run. */
function configurationsOf(tree: Documents['tree'], given: string | undefined, folder: string): readonly YamlNode[] {
  const named = given === undefined ? usualNames : given.includes('$') ? configurationPaths(tree, given) : [given];
  const paths = named.map((name) => (given !== undefined && given.includes('$') ? name : inFolder(folder, name)));
  const path = paths.flatMap((one) => normalise(one) ?? []).filter((one) => readText(tree, one) !== undefined);
  const first = given !== undefined && given.includes('$') ? path : path.slice(0, 1);
  return first.flatMap((one) => withIncluded(tree, one));
}

/** The files that a path with something unknown in it can be: `build/${{ … }}/.goreleaser.yaml`. */
function configurationPaths({ files }: Documents['tree'], given: string): readonly string[] {
  const [start = '', ...rest] = given.split(/\$\{\{[^}]*\}\}|\$\{?\w+\}?/);
  const end = rest.at(-1) ?? '';
  return files
    .map(({ path }) => path)
    .filter((path) => path.startsWith(start.replace(/^\.\//, '')) && path.endsWith(end) && /goreleaser/.test(path));
}

function withIncluded(tree: Documents['tree'], path: string): readonly YamlNode[] {
  const file = readText(tree, path);
  const [root] = file ? readYaml(file, 'syntax/manifest').document.documents : [];
  if (!root) return [];
  const included = itemsOf(valueAt(root, 'includes')).flatMap((one) => {
    const from = stringOf(valueAt(one, 'from_file', 'path'));
    const other =
      from === undefined ? undefined : (readText(tree, from) ?? readText(tree, inFolder(folderOf(path), from)));
    return other ? readYaml(other, 'syntax/manifest').document.documents : [];
  });
  return [root, ...included];
}

/** Image names with their tags as the templates write them; what the configuration itself knows is filled in. */
function imagesIn(root: YamlNode, scope: ValueScope, step: StepInstance | undefined): readonly string[] {
  const pushed = (key: string) =>
    itemsOf(valueAt(root, key)).filter((one) => stringOf(valueAt(one, 'skip_push')) !== 'true');
  const found = [
    ...pushed('dockers').flatMap((one) => stringsOf(valueAt(one, 'image_templates'))),
    ...pushed('docker_manifests').flatMap((one) => stringOf(valueAt(one, 'name_template')) ?? []),
    ...pushed('dockers_v2').flatMap((one) =>
      product(stringsOf(valueAt(one, 'images')), stringsOf(valueAt(one, 'tags'))),
    ),
    ...pushed('kos').flatMap((one) => product(koRepositories(one, scope, step), stringsOf(valueAt(one, 'tags')))),
  ];
  const project = stringOf(valueAt(root, 'project_name'));
  const variables = new Map(
    stringsOf(valueAt(root, 'env')).map(
      (line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const,
    ),
  );
  return found.map((text) =>
    text
      .replaceAll(/\{\{-?\s*\.ProjectName\s*-?\}\}/g, (whole) => project ?? whole)
      .replaceAll(/\{\{-?\s*\.Env\.(\w+)\s*-?\}\}/g, (whole, name: string) => {
        const value = scope.variable(name);
        return (value && formTexts(value)[0]) ?? variables.get(name) ?? whole;
      }),
  );
}

function product(names: readonly string[], tags: readonly string[]): readonly string[] {
  return names.flatMap((name) => (tags.length === 0 ? [name] : tags.map((tag) => `${name}:${tag}`)));
}

/** Where ko pushes: `repositories`, else `repository`, else `KO_DOCKER_REPO`. */
function koRepositories(one: YamlNode, scope: ValueScope, step: StepInstance | undefined): readonly string[] {
  const several = stringsOf(valueAt(one, 'repositories'));
  const single = stringOf(valueAt(one, 'repository'));
  if (several.length > 0) return several;
  if (single !== undefined) return [single];
  return koRepositoryText(scope, step);
}
