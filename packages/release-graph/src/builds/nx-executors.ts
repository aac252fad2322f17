import { itemsOf, stringOf, stringsOf, valueAt } from '@plimsoll/documents';
import type { YamlNode } from '@plimsoll/documents';
import { readNxTargets } from '../commands/nx-targets.ts';
import type { NxTarget } from '../commands/nx-targets.ts';
import { folderOf, readText } from '../commands/script-files.ts';
import type { BuildArg, Documents, Value } from '../model.ts';
import { literal } from '../values/resolved.ts';
import { toValue } from '../values/value.ts';
import type { FoundBuild, ProvenanceSetting } from './found.ts';
import { provenanceSetting } from './provenance-setting.ts';
import { sbomSetting } from './sbom-setting.ts';
import { docker, inFolder, linkSources } from './sources.ts';

const executors = /^(?:@nx-tools\/(?:nx-container|nx-docker):build|@nx\/docker:build)$/;

/** A build that an executor of Nx makes, with what calls name it by. */
export interface ExecutorBuild {
  readonly build: FoundBuild;
  readonly target: string;
  readonly project: readonly string[];
  /** Its options may be given by variables as well: `INPUT_PUSH`. */
  readonly takesInputs: boolean;
}

/** The builds of executors that take the inputs of build-push-action as options, with the project's Dockerfile and the root as defaults. */
export function nxExecutorBuilds(documents: Documents): readonly ExecutorBuild[] {
  const { tree } = documents;
  if (!tree.entry('nx.json')) return [];
  return tree.files
    .filter(({ path, type }) => type === 'file' && /(?:^|\/)(?:project|package)\.json$/.test(path))
    .flatMap(({ path }) => {
      const file = readText(tree, path);
      if (!file?.text.includes('docker') && !file?.text.includes('nx-container')) return [];
      return readNxTargets(file).flatMap((target) =>
        buildsOf(documents, folderOf(path), target).map((build) => ({
          build,
          target: target.name,
          project: target.project,
          takesInputs: stringOf(target.executor)?.startsWith('@nx-tools/') === true,
        })),
      );
    });
}

function buildsOf(documents: Documents, folder: string, { executor, options }: NxTarget): readonly FoundBuild[] {
  if (!executor || !executors.test(stringOf(executor) ?? '')) return [];
  const value = (node: YamlNode | undefined, preset: string): Value => {
    const text = (stringOf(node) ?? preset)
      .replaceAll(/\{projectRoot\}/g, folder === '' ? '.' : folder)
      .replaceAll(/\{workspaceRoot\}/g, '.');
    return toValue(literal(text), text, node?.range ?? executor.range);
  };
  const option = (name: string): YamlNode | undefined => valueAt(options, name);
  const context = value(option('context'), '.');
  const file = value(option('file'), inFolder(folder, 'Dockerfile'));
  const push = option('push');
  const target = option('target');
  return linkSources(documents, context, file, { folder: '', checkouts: [] }, docker).map((sources) => ({
    how: 'command',
    range: executor.range,
    origin: { callers: [] },
    place: {},
    ...sources,
    ...(option('context') && { contextRange: context.range }),
    ...(target && { target: value(target, '') }),
    buildArgs: stringsOf(option('build-args')).flatMap((text) => buildArg(text, option('build-args') ?? executor)),
    namedContexts: [],
    tags: stringsOf(option('tags')).map((text) => toValue(literal(text), text, (option('tags') ?? executor).range)),
    outputNames: [],
    labels: labelsOf(options, value),
    pushes: stringOf(push) === 'true',
    ...(push && { pushRange: push.range }),
    byDigest: false,
    provenance: provenanceOf(option('provenance')),
    sbom: sbomSetting(option('sbom') && value(option('sbom'), '')),
  }));
}

function provenanceOf(option: YamlNode | undefined): ProvenanceSetting {
  const text = stringOf(option);
  return option && text !== undefined && text !== '' ? provenanceSetting(text, option.range) : { state: 'default' };
}

/** `labels`; with `metadata.images` the executor makes those of metadata-action. */
function labelsOf(
  options: YamlNode | undefined,
  value: (node: YamlNode | undefined, preset: string) => Value,
): readonly Value[] {
  const written = itemsOf(valueAt(options, 'labels')).map((node) => value(node, ''));
  const metadata = valueAt(options, 'metadata');
  const made = metadata ? [toValue(literal('org.opencontainers.image.revision='), 'metadata', metadata.range)] : [];
  return [...written, ...made];
}

function buildArg(text: string, { range }: YamlNode): readonly BuildArg[] {
  const [name = '', ...rest] = text.split('=');
  const value = rest.join('=');
  return name === '' ? [] : [{ name, nameRange: range, range, value: toValue(literal(value), value, range) }];
}
