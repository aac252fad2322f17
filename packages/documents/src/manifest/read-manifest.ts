import type { Problem, Reading, SourceFile } from '../text/source-file.ts';
import { stringOf, valueAt } from '../yaml/access.ts';
import type { YamlFile, YamlNode } from '../yaml/model.ts';
import { readYamlPart } from '../yaml/read-yaml.ts';
import type { PartReading } from '../yaml/read-yaml.ts';
import { MAX_TOKENS } from '../yaml/tokens.ts';
import { isCompose, readCompose } from './compose.ts';
import { isTemplate, manifestTypeOf, sniffedType } from './detect.ts';
import { readDevcontainer, readJsonWithComments } from './devcontainer.ts';
import { splitDocuments } from './documents.ts';
import { readHelmValues } from './helm-values.ts';
import { isResource, readResource } from './kubernetes.ts';
import { readKustomization } from './kustomize.ts';
import type { Manifest, ManifestType } from './model.ts';
import { readSkaffold } from './skaffold.ts';
import { readTaskDefinition } from './task-definition.ts';

/**
 * Reads a file that names images. Its name and its content decide whether it is one: undefined where it is none, and for
 * Helm templates. Broken YAML is a problem only where the name alone says what the file is.
 */
export function readManifest(file: SourceFile): Reading<Manifest> | undefined {
  if (isTemplate(file.path, file.text)) return undefined;
  const type = manifestTypeOf(file.path);
  if (type !== undefined) return readNamed(file, type);
  const sniffed = sniffedType(file.path, file.text);
  if (sniffed === 'kubernetes') return readResources(file);
  return sniffed && readSniffed(file, sniffed);
}

type Parts = Partial<Pick<Manifest, 'images' | 'services'>>;

/** What each type holds; undefined where the content says that it is none of it. */
const READERS: Readonly<Record<ManifestType, (root: YamlNode) => Parts | undefined>> = {
  compose: (root) => (isCompose(root) ? readCompose(root) : undefined),
  kustomize: (root) => ({ images: readKustomization(root) }),
  'helm-values': (root) => (root.type === 'map' && !isResource(root) ? { images: readHelmValues(root) } : undefined),
  devcontainer: (root) => ({ images: readDevcontainer(root) }),
  skaffold: (root) => (isResource(root) ? { images: readSkaffold(root) } : undefined),
  'task-definition': (root) => {
    const images = readTaskDefinition(root);
    return images && { images };
  },
  kubernetes: (root) => ({ images: readResource(root) }),
  bake: () => undefined,
};

function readNamed(file: SourceFile, type: ManifestType): Reading<Manifest> | undefined {
  const { document, problems } = readNamedYaml(file, type);
  const roots = document.documents.filter((root) => root.type !== 'scalar' || root.value !== null);
  const [root] = roots;
  if (problems.length > 0) return isGenerated(file.text) ? undefined : broken(file, type, roots, problems);
  if (!root) return undefined;
  if (type === 'helm-values' && isResource(root)) return readResources(file);
  const parts = READERS[type](root);
  return parts && { document: manifestOf(file, type, roots, parts), problems };
}

/** A file that only its content makes a manifest: one that is broken is something else. */
function readSniffed(file: SourceFile, type: 'compose' | 'task-definition'): Reading<Manifest> | undefined {
  const { document, problems } = readYamlPart(file, 'syntax/manifest', { text: file.text, offset: 0 });
  const [root] = document.documents;
  const parts = root && problems.length === 0 ? READERS[type](root) : undefined;
  const isOne = type !== 'compose' || parts?.services?.some(({ image, build }) => image ?? build);
  return parts && isOne ? { document: manifestOf(file, type, document.documents, parts), problems: [] } : undefined;
}

function readNamedYaml(file: SourceFile, type: ManifestType): Reading<YamlFile> {
  if (type === 'devcontainer') return readJsonWithComments(file, 'syntax/manifest');
  return readYamlPart(file, 'syntax/manifest', {
    text: file.text,
    offset: 0,
    ...(type === 'helm-values' && { repeatedKeys: true }),
  });
}

/** Text of a template engine or generator, which becomes YAML later. */
function isGenerated(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('<%');
}

function broken(
  file: SourceFile,
  type: ManifestType,
  roots: readonly YamlNode[],
  problems: readonly Problem[],
): Reading<Manifest> {
  const [root] = roots;
  return { document: manifestOf(file, type, roots, (root && READERS[type](root)) ?? {}), problems };
}

function manifestOf(
  file: SourceFile,
  type: ManifestType,
  roots: readonly YamlNode[],
  { images = [], services = [] }: Parts,
): Manifest {
  return { kind: 'manifest', type, file, images, services, roots };
}

/**
 * Reads Kubernetes resources. Each document is read by itself, so that a broken one does not hide the others; custom
 * resource definitions, the largest of all, hold no image and are skipped. What is too large is refused with a problem.
 */
function readResources(file: SourceFile): Reading<Manifest> | undefined {
  const readings = readParts(file);
  const roots = readings.flatMap(({ document }) => document.documents).filter(isResource);
  const problems = readings.flatMap((reading) => (reading.refused ? reading.problems : []));
  if (roots.length === 0 && problems.length === 0) return undefined;
  const type = roots.length > 0 && roots.every(isKustomization) ? 'kustomize' : 'kubernetes';
  const images = roots.flatMap((root) => (isKustomization(root) ? readKustomization(root) : readResource(root)));
  return { document: manifestOf(file, type, roots, { images }), problems };
}

/** Reads the documents until the tokens that one file may have are used up; that is then the problem of the last one. */
function readParts(file: SourceFile): readonly PartReading[] {
  const readings: PartReading[] = [];
  let left = MAX_TOKENS;
  for (const part of splitDocuments(file.text)) {
    if (/^kind:[ \t]*CustomResourceDefinition\b/m.test(part.text)) continue;
    const reading = readYamlPart(file, 'syntax/manifest', part, left);
    readings.push(reading);
    left -= reading.tokens;
    if (left < 0) break;
  }
  return readings;
}

function isKustomization(root: YamlNode): boolean {
  return stringOf(valueAt(root, 'apiVersion'))?.startsWith('kustomize.config.k8s.io/') === true;
}
