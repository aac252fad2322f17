import type { Preset } from '@plimsoll/core';
import { isVendored } from '@plimsoll/documents';
import type { FileKind, SkipReason } from '../model.ts';

const TEST_DATA = new Set([
  'testdata',
  'test-data',
  'test_data',
  'fixtures',
  'fixture',
  '__fixtures__',
  'test-fixtures',
  'test_fixtures',
  'testfixtures',
  '__snapshots__',
  '__mocks__',
]);
/** Manifests below these show readers how something is used: no release deploys them. */
const EXAMPLE_FOLDERS = new Set([
  'example',
  'examples',
  'sample',
  'samples',
  'doc',
  'docs',
  'documentation',
  'snippets',
]);
/** `data` and the like are test data below these only. */
const TEST_FOLDERS = new Set(['test', 'tests', '__tests__', 'e2e', 'spec']);
const DATA_FOLDERS = new Set(['data', 'resources', 'assets', 'samples', 'cases', 'projects']);

const TEMPLATE_ENDING =
  /(?:[._-]|__)(?:tmpl|tpl|gotmpl|template|j2|jinja2?|erb|ejs|hbs|mustache|liquid|njk|twig)(?:__)?$|\.(?:in|m4)$/i;
/** The start of the file in which a generator leaves its note. */
const HEAD_LINES = 10;

/** Which files are left out: `template` and `vendored` ones always, the others where the preset has few false alarms. */
export function skipsReason(reason: SkipReason, preset: Preset): boolean {
  return preset === 'recommended' || reason === 'template' || reason === 'vendored';
}

/** Why the path of a candidate says that it isn't to be judged. */
export function skippedByPath(kind: FileKind, path: string): SkipReason | undefined {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  if (isVendored(path)) return 'vendored';
  if (path.includes('{{') || path.includes('<%') || (isFreelyNamed(kind) && hasTemplateName(name))) return 'template';
  const isTestData = (folder: string, i: number) =>
    TEST_DATA.has(folder) || (DATA_FOLDERS.has(folder) && TEST_FOLDERS.has(folders[i - 1] ?? ''));
  if (folders.some(isTestData)) return 'testData';
  return kind === 'manifest' && folders.some((folder) => EXAMPLE_FOLDERS.has(folder)) ? 'example' : undefined;
}

/** Why the text of a candidate says so. */
export function skippedByText(kind: FileKind, path: string, text: string): SkipReason | undefined {
  if (isTemplate(kind, path, text)) return 'template';
  const head = text.slice(0, 4096).split('\n', HEAD_LINES);
  const isNote = (line: string) => /^\s*(?:#|\/\/|\/\*|\*)/.test(line) && /\bDO NOT EDIT\b|@generated\b/.test(line);
  return head.some(isNote) ? 'generated' : undefined;
}

/** A workflow or an action runs as it is, whatever it is called. */
function isFreelyNamed(kind: FileKind): boolean {
  return kind === 'dockerfile' || kind === 'ignoreFile' || kind === 'manifest';
}

function hasTemplateName(name: string): boolean {
  return TEMPLATE_ENDING.test(name.replace(/\.(?:ya?ml|json|dockerignore)$/, ''));
}

const MARK = String.raw`\{\{|\{%|<%`;
/** A line that starts with a mark, or a FROM with one in it. */
const DOCKERFILE_TEMPLATE = new RegExp(`^[ \\t]*(?:${MARK}|FROM[ \\t][^\\n]*(?:${MARK}))`, 'im');
/** A line that starts with a mark in its first column, or a plain value that does: text in a block scalar may have others. */
const YAML_TEMPLATE = new RegExp(`^(?:${MARK}|[ \\t]*(?:- +)?[\\w./-]+:[ \\t]*(?:${MARK}))`, 'm');

/** Has marks of a template language where the file's own syntax has none. */
export function isTemplate(kind: FileKind, path: string, text: string): boolean {
  if (!text.includes('{{') && !text.includes('{%') && !text.includes('<%')) return false;
  if (kind === 'dockerfile') return DOCKERFILE_TEMPLATE.test(text);
  return kind === 'manifest' && (isHelmTemplate(path) || YAML_TEMPLATE.test(text));
}

function isHelmTemplate(path: string): boolean {
  return /(?:^|\/)templates\//.test(path);
}
