import type { YamlEntry, YamlNode } from '../yaml/model.ts';
import { entriesOf, stringOf } from '../yaml/access.ts';
import { span } from '../text/source-file.ts';
import type { ProblemList } from '../yaml/problems.ts';
import type { Permissions, PermissionScope } from './model.ts';

const LEVELS: readonly string[] = ['read', 'write', 'none'];

/** Reads `permissions:`, an entry of a workflow or a job. A level that GitHub does not know is a problem. */
export function readPermissions(entry: YamlEntry | undefined, problems: ProblemList): Permissions | undefined {
  if (!entry) return undefined;
  const { keyRange: range, value } = entry;
  if (value.type === 'scalar') return { range, scopes: [], ...allScopes(value, problems) };
  if (value.type === 'sequence') {
    problems.add(
      value.range.start,
      value.range.end,
      'permissions is a list; it is a map of scopes, read-all or write-all',
    );
    return { range, scopes: [] };
  }
  const scopes = entriesOf(value).flatMap((scope) => readScope(scope, problems) ?? []);
  return { range, scopes, ...(value.entries.length === 0 && { all: 'none' }) };
}

function allScopes(value: YamlNode, problems: ProblemList): Pick<Permissions, 'all'> {
  const text = stringOf(value);
  if (text === undefined) return { all: 'none' };
  if (text === 'read-all' || text === 'write-all') return { all: text };
  problems.add(
    value.range.start,
    value.range.end,
    `permissions is "${text}"; it is a map of scopes, read-all or write-all`,
  );
  return {};
}

function readScope({ key, keyRange, value }: YamlEntry, problems: ProblemList): PermissionScope | undefined {
  const level = stringOf(value) ?? '';
  if (isLevel(level)) return { name: key, level, range: span(keyRange, value.range) };
  problems.add(value.range.start, value.range.end, `The level of ${key} is "${level}"; it is read, write or none`);
  return undefined;
}

function isLevel(text: string): text is PermissionScope['level'] {
  return LEVELS.includes(text);
}
