import type { ManifestType } from './model.ts';

const COMPOSE = /^(?:docker-)?compose(?:[._-].*)?\.ya?ml$/i;
const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;
const VALUES = /^values(?:[._-].*)?\.ya?ml$/i;
const DEVCONTAINER = /(?:^|\/)(?:\.devcontainer\/(?:[^/]+\/)?devcontainer|\.devcontainer)\.json$/;
const WORKFLOW = /(?:^|\/)\.github\/workflows\/[^/]+$/;

/** The type that a file's name promises; undefined where only its content can tell. */
export function manifestTypeOf(path: string): ManifestType | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (WORKFLOW.test(path)) return undefined;
  if (COMPOSE.test(name)) return 'compose';
  if (KUSTOMIZATION.test(name)) return 'kustomize';
  if (VALUES.test(name)) return 'helm-values';
  return DEVCONTAINER.test(path) ? 'devcontainer' : undefined;
}

/** Whether a file can be a manifest: by its name, or as a YAML file whose content `sniffManifest` has to look at. */
export function isManifestPath(path: string): boolean {
  return manifestTypeOf(path) !== undefined || (/\.ya?ml$/i.test(path) && !WORKFLOW.test(path));
}

/** Whether it is worth reading as a manifest: by its name, or as a Kubernetes resource by the keys of its text. */
export function sniffManifest(path: string, text: string): boolean {
  if (isTemplate(path, text)) return false;
  return manifestTypeOf(path) !== undefined || looksLikeResource(text);
}

function looksLikeResource(text: string): boolean {
  return /^apiVersion:/m.test(text) && /^kind:/m.test(text);
}

/** A Helm template, which is no YAML before it is rendered. */
export function isTemplate(path: string, text: string): boolean {
  return /(?:^|\/)templates\//.test(path) && text.includes('{{');
}
