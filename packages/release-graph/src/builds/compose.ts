import { MappedText, textOf } from '@plimsoll/documents';
import type { ComposeBuild, ComposeService, Manifest, NamedValue, StringValue } from '@plimsoll/documents';
import { folderOf, readText } from '../commands/script-files.ts';
import type { BuildArg, Documents, Value } from '../model.ts';
import { expandCompose, readDotEnv } from '../values/compose.ts';
import type { Lookup } from '../values/compose.ts';
import { literal } from '../values/resolved.ts';
import { environmentOf } from '../values/shell.ts';
import { toValue } from '../values/value.ts';
import type { CallSite } from './call-sites.ts';
import type { FoundBuild, NamedContext, ProvenanceSetting } from './found.ts';
import { provenanceSetting } from './provenance-setting.ts';
import { resolveContext } from './paths.ts';
import { sbomOfOptions } from './command-build.ts';
import { eitherSbom, sbomSetting } from './sbom-setting.ts';
import type { SbomSetting } from './sbom-setting.ts';
import { compose, linkSources } from './sources.ts';
import type { Sources } from './sources.ts';

/** The builds of a compose file, as `docker compose build` makes them; `site`: the call, where one is known. */
export function composeBuilds(documents: Documents, manifest: Manifest, site?: CallSite): readonly FoundBuild[] {
  const lookup = composeLookup(documents, manifest, site);
  return manifest.services.flatMap((service) =>
    service.build ? serviceBuilds(documents, manifest, service, service.build, lookup, site) : [],
  );
}

/** The variables of the shell that calls compose, then those of `.env` beside the file. */
export function composeLookup(documents: Documents, manifest: Manifest, site?: CallSite): Lookup {
  const folder = folderOf(manifest.file.path);
  const file = readText(documents.tree, folder === '' ? '.env' : `${folder}/.env`);
  const dotEnv = file && readDotEnv(MappedText.of(file.range()));
  const environment = site && environmentOf(site.call.command, site.scope);
  return (name) => environment?.variable(name) ?? dotEnv?.get(name);
}

function serviceBuilds(
  documents: Documents,
  manifest: Manifest,
  service: ComposeService,
  build: ComposeBuild,
  lookup: Lookup,
  site: CallSite | undefined,
): readonly FoundBuild[] {
  const base = { folder: folderOf(manifest.file.path), checkouts: [] };
  const value = (given: StringValue): Value => toValue(expandCompose(given.value, lookup), given.value, given.range);
  const target = build.target && value(build.target);
  const { callers, ...around } = site?.origin ?? { callers: [] };
  const sources = build.dockerfileInline
    ? inlineSources(value(build.context), base)
    : linkSources(documents, value(build.context), build.dockerfile && value(build.dockerfile), base, compose);
  return sources.map((one) => ({
    how: 'compose',
    range: build.range,
    origin: { ...around, manifest, service, callers },
    place: site?.place ?? {},
    ...one,
    contextRange: build.context.range,
    ...(target && { target }),
    buildArgs: build.args.map((argument) => buildArg(argument, lookup, value)),
    namedContexts: build.additionalContexts.flatMap((one) => namedContext(one, value(one), base)),
    tags: [...(service.image ? [value(service.image)] : []), ...build.tags.map(value)],
    outputNames: [],
    labels: composeLabels(build),
    pushes: false,
    byDigest: false,
    provenance: composeProvenance(build),
    sbom: composeSbom(build, site),
  }));
}

/** `provenance:` of the build. */
function composeProvenance({ range }: ComposeBuild): ProvenanceSetting {
  const text = textOf(range);
  const written = /^[ \t]*provenance:[ \t]*(\S.*)$/m.exec(text);
  if (!written?.[1]) return { state: 'default' };
  const start = range.start + written.index + written[0].length - written[1].length;
  const value = written[1].replace(/[ \t]#.*$/, '').trimEnd();
  return provenanceSetting(value.replaceAll(/["']/g, ''), range.file.range(start, start + value.length));
}

/** `sbom:` of the build, or `--sbom` of the call. */
function composeSbom({ range }: ComposeBuild, site: CallSite | undefined): SbomSetting {
  const written = /^[ \t]*sbom:[ \t]*(\S.*)$/m.exec(textOf(range))?.[1];
  const own = sbomSetting(written === undefined ? undefined : toValue(literal(written), written, range));
  return site?.call.does === 'compose' ? eitherSbom(own, sbomOfOptions(site.call, site.scope)) : own;
}

/** What `labels:` of the build says of the source, as it is written. */
function composeLabels({ range }: ComposeBuild): readonly Value[] {
  return [...textOf(range).matchAll(/org\.opencontainers\.image\.\w+/g)].map(([name]) =>
    toValue(literal(`${name}=`), name, range),
  );
}

function inlineSources(context: Value, base: Parameters<typeof resolveContext>[1]): readonly Sources[] {
  return [
    {
      context: resolveContext(context.forms[0] ?? ['.'], base),
      dockerfile: { status: 'opaque', reason: 'the Dockerfile stands in the compose file' },
    },
  ];
}

function buildArg(argument: NamedValue, lookup: Lookup, value: (given: StringValue) => Value): BuildArg {
  const { name, nameRange, range } = argument;
  const whole = {
    file: range.file,
    start: Math.min(nameRange.start, range.start),
    end: Math.max(nameRange.end, range.end),
  };
  if (!argument.inherited) return { name, nameRange, range: whole, value: value(argument) };
  return { name, nameRange, range: whole, inherited: toValue(lookup(name) ?? literal(''), name, nameRange) };
}

function namedContext(
  { name, range }: NamedValue,
  value: Value,
  base: Parameters<typeof resolveContext>[1],
): readonly NamedContext[] {
  const [form] = value.forms;
  const source = form && resolveContext(form, base);
  return source && source.status !== 'opaque' ? [{ name, source: source.target, range }] : [];
}
