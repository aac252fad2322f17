import type { Expression, Range } from '@plimsoll/documents';
import type { UntrustedText } from './model.ts';
import { sourceAt, sourcesWithin } from './sources.ts';

/** A field of the context `github` that is free text; undefined for other fields and contexts. */
export function untrustedField([context, ...path]: readonly string[], range: Range): UntrustedText | undefined {
  const source = context === 'github' ? sourceAt(path) : undefined;
  return source && { ...source, path: `github.${path.join('.')}`, range };
}

/** The same of an expression whose path is not all literal: `github.event.commits[0].message`. */
export function untrustedAt(expression: Expression): readonly UntrustedText[] {
  const path = pathOf(expression);
  const found = path && untrustedField(path, expression.range);
  return found ? [found] : [];
}

/** The free text below an object: all that its JSON holds. */
export function untrustedWithin(expression: Expression): readonly UntrustedText[] {
  const [context, ...path] = pathOf(expression) ?? [];
  if (context !== 'github') return [];
  return sourcesWithin(path).map((source) => ({ ...source, path: `github.${source.path}`, range: expression.range }));
}

function pathOf(expression: Expression): readonly string[] | undefined {
  if (expression.kind === 'context') return [expression.name.toLowerCase()];
  if (expression.kind !== 'access' || expression.base.kind !== 'context') return undefined;
  const names = expression.path.map((accessor) => (accessor.kind === 'name' ? accessor.name : '*'));
  return [expression.base.name.toLowerCase(), ...names];
}

/** Commands that print what others wrote, of a pull request or of what is merged. */
const commands: readonly (readonly [command: RegExp, what: string])[] = [
  [/\bgit\s+(?:diff|diff-tree)\b[^|]*--name-only/, 'the names of the changed files'],
  [/\bgit\s+(?:log|show)\b[^|]*(?:%[sbB]\b|%[as][ne]\b|--oneline)/, 'a commit message'],
  [/\bgh\s+pr\s+diff\b[^|]*--name-only/, 'the names of the changed files'],
  [
    /\bgh\s+(?:pr|issue)\s+(?:view|list)\b[^|]*--json[ =]["']?[\w,]*\b(?:title|body|headRefName)\b/,
    'the text of a pull request or issue',
  ],
];

/** Only a number, a word of the script's own, or characters that are let through is left. */
const reduces =
  /\b(?:wc|cksum|sha\d+sum|md5sum|base64|uniq -c)\b|\bgrep -\w*[cqoP]|--(?:count|quiet|only-matching)\b|\btr -\w*[cd]|\[\^|\bcut -c|&&\s*echo|@sh\b|%q/;

/** The texts of others that a `$(…)` prints; none where what is printed is not known to hold any. */
export function untrustedOfCommand(text: string, range: Range): readonly UntrustedText[] {
  if (text.length > 2_000 || reduces.test(text)) return [];
  if (/^\$\(\s*(?:<|cat\s|head\s|tail\s|jq\s)/.test(text))
    return [
      {
        path: shortened(text),
        what: 'the content of a file',
        by: 'anyone',
        fromFile: true,
        events: ['workflow_run'],
        range,
      },
    ];
  const [, what] = commands.find(([command]) => command.test(text)) ?? [];
  if (what === undefined) return [];
  const path = shortened(text);
  return [
    { path, what, by: 'anyone', events: PULL_REQUEST, range },
    { path, what, by: 'merged', events: MERGED, range },
  ];
}

function shortened(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 60);
}

const PULL_REQUEST = ['pull_request', 'pull_request_target', 'pull_request_review', 'issues', 'issue_comment'];
const MERGED = ['push', 'release', 'schedule', 'workflow_dispatch', 'merge_group'];
