import { MappedText } from '../text/mapped-text.ts';
import { span } from '../text/source-file.ts';
import { entriesOf, entryOf, itemsOf, stringOf, valueAt } from '../yaml/access.ts';
import type { YamlEntry, YamlNode } from '../yaml/model.ts';
import type { NamedValue, StringValue } from '../workflow/model.ts';
import { givenValue, namedValue, stringValue } from '../workflow/values.ts';
import { composeArtifacts } from './compose-artifacts.ts';
import { distinctImages, wholeImage, writtenText } from './image-text.ts';
import { resolveMergeKeys } from './merge-keys.ts';
import type { ComposeBuild, ComposeService, ManifestImage } from './model.ts';

/** The top-level keys of the Compose specification; a file with none of them is something else. */
const KEYS: ReadonlySet<string> = new Set([
  'services',
  'include',
  'volumes',
  'networks',
  'configs',
  'secrets',
  'models',
]);

export interface ComposeParts {
  readonly services: readonly ComposeService[];
  readonly images: readonly ManifestImage[];
}

export function isCompose(root: YamlNode | undefined): boolean {
  return entriesOf(root).some(({ key }) => KEYS.has(key));
}

/** Reads the services of a compose file; merge keys are resolved, variables `${…}` stay as they are written. */
export function readCompose(root: YamlNode): ComposeParts {
  const resolved = resolveMergeKeys(root);
  const services = entriesOf(valueAt(resolved, 'services'));
  const read = services.map(readService);
  const built = new Set(
    read.flatMap(({ image, build }) => (build ? [image, ...build.tags] : [])).map((image) => image?.value),
  );
  const byName = new Map(services.map((entry) => [entry.key, entry.value]));
  const images = services.flatMap((entry) => imagesOf(entry, byName, built));
  return { services: read, images: distinctImages([...images, ...composeArtifacts(resolved)]) };
}

function readService({ key, keyRange, value }: YamlEntry): ComposeService {
  const image = givenValue(valueAt(value, 'image'));
  const build = readBuild(entryOf(value, 'build'));
  const extended = readExtends(valueAt(value, 'extends'));
  return {
    name: key,
    nameRange: keyRange,
    ...(image && { image }),
    ...(build && { build }),
    ...(extended && { extends: extended }),
    env: variables(valueAt(value, 'environment')),
  };
}

/** `extends: web`, or with a `file` and a `service`. */
function readExtends(node: YamlNode | undefined): ComposeService['extends'] | undefined {
  const service = stringOf(node) ?? stringOf(valueAt(node, 'service'));
  const file = givenValue(valueAt(node, 'file'));
  return service === undefined ? undefined : { service, ...(file && { file }) };
}

function readBuild(entry: YamlEntry | undefined): ComposeBuild | undefined {
  if (!entry || (entry.value.type === 'scalar' && entry.value.value === null)) return undefined;
  const { keyRange, value } = entry;
  const field = (name: string) => givenValue(valueAt(value, name));
  const [dockerfile, dockerfileInline, target] = [field('dockerfile'), field('dockerfile_inline'), field('target')];
  return {
    range: span(keyRange, value.range),
    context: (value.type === 'scalar' ? stringValue(value) : field('context')) ?? defaultContext(entry),
    ...(dockerfile && { dockerfile }),
    ...(dockerfileInline && { dockerfileInline }),
    ...(target && { target }),
    args: variables(valueAt(value, 'args')),
    additionalContexts: variables(valueAt(value, 'additional_contexts')),
    tags: itemsOf(valueAt(value, 'tags')).flatMap((tag) => givenValue(tag) ?? []),
  };
}

/** The folder of the compose file. */
function defaultContext({ keyRange }: YamlEntry): StringValue {
  const { file, start, end } = keyRange;
  const text = new MappedText(file, '.', [{ at: 0, source: start, length: 1, sourceLength: end - start }]);
  return { value: '.', text, range: keyRange };
}

/** `environment`, `args` and the like: a map, or a list of `NAME=value`. */
function variables(node: YamlNode | undefined): readonly NamedValue[] {
  if (node?.type === 'sequence') return node.items.flatMap((item) => listedVariable(item) ?? []);
  return entriesOf(node).flatMap((entry) => {
    const variable = namedValue(entry, entry.value);
    if (!variable) return [];
    return [
      entry.value.type === 'scalar' && entry.value.value === null
        ? { ...variable, inherited: true as const }
        : variable,
    ];
  });
}

function listedVariable(item: YamlNode): NamedValue | undefined {
  const text = writtenText(item);
  if (!text) return undefined;
  const equals = text.text.indexOf('=');
  const nameEnd = equals < 0 ? text.text.length : equals;
  const value = text.slice(equals < 0 ? nameEnd : equals + 1);
  const name = text.text.slice(0, nameEnd);
  return {
    name,
    nameRange: text.range(0, nameEnd),
    value: value.text,
    text: value,
    range: value.range(),
    ...(equals < 0 && { inherited: true }),
  };
}

/** What a service pulls: its image unless this file builds it, image volumes, and contexts that are images. */
function imagesOf(
  { key, value }: YamlEntry,
  services: Services,
  built: ReadonlySet<string | undefined>,
): ManifestImage[] {
  const owner = `service ${key}`;
  const image = pullsImage(value, services, built) ? wholeImage(valueAt(value, 'image'), owner) : undefined;
  const own = image ? [{ ...image, service: key }] : [];
  const volumes = itemsOf(valueAt(value, 'volumes'))
    .filter((volume) => stringOf(valueAt(volume, 'type')) === 'image')
    .map((volume) => wholeImage(valueAt(volume, 'source'), `${owner}, image volume`));
  const contexts = variables(valueAt(value, 'build', 'additional_contexts')).map((context) =>
    contextImage(context, owner),
  );
  return [...own, ...volumes, ...contexts].filter((image) => image !== undefined);
}

type Services = ReadonlyMap<string, YamlNode>;

const PULLING: ReadonlySet<string> = new Set(['always', 'missing', 'if_not_present', 'daily', 'weekly']);

function pullsImage(service: YamlNode, services: Services, built: ReadonlySet<string | undefined>): boolean {
  const policy = stringOf(valueAt(service, 'pull_policy')) ?? '';
  if (policy === 'build' || policy === 'never') return false;
  return (
    PULLING.has(policy) ||
    policy.startsWith('every_') ||
    (!builds(service, services) && !built.has(stringOf(valueAt(service, 'image'))))
  );
}

/** Longer chains of `extends` are not followed. */
const EXTENDS_LIMIT = 20;

/** Whether a service has a `build`, of its own or from the service of this file that it extends. */
function builds(service: YamlNode, services: Services): boolean {
  let at: YamlNode | undefined = service;
  for (let hops = 0; at && hops < EXTENDS_LIMIT; hops++) {
    if (entryOf(at, 'build')) return true;
    const extended = valueAt(at, 'extends');
    if (entryOf(extended, 'file')) return false;
    at = services.get(stringOf(extended) ?? stringOf(valueAt(extended, 'service')) ?? '');
  }
  return false;
}

const IMAGE_CONTEXT = 'docker-image://';

function contextImage({ name, text }: NamedValue, owner: string): ManifestImage | undefined {
  if (!text.text.startsWith(IMAGE_CONTEXT)) return undefined;
  const image = text.slice(IMAGE_CONTEXT.length);
  return { text: image.text.trim(), range: image.range(), parts: [], owner: `${owner}, build context ${name}` };
}
