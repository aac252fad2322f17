import type { MappedText } from '../text/mapped-text.ts';
import { itemsOf, scalarOf, stringOf, valueAt } from '../yaml/access.ts';
import type { YamlNode, YamlScalar } from '../yaml/model.ts';
import { readYamlPart } from '../yaml/read-yaml.ts';
import { readHelmValues } from './helm-values.ts';
import { hasPlaceholder, writtenText } from './image-text.ts';
import type { ManifestImage } from './model.ts';

/** The images that an Application or an ApplicationSet of Argo CD puts into what it deploys. */
export function applicationImages(node: YamlNode, owner: string): readonly ManifestImage[] {
  const specs = [valueAt(node, 'spec'), valueAt(node, 'spec', 'template', 'spec')];
  const sources = specs.flatMap((spec) => {
    const single = valueAt(spec, 'source');
    return [...(single ? [single] : []), ...itemsOf(valueAt(spec, 'sources'))];
  });
  return sources.flatMap((source) => [
    ...itemsOf(valueAt(source, 'kustomize', 'images')).flatMap((image) => kustomizeImage(image, owner) ?? []),
    ...helmImages(valueAt(source, 'helm'), owner),
  ]);
}

/** `name:tag`, `name@digest`, `name=other:tag` */
function kustomizeImage(node: YamlNode, owner: string): ManifestImage | undefined {
  const written = writtenText(node);
  if (!written || hasPlaceholder(written.text)) return undefined;
  const equals = written.text.indexOf('=');
  const image = written.slice(equals + 1);
  if (!/[:@]/.test(image.text.slice(image.text.lastIndexOf('/') + 1))) return undefined;
  return {
    text: image.text,
    range: image.range(),
    parts: equals < 0 ? [] : [written.range(0, equals)],
    owner: `${owner}, image`,
  };
}

function helmImages(helm: YamlNode | undefined, owner: string): readonly ManifestImage[] {
  const object = valueAt(helm, 'valuesObject');
  const text = scalarOf(valueAt(helm, 'values'));
  return [
    ...parameterImages(itemsOf(valueAt(helm, 'parameters')), owner),
    ...(object ? readHelmValues(object, owner) : []),
    ...(text ? inlineValues(text).flatMap((root) => readHelmValues(root, owner)) : []),
  ];
}

/** `image.repository` with `image.tag` or `image.digest`, each a parameter of its own. A tag alone names no image. */
function parameterImages(parameters: readonly YamlNode[], owner: string): readonly ManifestImage[] {
  const values = new Map<string, MappedText>();
  for (const one of parameters) {
    const [name, value] = [stringOf(valueAt(one, 'name')), writtenText(valueAt(one, 'value'))];
    if (name !== undefined && value) values.set(name, value);
  }
  return [...values].flatMap(([name, repository]): readonly ManifestImage[] => {
    const prefix = /^(.*\.)?repository$/.exec(name)?.[1];
    if (prefix === undefined) return [];
    const [tag, digest] = [values.get(`${prefix}tag`), values.get(`${prefix}digest`)];
    const place = tag ?? digest;
    const text = `${repository.text}${tag ? `:${tag.text}` : ''}${digest ? `@${digest.text}` : ''}`;
    if (!place || hasPlaceholder(text)) return [];
    return [{ text, range: place.range(), parts: [repository.range()], owner: `${owner}, parameter ${name}` }];
  });
}

/** The YAML in a block scalar, whose indentation is that of its lines: it reads as it stands. */
function inlineValues({ style, range, text }: YamlScalar): readonly YamlNode[] {
  if (style !== 'literal') return [];
  const { file } = range;
  const start = file.lineStart(file.positionAt(text.range().start).line);
  const body = file.text.slice(start, range.end);
  const { document, problems } = readYamlPart(file, 'syntax/manifest', {
    text: body,
    offset: start,
    repeatedKeys: true,
  });
  return problems.length > 0 ? [] : document.documents;
}
