import type { MappedText } from '@plimsoll/documents';
import { inFolder } from '../builds/sources.ts';
import { normalise } from '../builds/paths.ts';
import { readText } from '../commands/script-files.ts';
import type { Deployment, Documents } from '../model.ts';
import type { DeployCall } from '../tools/index.ts';
import { onlyValue } from '../values/resolved.ts';
import { evaluateWord } from '../values/shell.ts';
import type { FoundDeployment, NamedImage } from './found.ts';
import { composeImages } from './filled.ts';
import { imagesOf } from './images.ts';
import { filesAt } from './inside.ts';
import { subjectOf } from '../verifications/index.ts';
import { evaluateTemplate } from './template.ts';
import type { ToolUse } from './tool-uses.ts';

/** What a command deploys; nothing where it only tries. */
export function deploymentOfUse(documents: Documents, use: ToolUse): readonly FoundDeployment[] {
  const { call, scope, origin, place, range } = use;
  if (call.does !== 'deploy') return [];
  const piped = call.dryRun && feedsApply(use);
  if (call.dryRun && !piped) return [];
  const images = [...imagesOf(call.images, scope), ...inHereDocuments(use), ...composeImages(documents, use)];
  const { tool, platform, effect } = call;
  return [
    {
      how: tool,
      platform,
      effect: piped ? 'files' : effect,
      of: call.of === 'images' && images.length === 0 ? carries(documents, use, call) : call.of,
      range,
      origin,
      place,
      images,
    },
  ];
}

/** `kubectl create … --dry-run=client -o yaml | kubectl apply -f -` */
function feedsApply({ call, script }: ToolUse): boolean {
  const { pipeline } = call.command;
  const behind = pipeline?.commands.slice(pipeline.position + 1) ?? [];
  return behind.some((index) => script.commands[index]?.words.some((word) => word.text === 'apply'));
}

const imageLine = /^[ \t-]*["']?image["']?:[ \t]*["']?((?:\$\{\{[^}\n]*\}\}|[^\s"'#])(?:\$\{\{[^}\n]*\}\}|[^\s"'])*)/gm;

/** The texts that standard input holds, as far as they are written in the script. */
function inputTexts({ call, script }: ToolUse): readonly { text: MappedText; expands: boolean }[] {
  const before = call.command.pipeline?.commands.slice(0, call.command.pipeline.position) ?? [];
  const commands = [call.command, ...before.flatMap((index) => script.commands[index] ?? [])];
  return commands.flatMap(({ redirections }) =>
    redirections.flatMap(({ body, expands }) => (body ? [{ text: body, expands: expands !== false }] : [])),
  );
}

function inHereDocuments(use: ToolUse): readonly NamedImage[] {
  return inputTexts(use).flatMap(({ text, expands }) =>
    [...text.text.matchAll(imageLine)].map((match) => {
      const written = match[1] ?? '';
      const start = match.index + match[0].length - written.length;
      const place = text.slice(start, start + written.length);
      return subjectOf(evaluateTemplate(place, use.scope, expands));
    }),
  );
}

/** Whether what a command without an image of its own deploys holds images: `code` where it surely holds none. */
function carries(documents: Documents, use: ToolUse, call: DeployCall): Deployment['of'] {
  if (/^helm /.test(call.tool)) return carriesChart(documents, use, call);
  if (!/^kubectl (?:apply|create)$|replace$/.test(call.tool) || call.sources.length === 0) return 'images';
  const each = call.sources.map((word) => {
    const path = onlyValue(evaluateWord(word, use.scope));
    if (path === '-' || path === '/dev/stdin') return ofInput(use);
    if (path === undefined) return 'images';
    return /^https?:/.test(path) ? 'code' : ofPath(documents, use, path);
  });
  return each.includes('images') ? 'images' : 'code';
}

/** Charts of others, by the name of a repository that was added, are infrastructure. */
function carriesChart({ tree }: Documents, use: ToolUse, call: DeployCall): Deployment['of'] {
  const [chart] = call.sources;
  const path = chart && onlyValue(evaluateWord(chart, use.scope));
  if (path === undefined || path.startsWith('oci://') || /^\.{0,2}\//.test(path) || path === '.') return 'images';
  const folder = use.folder === undefined ? undefined : normalise(inFolder(use.folder, path));
  return folder !== undefined && filesAt(tree, folder).length > 0 ? 'images' : 'code';
}

function ofInput(use: ToolUse): Deployment['of'] {
  const texts = inputTexts(use);
  if (texts.length > 0) return texts.some(({ text }) => /\bimage\b/i.test(text.text)) ? 'images' : 'code';
  const { pipeline } = use.call.command;
  const before =
    pipeline?.commands.slice(0, pipeline.position).flatMap((index) => use.script.commands[index] ?? []) ?? [];
  const makes = before.some(
    ({ name, words }) =>
      /^(?:kubectl|oc)$/.test(name) &&
      words.some((word) =>
        /^(?:secret|namespace|ns|configmap|cm|serviceaccount|sa|role|rolebinding|clusterrolebinding|quota|get)$/.test(
          word.text,
        ),
      ),
  );
  return makes ? 'code' : 'images';
}

const held = new WeakMap<Documents, Map<string, Deployment['of']>>();

function ofPath(documents: Documents, use: ToolUse, path: string): Deployment['of'] {
  const place = use.folder === undefined ? undefined : normalise(inFolder(use.folder, path));
  if (place === undefined) return 'images';
  const known = held.get(documents) ?? new Map<string, Deployment['of']>();
  held.set(documents, known);
  const result = known.get(place) ?? heldAt(documents, place);
  known.set(place, result);
  return result;
}

/** What is not there is made before, and may hold images. */
function heldAt({ tree, manifests }: Documents, place: string): Deployment['of'] {
  const inside = filesAt(tree, place);
  if (inside.length === 0) return 'images';
  const holds = inside.some((path) => {
    if (/(?:^|\/)kustomization\.ya?ml$/.test(path)) return true;
    const known = manifests.get(path);
    if (known) return known.images.length > 0;
    return /\.(?:ya?ml|json|tmpl|tpl|j2)$/.test(path) && /\bimages?["']?:/i.test(readText(tree, path)?.text ?? '');
  });
  return holds ? 'images' : 'code';
}
