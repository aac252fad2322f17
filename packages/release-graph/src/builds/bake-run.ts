import type { Range } from '@plimsoll/documents';
import { readBakeFiles } from '../bake/bake-file.ts';
import type { BakeFile } from '../bake/bake-file.ts';
import { bakeTargets } from '../bake/bake-targets.ts';
import type { BakeTarget, NamedPlaced, Override, Placed } from '../bake/bake-targets.ts';
import { readText } from '../commands/script-files.ts';
import { isMetadataAction, metadataOutput } from '../lanes/metadata-action.ts';
import type { BuildArg, Documents, Link, Origin, Value } from '../model.ts';
import { formTexts } from '../values/index.ts';
import { literal } from '../values/resolved.ts';
import { toValue } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';
import { outputName, outputOf } from './build-push-action.ts';
import type { FoundBuild, NamedContext, Place, ProvenanceSetting } from './found.ts';
import { normalise, partly, resolveContext } from './paths.ts';
import type { Base } from './paths.ts';
import { attestSetting, noDefault } from './provenance-setting.ts';
import { compose, inFolder, linkSources } from './sources.ts';
import { exporterOf } from './exporters.ts';
import { eitherSbom, sbomAttest } from './sbom-setting.ts';
import type { SbomSetting } from './sbom-setting.ts';
import { stepsBefore } from './workspace.ts';

/** One call of bake, whichever way it is written. */
export interface BakeRun {
  readonly how: 'bake-action' | 'bake' | 'command';
  /** Undefined for a bake file that nothing calls: each target is its own. */
  readonly range?: Range;
  readonly origin: Origin;
  readonly place: Place;
  readonly base: Base;
  readonly reason?: string;
  readonly scope: ValueScope;
  /** Undefined for a name that is not known. */
  readonly files: readonly (string | undefined)[];
  /** Undefined for one that is not known. */
  readonly targets: readonly (string | undefined)[];
  readonly overrides: readonly Override[];
  /** The definition is read from Git, so its paths are those of the Git context. */
  readonly git: boolean;
  readonly pushes: boolean | 'unknown';
  readonly pushRange?: Range;
  readonly provenance?: ProvenanceSetting;
  readonly sbom: SbomSetting;
}

/** What buildx reads where no file is named. */
export const defaultBakeFiles = [
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
];

/** The bake files of a folder, merged; undefined where there is none. */
export function bakeFilesOf({ tree }: Documents, folder: string, paths: readonly string[]): BakeFile | undefined {
  return readBakeFiles(
    paths
      .filter((path) => /\.(?:hcl|json)$/.test(path))
      .flatMap((path) => readText(tree, normalise(inFolder(folder, path)) ?? '') ?? []),
  );
}

/** The builds of one call: one for each target. */
export function bakeBuilds(documents: Documents, run: BakeRun): readonly FoundBuild[] {
  const paths = run.files.length > 0 ? run.files.flatMap((file) => file ?? []) : defaultBakeFiles;
  const bake = bakeFilesOf(documents, run.base.folder, paths);
  const names = run.targets.flatMap((name) => name ?? []);
  if (names.length < run.targets.length) {
    const all = bake
      ? bakeTargets(bake, [...bake.targets.keys()], run.overrides, (name) => run.scope.variable(name))
      : [];
    return unreadBuild(run, 'which targets are built is not known before the run', all);
  }
  const targets = bake ? bakeTargets(bake, names, run.overrides, (name) => run.scope.variable(name)) : [];
  if (targets.length === 0) {
    const reason = bake
      ? 'its targets are not in the bake files of the repository'
      : 'no bake file of the repository is read';
    return unreadBuild(run, reason);
  }
  const bakeFiles = paths.flatMap((path) => normalise(inFolder(run.base.folder, path)) ?? []);
  return targets.flatMap((target) =>
    targetBuilds(documents, run, target).map((build) => ({ ...build, bakeFiles, bakeTarget: target.name })),
  );
}

/** The call as a whole, where its targets are not known. */
function unreadBuild(run: BakeRun, reason: string, targets: readonly BakeTarget[] = []): readonly FoundBuild[] {
  if (!run.range) return [];
  const opaque: Link<never> = { status: 'opaque', reason };
  const output = run.overrides
    .filter((one) => one.key === 'output')
    .map((one) => outputOf(valueOf({ value: one.value, range: one.range })));
  return [
    {
      ...common(run, run.range),
      dockerfile: opaque,
      context: opaque,
      buildArgs: [...targets.flatMap(({ args }) => args.map(buildArg)), ...run.overrides.flatMap(overriddenArg)],
      namedContexts: [],
      tags: run.overrides.filter((one) => /^tags\+?$/.test(one.key)).map(valueOf),
      outputNames: [],
      labels: [],
      pushes: output.some((one) => one.pushes === true) || run.pushes,
      byDigest: output.some((one) => one.byDigest),
      provenance: run.provenance ?? noDefault(run.scope) ?? { state: 'default' },
      sbom: run.overrides.some(({ key }) => key.startsWith('attest')) ? eitherSbom(run.sbom, 'unknown') : run.sbom,
    },
  ];
}

function common(run: BakeRun, range: Range): Pick<FoundBuild, 'how' | 'range' | 'origin' | 'place' | 'pushRange'> {
  const { how, origin, place, pushRange } = run;
  return { how, range, origin, place, ...(pushRange && { pushRange }) };
}

function targetBuilds(documents: Documents, run: BakeRun, target: BakeTarget): readonly FoundBuild[] {
  const outputs = target.output.map(valueOf);
  const kinds = outputs.map(outputOf);
  const pushes = (run.range !== undefined && kinds.some((one) => one.pushes === true)) || run.pushes;
  const tags = [...target.tags.map(valueOf), ...metadataTags(run, target)];
  const stage = target.target && valueOf(target.target);
  const exporter = outputs.flatMap((output) => exporterOf(output, output.range) ?? [])[0];
  return sourcesOf(documents, run, target).map((sources) => ({
    ...common(run, run.range ?? target.range),
    ...sources,
    ...(target.context && { contextRange: target.context.range }),
    ...(stage && { target: stage }),
    buildArgs: target.args.map(buildArg),
    namedContexts: target.contexts.flatMap((one) => namedContext(one, run.base)),
    tags,
    outputNames: outputs.flatMap((output) => outputName(output) ?? []),
    labels: target.labels.map(labelOf),
    pushes,
    byDigest: kinds.some((one) => one.byDigest),
    provenance: run.provenance ??
      attestSetting(target.attest.map((one) => ({ text: formTexts(one.value).join(' '), range: one.range }))) ??
      noDefault(run.scope) ?? { state: 'default' },
    sbom: eitherSbom(run.sbom, sbomAttest(target.attest.map(({ value }) => formTexts(value).join(' ')))),
    annotations: target.annotations.map(valueOf),
    ...(exporter && { exporter }),
  }));
}

function valueOf({ value, range }: Placed): Value {
  return toValue(value, formTexts(value).join('\n'), range);
}

function sourcesOf(documents: Documents, run: BakeRun, target: BakeTarget): ReturnType<typeof linkSources> {
  const context = target.context ? valueOf(target.context) : toValue(literal('.'), '.', target.range);
  const file = target.dockerfile && valueOf(target.dockerfile);
  const found = linkSources(documents, context, file, run.base, compose);
  return found.map(({ context: link, dockerfile }) => ({
    context: partly(run.git ? inGit(link) : link, run.reason),
    dockerfile: target.inline
      ? { status: 'opaque', reason: 'the Dockerfile stands in the bake file' }
      : partly(dockerfile, run.reason),
  }));
}

/** A definition that is read from Git has its local contexts there. */
function inGit(link: FoundBuild['context']): FoundBuild['context'] {
  if (link.status === 'opaque' || link.target.kind !== 'local') return link;
  const { folder } = link.target;
  return {
    ...link,
    target: { kind: 'git', url: folder === '' ? '{{defaultContext}}' : `{{defaultContext}}:${folder}` },
  };
}

/** Tags of `docker-metadata-action`, a target that metadata-action fills. */
function metadataTags({ place, files }: BakeRun, target: BakeTarget): readonly Value[] {
  const { step } = place;
  if (!step || target.tags.length > 0 || !files.includes(undefined)) return [];
  return stepsBefore(step)
    .filter(isMetadataAction)
    .flatMap((one) => {
      const tags = metadataOutput(one, 'tags');
      return tags ? [toValue(tags, '${{ steps.meta.outputs.bake-file }}', one.step.uses?.range ?? one.step.range)] : [];
    })
    .slice(-1);
}

function buildArg({ name, nameRange, value, range }: NamedPlaced): BuildArg {
  return { name, nameRange, range, value: toValue(value, formTexts(value).join('\n'), range) };
}

/** `*.args.NAME=value`, where the target that takes it is not known. */
function overriddenArg({ key, value, range }: Override): readonly BuildArg[] {
  const name = /^args\.(\w+)$/.exec(key)?.[1];
  return name === undefined ? [] : [buildArg({ name, nameRange: range, value, range })];
}

function labelOf({ name, value, range }: NamedPlaced): Value {
  return toValue({ ...value, forms: value.forms.map((form) => [`${name}=`, ...form]) }, name, range);
}

function namedContext({ name, value, range }: NamedPlaced, base: Base): readonly NamedContext[] {
  const [form] = value.forms;
  const source = form && resolveContext(form, base);
  return source && source.status !== 'opaque' ? [{ name, source: source.target, range }] : [];
}
