import { firstLine, lastOption, optionValues } from '@plimsoll/documents';
import type { BuildArg, Documents, Value } from '../model.ts';
import type { BuildCall, NamedOption } from '../tools/index.ts';
import { append, literal, onlyValue } from '../values/resolved.ts';
import { environmentOf, evaluateWord } from '../values/shell.ts';
import { toValue } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';
import { booleanOf, outputName, outputOf } from './build-push-action.ts';
import type { CallSite } from './call-sites.ts';
import type { FoundBuild, NamedContext, ProvenanceSetting } from './found.ts';
import { exporterOf, loads } from './exporters.ts';
import type { Exporter } from './exporters.ts';
import { partly, resolveContext } from './paths.ts';
import { eitherSbom, sbomAttest, sbomSetting } from './sbom-setting.ts';
import type { SbomSetting } from './sbom-setting.ts';
import { attestSetting, noDefault, provenanceSetting } from './provenance-setting.ts';
import { docker, linkSources, podman } from './sources.ts';
import type { SourceRules, Sources } from './sources.ts';

/** The builds of a `docker build`, `buildx build`, `podman build`, `buildah` or kaniko command. */
export function commandBuilds(documents: Documents, site: CallSite): readonly FoundBuild[] {
  const { call, scope } = site;
  if (call.does !== 'build' || !(call.engine in rules)) return [];
  const { pushes, byDigest } = pushOf(call, scope);
  const context = call.context && evaluateWord(call.context, scope);
  const target = call.target && evaluateWord(call.target, scope);
  const exporter = exporterIn(call, scope);
  return sourcesOf(documents, site, call, context).map((sources) => ({
    how: 'command',
    range: firstLine(call.command.range),
    origin: site.origin,
    place: site.place,
    ...sources,
    ...(call.context && { contextRange: call.context.range }),
    ...(target && { target }),
    buildArgs: call.buildArgs.map((argument) => buildArg(argument, scope, environmentOf(call.command, scope))),
    namedContexts: call.buildContexts.flatMap((one) => namedContext(one, site)),
    tags: call.tags.map((tag) => inRegistry(call, evaluateWord(tag, scope), scope)),
    outputNames: call.outputs.flatMap((output) => outputName(evaluateWord(output, scope)) ?? []),
    labels: call.labels.flatMap((label) => (label.value ? [labelValue(label, scope)] : [])),
    pushes,
    ...(call.pushOption && { pushRange: call.pushOption.range }),
    byDigest,
    provenance: provenanceOf(call, scope),
    sbom: sbomOfOptions(call, scope),
    annotations: annotationsOf(call, scope),
    ...(exporter && { exporter }),
  }));
}

/** `az acr build -r acme -t api:1` names the image in the registry alone. */
function inRegistry({ engine, options }: BuildCall, tag: Value, scope: ValueScope): Value {
  const registry = engine === 'acr' ? optionValues({ options }, 'registry').at(-1) : undefined;
  if (!registry) return tag;
  const hosts = evaluateWord(registry, scope).forms.map((form) => append(form, ['.azurecr.io/']));
  return { ...tag, forms: hosts.flatMap((host) => tag.forms.map((form) => append(host, form))) };
}

/** BuildKit's command line and those alike; the others read no Dockerfile. */
const rules: Readonly<Partial<Record<BuildCall['engine'], SourceRules>>> = {
  docker,
  podman,
  buildah: podman,
  kaniko: { fileFrom: 'context', names: ['Dockerfile'] },
  acr: { fileFrom: 'context', names: ['Dockerfile'] },
  gcloud: { fileFrom: 'context', names: ['Dockerfile'] },
};

function sourcesOf(
  documents: Documents,
  site: CallSite,
  call: BuildCall,
  context: Value | undefined,
): readonly Sources[] {
  const rule = rules[call.engine] ?? docker;
  if (!context) {
    const reason = 'no context is given';
    return [{ context: { status: 'opaque', reason }, dockerfile: { status: 'opaque', reason } }];
  }
  const file = call.file && evaluateWord(call.file, site.scope);
  const found = linkSources(documents, notGit(context), file, site.base, rule);
  const { scriptFolder } = site.base;
  const missing = found.every((one) => one.dockerfile.status === 'opaque');
  const beside =
    missing && site.reason !== undefined && scriptFolder !== undefined
      ? linkSources(documents, notGit(context), file, { ...site.base, folder: scriptFolder }, rule)
      : [];
  const better = beside.filter((one) => one.dockerfile.status !== 'opaque');
  return (better.length > 0 ? better : found).map((one) => ({
    context: partly(one.context, site.reason),
    dockerfile: partly(one.dockerfile, site.reason),
  }));
}

/** An empty context is the Git context for the action alone; for a command it is the folder itself. */
function notGit(context: Value): Value {
  return { ...context, forms: context.forms.map((form) => (form.length === 0 ? ['.'] : form)) };
}

function pushOf(call: BuildCall, scope: ValueScope): Pick<FoundBuild, 'pushes' | 'byDigest'> {
  const outputs = call.outputs.map((output) => outputOf(evaluateWord(output, scope)));
  const byDigest = outputs.some((output) => output.byDigest);
  if (call.pushes !== 'unknown') return { pushes: call.pushes, byDigest };
  const value = call.pushOption?.value;
  if (!value) return { pushes: 'unknown', byDigest };
  if (outputs.some((output) => output.pushes === true)) return { pushes: true, byDigest };
  return { pushes: call.pushOption?.name === 'push' ? booleanOf(evaluateWord(value, scope)) : 'unknown', byDigest };
}

export function buildArg(
  { name, nameRange, value, range }: NamedOption,
  scope: ValueScope,
  environment: ValueScope,
): BuildArg {
  if (value) return { name, nameRange, range, value: evaluateWord(value, scope) };
  return { name, nameRange, range, inherited: toValue(environment.variable(name) ?? literal(''), name, range) };
}

function labelValue({ name, value, range }: NamedOption, scope: ValueScope): Value {
  const text = value && evaluateWord(value, scope);
  const forms = (text?.forms ?? [[]]).map((form) => [`${name}=`, ...form]);
  return toValue(
    { forms, secrets: text?.secrets ?? [], definitions: text?.definitions ?? [] },
    `${name}=${text?.written ?? ''}`,
    range,
  );
}

function namedContext({ name, value, range }: NamedOption, site: CallSite): readonly NamedContext[] {
  const [form] = value ? evaluateWord(value, site.scope).forms : [];
  const source = form && resolveContext(form, site.base);
  return source && source.status !== 'opaque' ? [{ name, source: source.target, range }] : [];
}

/** `--provenance`, `--attest`, then the environment, then what the engine does by itself. */
function provenanceOf(call: BuildCall, scope: ValueScope): ProvenanceSetting {
  if (call.engine !== 'docker') return { state: 'never' };
  const given = call.attestations.findLast((option) => option.name === 'provenance');
  if (given)
    return provenanceSetting(
      given.value ? (onlyValue(evaluateWord(given.value, scope)) ?? 'true') : 'true',
      given.range,
    );
  const attests = call.attestations.flatMap((option) =>
    option.name === 'attest' && option.value ? [{ text: option.value.text, range: option.range }] : [],
  );
  const asked = attestSetting(attests);
  if (asked) return asked;
  if (isLegacy(scope)) return { state: 'never' };
  return noDefault(environmentOf(call.command, scope)) ?? { state: 'default' };
}

/** `--sbom`, `--sbom=generator=…`, `--attest type=sbom`; also of bake and compose. */
export function sbomOfOptions({ attestations }: Pick<BuildCall, 'attestations'>, scope: ValueScope): SbomSetting {
  const given = attestations.findLast(({ name }) => name === 'sbom');
  const attests = attestations.flatMap(({ name, value }) => (name === 'attest' && value ? [value.text] : []));
  const own = given && (given.value ? sbomSetting(evaluateWord(given.value, scope)) : true);
  return eitherSbom(own ?? false, sbomAttest(attests));
}

function annotationsOf({ options }: BuildCall, scope: ValueScope): readonly Value[] {
  return optionValues({ options }, 'annotation', 'image-annotation').map((word) => evaluateWord(word, scope));
}

function exporterIn({ options, outputs }: BuildCall, scope: ValueScope): Exporter | undefined {
  const written = outputs.flatMap((word) => exporterOf(evaluateWord(word, scope), word.range) ?? []);
  const load = lastOption({ options }, 'load');
  return written[0] ?? (load && load.value?.text !== 'false' ? loads(load.range) : undefined);
}

/** `DOCKER_BUILDKIT=0`: the builder before BuildKit. */
function isLegacy(scope: ValueScope): boolean {
  const value = scope.variable('DOCKER_BUILDKIT');
  return value !== undefined && onlyValue(value) === '0';
}
