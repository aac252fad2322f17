import type { MappedText, Range } from '@plimsoll/documents';
import { inFolder } from '../builds/sources.ts';
import { normalise } from '../builds/paths.ts';
import { readText } from '../commands/script-files.ts';
import type { Deployment, Documents, Value } from '../model.ts';
import type { DeployCall } from '../tools/index.ts';
import { onlyValue } from '../values/resolved.ts';
import { evaluateWord } from '../values/shell.ts';
import type { FoundDeployment, NamedImage } from './found.ts';
import { imagesOf } from './images.ts';
import { subjectOf } from '../verifications/index.ts';
import { evaluateTemplate } from './template.ts';
import type { ToolUse } from './tool-uses.ts';

/** What a command deploys; nothing where it only tries. */
export function deploymentOfUse(documents: Documents, use: ToolUse): readonly FoundDeployment[] {
  const { call, scope, origin, place, range } = use;
  if (call.does !== 'deploy') return [];
  const piped = call.dryRun && feedsApply(use);
  if (call.dryRun && !piped) return [];
  const images = [...imagesOf(call.images, scope), ...inHereDocuments(use), ...ofVariables(use)];
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

const imageLine =
  /^[ \t-]*["']?image["']?:[ \t]*(["']?)((?:\$\{\{[^}\n]*\}\}|[^\s"'#])(?:\$\{\{[^}\n]*\}\}|[^\s"'])*)/gm;

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
      const written = match[2] ?? '';
      const start = match.index + match[0].length - written.length;
      const place = text.slice(start, start + written.length);
      return subjectOf(evaluateTemplate(place, use.scope, expands));
    }),
  );
}

const tagVariable = /(?:^|_)(?:TAG|VERSION)$/;

/** `TAG=1.2.3 docker compose up -d`, `export TAG=…` before it: what fills in the compose file on the machine. */
function ofVariables({ call, script, scope }: ToolUse): readonly NamedImage[] {
  if (call.does !== 'deploy' || !/compose up$|stack deploy$/.test(call.tool)) return [];
  const index = script.commands.indexOf(call.command);
  const before = script.commands
    .slice(0, Math.max(index, 0))
    .filter((command) => command.name === 'export' || command.name === 'declare');
  return [...before, call.command].flatMap(({ assignments }) =>
    assignments.flatMap(({ name, value, range }) => {
      if (tagVariable.test(name)) return tagOf(evaluateWord(value, scope), range);
      return /(?:^|_)IMAGE$/.test(name) ? [subjectOf(evaluateWord(value, scope), range)] : [];
    }),
  );
}

function tagOf(value: Value, range: Range): readonly NamedImage[] {
  const [text] = value.forms.map((form) =>
    form.map((part) => (typeof part === 'string' ? part : part.unknown)).join(''),
  );
  if (text === undefined || text === '') return [];
  const by = /^sha256:|@|digest/i.test(text) ? 'digest' : 'tag';
  return [{ range, value, by, written: 'tag', identity: text, through: value.definitions }];
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
  return folder !== undefined && tree.files.some((file) => file.path.startsWith(`${folder}/`)) ? 'images' : 'code';
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

function ofPath({ tree, manifests }: Documents, use: ToolUse, path: string): Deployment['of'] {
  const place = use.folder === undefined ? undefined : normalise(inFolder(use.folder, path));
  if (place === undefined) return 'images';
  const inside = tree.files.filter((file) => file.path === place || place === '' || file.path.startsWith(`${place}/`));
  if (inside.length === 0) return 'images';
  const holds = inside.some(({ path: each }) => {
    const known = manifests.get(each);
    if (known) return known.images.length > 0;
    return /\.(?:ya?ml|json|tmpl|tpl|j2)$/.test(each) && /\bimages?["']?:/i.test(readText(tree, each)?.text ?? '');
  });
  return holds || inside.some(({ path: each }) => /(?:^|\/)kustomization\.ya?ml$/.test(each)) ? 'images' : 'code';
}
