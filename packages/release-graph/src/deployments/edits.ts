import { sliceWord } from '@plimsoll/documents';
import type { ShellWord } from '@plimsoll/documents';
import { inputValue } from '../builds/action-inputs.ts';
import { normalise } from '../builds/paths.ts';
import { inFolder } from '../builds/sources.ts';
import { canonicalName } from '../publications/found.ts';
import type { StepInstance } from '../lanes/model.ts';
import { partOfKey } from '../tools/deploy.ts';
import type { EditCall, ImageArgument } from '../tools/index.ts';
import { onlyValue } from '../values/resolved.ts';
import { evaluateWord } from '../values/shell.ts';
import { subjectOf } from '../verifications/index.ts';
import type { Documents } from '../model.ts';
import { imageLinesOf, replacedIn, substitutedIn } from './filled.ts';
import type { FoundDeployment, NamedImage } from './found.ts';
import { imagesOf, imagesOfParts } from './images.ts';
import type { ToolUse } from './tool-uses.ts';

/** Images that `sed` and `yq` write into manifests; nothing where it is not certain that it is one of ours. */
export function editOfUse(
  documents: Documents,
  use: ToolUse,
  published: ReadonlySet<string>,
): readonly FoundDeployment[] {
  const { call, scope, origin, place, range } = use;
  if (call.does !== 'edit') return [];
  const isYaml =
    call.files.length === 0 ||
    call.files.some(({ text }) => !/\.(?:md|txt|json|toml|sh|xml|gradle|lock|py|go|ts|js)$/.test(text));
  if (!isYaml || isOwnChart(documents, call, use)) return [];
  const found =
    call.language === 'yq' || call.language === 'jq'
      ? imagesOf(
          call.expressions.flatMap(yqArguments).map((one) => asArgument(one, call)),
          scope,
        )
      : call.language === 'sed'
        ? ofSed(documents, call, use, published)
        : substitutedIn(linesOf(documents, call, use), use);
  if (found.length === 0) return [];
  return [
    {
      how: call.tool,
      platform: 'a Git repository',
      effect: 'files',
      of: 'images',
      range,
      origin,
      place,
      images: found,
    },
  ];
}

/** The values of a chart that the repository itself releases: nothing runs because they change. */
function isOwnChart({ tree }: Documents, { files }: EditCall, use: ToolUse): boolean {
  return files.some((word) => {
    const path = use.folder === undefined ? undefined : onlyValue(evaluateWord(word, use.scope));
    const place = path === undefined ? undefined : normalise(inFolder(use.folder ?? '', path));
    const chart = place === undefined ? undefined : normalise(`${place}/../Chart.yaml`);
    return chart !== undefined && tree.entry(chart) !== undefined;
  });
}

/** `.image.tag = "1.2.3"`, `.spec.template.spec.containers[0].image = strenv(IMAGE)` */
function yqArguments(word: ShellWord): readonly ImageArgument[] {
  return [...word.text.matchAll(/\.([\w."[\]()-]{1,200})[ \t]{0,5}\|?=[ \t]{0,5}/g)].flatMap((match) => {
    const part = partOfKey((match[1] ?? '').replace(/\[[^\]]{0,100}\]/g, ''));
    const start = match.index + match[0].length;
    const rest = word.text.slice(start);
    const quoted = rest.startsWith('"');
    const end = quoted ? rest.indexOf('"', 1) : endOfTerm(rest);
    if (!part || end <= 0) return [];
    return [{ ...part, value: sliceWord(word, start + (quoted ? 1 : 0), start + end) }];
  });
}

/** `$IMAGE` of `jq --arg IMAGE VALUE` is that value. */
function asArgument(argument: ImageArgument, { language, command: { words } }: EditCall): ImageArgument {
  const name = language === 'jq' ? /^\$(\w+)/.exec(argument.value.text)?.[1] : undefined;
  const at =
    name === undefined
      ? -1
      : words.findIndex(({ text }, index) => text === name && /^--arg(?:json)?$/.test(words[index - 1]?.text ?? ''));
  const value = at < 0 ? undefined : words[at + 1];
  return value ? { ...argument, value } : argument;
}

/** Up to what ends a term of yq: a blank, `|` or `,` outside of an expression of GitHub. */
function endOfTerm(text: string): number {
  const match = /^(?:\$\{\{[^}]{0,500}\}\}|[^\s|,])+/.exec(text);
  return match ? match[0].length : 0;
}

/** The images of the files that are edited: named ones, and what comes from `cat` or `<`. */
function linesOf(documents: Documents, call: EditCall, use: ToolUse): readonly string[] {
  const { pipeline, redirections } = call.command;
  const before =
    pipeline?.commands.slice(0, pipeline.position).flatMap((index) => use.script.commands[index] ?? []) ?? [];
  const read = redirections.flatMap(({ operator, target }) => (operator === '<' && target ? [target] : []));
  const printed = before.filter(({ name }) => name === 'cat').flatMap(({ words }) => words.slice(1));
  return [...call.files, ...read, ...printed].flatMap((word) => imageLinesOf(documents, use, word));
}

function ofSed(
  documents: Documents,
  call: EditCall,
  use: ToolUse,
  published: ReadonlySet<string>,
): readonly NamedImage[] {
  const lines = linesOf(documents, call, use);
  return call.expressions.flatMap((word) => {
    const replaced = replacement(word);
    if (!replaced) return [];
    const placed = replacedIn(lines, replaced.what, evaluateWord(replaced.by, use.scope));
    if (placed.length > 0) return placed;
    const image = imageIn(replaced.by);
    const subject = subjectOf(evaluateWord(image, use.scope));
    const known = subject.name !== undefined && published.has(canonicalName(subject.name));
    const inImageKey = /\bimage["']?:/.test(replaced.what) || /\bimage["']?:/.test(replaced.by.text);
    const isReference = subject.by === 'tag' || subject.by === 'digest';
    if (isReference && subject.name !== undefined && (known || inImageKey)) return [subject];
    return /\b(?:tag|newTag)["']?:/.test(replaced.by.text) ? imagesOfParts([tagPart(replaced.by, use)]) : [];
  });
}

/** `s|old|new|g` by its two sides. */
function replacement(word: ShellWord): { readonly what: string; readonly by: ShellWord } | undefined {
  const text = word.text;
  const start = /(?:^|[\s;}/])s([^\w\s\\])/.exec(text);
  const sign = start?.[1];
  if (!start || sign === undefined) return undefined;
  const first = start.index + start[0].length;
  const middle = separator(text, sign, first);
  const last = middle < 0 ? -1 : separator(text, sign, middle + 1);
  return last < 0 ? undefined : { what: text.slice(first, middle), by: sliceWord(word, middle + 1, last) };
}

/** The next separator that is neither escaped nor in an expression of GitHub. */
function separator(text: string, sign: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith('${{', at)) {
      const end = text.indexOf('}}', at);
      if (end < 0) return -1;
      at = end + 1;
    } else if (text[at] === sign) return at;
  }
  return -1;
}

/** The reference behind `image:`, or all of it. */
function imageIn(word: ShellWord): ShellWord {
  const key = /\bimage["']?:\s{0,5}["']?/.exec(word.text);
  const start = key ? key.index + key[0].length : (/^[\s\\"']*/.exec(word.text)?.[0].length ?? 0);
  const quote = word.text.slice(start).search(/["'\\\n]/);
  return sliceWord(word, start, quote < 0 ? word.text.length : start + quote);
}

function tagPart(word: ShellWord, use: ToolUse) {
  const key = /\b(?:tag|newTag)["']?:\s{0,5}["']?/.exec(word.text);
  const start = key ? key.index + key[0].length : 0;
  const quote = word.text.slice(start).search(/["'\\\n]/);
  return {
    part: 'tag',
    group: 'sed',
    value: evaluateWord(sliceWord(word, start, quote < 0 ? word.text.length : start + quote), use.scope),
  } as const;
}

/** Actions that write a value into a YAML file. */
export function editOfStep(step: StepInstance): readonly FoundDeployment[] {
  const { uses } = step.step;
  const name = `${uses?.owner ?? ''}/${uses?.repository ?? ''}`.toLowerCase();
  if (!uses || name !== 'fjogeleit/yaml-update-action') return [];
  const value = inputValue(step, 'value');
  const key = inputValue(step, 'propertypath')?.written.replace(/^\$\.?/, '');
  const part = key === undefined ? undefined : partOfKey(key);
  const images = value && part ? imagesOfParts([{ ...part, value }]) : [];
  if (images.length === 0) return [];
  return [
    {
      how: `${uses.owner ?? ''}/${uses.repository ?? ''}`,
      platform: 'a Git repository',
      effect: 'files',
      of: 'images',
      range: uses.range,
      origin: step.origin,
      place: { step, ...(step.job && { job: step.job }) },
      images,
    },
  ];
}

/** Whether a job hands its files on to a repository: what it wrote is deployed from there. */
export function pushesToGit(steps: readonly StepInstance[]): boolean {
  return steps.some(({ step: { run, uses } }) => {
    if (run && /\bgit\b[^\n]{1,200}\bpush\b|\bgh\s+pr\s+create\b/.test(run.value)) return true;
    const name = `${uses?.owner ?? ''}/${uses?.repository ?? ''}`.toLowerCase();
    return /^(?:stefanzweifel\/git-auto-commit-action|endbug\/add-and-commit|peter-evans\/create-pull-request|ad-m\/github-push-action|fjogeleit\/yaml-update-action|cpina\/github-action-push-to-another-repository|actions-js\/push|planetscale\/ghcommit-action)$/.test(
      name,
    );
  });
}
