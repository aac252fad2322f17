import type { ManifestType } from './model.ts';

const COMPOSE = /^(?:docker-)?compose(?:[._-].*)?\.ya?ml$/i;
const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;
const VALUES = /^values(?:[._-].*)?\.ya?ml$/i;
const SKAFFOLD = /^skaffold(?:[._-].*)?\.ya?ml$/i;
const DEVCONTAINER = /(?:^|\/)(?:\.devcontainer\/(?:[^/]+\/)?devcontainer|\.devcontainer)\.json$/;
const WORKFLOW = /(?:^|\/)\.github\/workflows\/[^/]+$/;
/** JSON of which there is much, and which never is a manifest. */
const OTHER_JSON =
  /(?:^|\/)(?:package(?:-lock)?|npm-shrinkwrap|composer|tsconfig[^/]*|jsconfig[^/]*|project|nx|turbo|lerna|deno|angular|renovate|manifest|swagger|openapi|[^/]*\.schema)\.json$|(?:^|\/)(?:locales?|i18n|lang|translations?|node_modules|dashboards?)\//i;

/** The type that a file's name promises; undefined where only its content can tell. */
export function manifestTypeOf(path: string): ManifestType | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (WORKFLOW.test(path)) return undefined;
  if (COMPOSE.test(name)) return 'compose';
  if (KUSTOMIZATION.test(name)) return 'kustomize';
  if (VALUES.test(name)) return 'helm-values';
  if (SKAFFOLD.test(name)) return 'skaffold';
  return DEVCONTAINER.test(path) ? 'devcontainer' : undefined;
}

/** Whether a file can be a manifest: by its name, or as YAML or JSON whose content `sniffManifest` has to look at. */
export function isManifestPath(path: string): boolean {
  if (manifestTypeOf(path) !== undefined) return true;
  if (path.endsWith('.json')) return !OTHER_JSON.test(path);
  return /\.ya?ml$/i.test(path) && !WORKFLOW.test(path);
}

/** Whether it is worth reading as a manifest: by its name, or by the keys of its text. */
export function sniffManifest(path: string, text: string): boolean {
  if (isTemplate(path, text)) return false;
  return manifestTypeOf(path) !== undefined || sniffedType(path, text) !== undefined;
}

/** What the text of a file looks like whose name tells nothing. */
export function sniffedType(path: string, text: string): 'kubernetes' | 'compose' | 'task-definition' | undefined {
  if (looksLikeResource(path, text)) return 'kubernetes';
  if (looksLikeTaskDefinition(text)) return 'task-definition';
  return looksLikeCompose(path, text) ? 'compose' : undefined;
}

function looksLikeResource(path: string, text: string): boolean {
  if (path.endsWith('.json')) return /"apiVersion"\s{0,20}:/.test(text) && /"kind"\s{0,20}:/.test(text);
  return /^apiVersion:/m.test(text) && /^kind:/m.test(text);
}

function looksLikeTaskDefinition(text: string): boolean {
  return (
    text.includes('containerDefinitions') &&
    /["']?containerDefinitions["']?\s{0,20}:/.test(text) &&
    /\bimage\b/.test(text)
  );
}

/** Services as a map, with an image or a build in one of them; other files with the key have a list or other things there. */
function looksLikeCompose(path: string, text: string): boolean {
  return (
    /\.ya?ml$/i.test(path) &&
    /^services:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]+["']?[\w.-]+["']?:[ \t]*(?:#.*|&\S+)?\r?$/m.test(
      text,
    ) &&
    /^[ \t]+(?:image|build):/m.test(text)
  );
}

/** A Helm template, which is no YAML before it is rendered. */
export function isTemplate(path: string, text: string): boolean {
  return /(?:^|\/)templates\//.test(path) && text.includes('{{');
}
