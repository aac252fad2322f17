import type { Trigger, Workflow } from '@plimsoll/documents';
import type { Documents } from '../model.ts';
import type { Assumption, Unknown } from './model.ts';
import { fromParts } from './possible.ts';
import type { Possibility, Possible } from './possible.ts';

type RefKind = NonNullable<Assumption['ref']>;

/** A ref that a run can stand on. */
export interface Ref {
  readonly kind: RefKind | 'pull-request' | 'merge-queue';
  /** `github.ref_name` */
  readonly name: readonly (string | Unknown)[];
}

const usualDefaults = ['main', 'master'];
/** Some run has each of the names that a ref can have. */
const defaultBranch: Unknown = { unknown: 'the default branch', truthy: true, neutral: true };
/** No text in a workflow names it by chance: a branch that is none of those which the workflow speaks of. */
const otherBranch: Unknown = { unknown: 'another branch', truthy: true, unnamed: true };
const someBranch: Unknown = { unknown: 'a branch', truthy: true, neutral: true };
const someTag: Unknown = { unknown: 'a tag', truthy: true, neutral: true };
const mergeRef: Unknown = { unknown: 'the merge of a pull request', truthy: true, unnamed: true };

/** Events whose runs stand on another ref than the default branch. */
const ofAnyRef = new Set(['push', 'workflow_dispatch', 'create', 'delete', 'deployment', 'deployment_status']);

/** The refs that a trigger lets through under an assumption; empty where there are none. */
export function refsOf(trigger: Trigger, assumption: Assumption, documents: Documents): readonly Ref[] {
  const all = allRefs(trigger, documents);
  const { ref } = assumption;
  if (ref === undefined) return all;
  return all.filter((one) => one.kind === ref || one.kind === 'pull-request' || one.kind === 'merge-queue');
}

function allRefs(trigger: Trigger, documents: Documents): readonly Ref[] {
  const { event } = trigger;
  const ofDefault = defaultNames(documents).map((name): Ref => ({ kind: 'default-branch', name: [name] }));
  if (event === 'pull_request' || event.startsWith('pull_request_review'))
    return [{ kind: 'pull-request', name: [mergeRef] }];
  if (event === 'merge_group')
    return [{ kind: 'merge-queue', name: ['gh-readonly-queue/', { unknown: 'the queue', truthy: true }] }];
  if (event === 'release') return [{ kind: 'tag', name: [someTag] }];
  if (event === 'push') return pushed(trigger, documents);
  if (ofAnyRef.has(event))
    return [...ofDefault, { kind: 'branch', name: [otherBranch] }, { kind: 'tag', name: [someTag] }];
  return ofDefault;
}

/** Where only branches are named, tags do not start it, and the other way round. */
function pushed({ branches, branchesIgnore, tags, tagsIgnore }: Trigger, documents: Documents): readonly Ref[] {
  const filtersBranches = branches !== undefined || branchesIgnore !== undefined;
  const filtersTags = tags !== undefined || tagsIgnore !== undefined;
  const onBranches = filtersBranches || !filtersTags ? branchRefs(branches, branchesIgnore, documents) : [];
  const onTags = filtersTags || !filtersBranches ? tagRefs(tags) : [];
  return [...onBranches, ...onTags];
}

function tagRefs(tags: readonly string[] | undefined): readonly Ref[] {
  if (!tags) return [{ kind: 'tag', name: [someTag] }];
  return tags
    .filter((pattern) => !pattern.startsWith('!'))
    .map((pattern) => ({ kind: 'tag', name: partsOfPattern(pattern, someTag) }));
}

function branchRefs(
  branches: readonly string[] | undefined,
  ignored: readonly string[] | undefined,
  documents: Documents,
): readonly Ref[] {
  const defaults = defaultNames(documents);
  const ofDefault = (names: readonly (string | Unknown)[]): readonly Ref[] =>
    names.map((name) => ({ kind: 'default-branch', name: [name] }));
  if (!branches) {
    const kept = defaults.filter((name) => typeof name !== 'string' || !ignored?.includes(name));
    return [...ofDefault(kept), { kind: 'branch', name: [otherBranch] }];
  }
  const patterns = branches.filter((pattern) => !pattern.startsWith('!'));
  return patterns.flatMap((pattern): readonly Ref[] => {
    const literal = !isPattern(pattern);
    if (literal && isDefault(pattern, defaults)) return ofDefault([pattern]);
    const other: Ref = {
      kind: 'branch',
      name: partsOfPattern(pattern, pattern === '**' || pattern === '*' ? otherBranch : someBranch),
    };
    if (literal || !/^[*?]/.test(pattern)) return [other];
    return [...ofDefault(defaults), other];
  });
}

function isDefault(name: string, defaults: readonly (string | Unknown)[]): boolean {
  return defaults.includes(name) || (!defaults.some((one) => typeof one === 'string') && usualDefaults.includes(name));
}

function isPattern(pattern: string): boolean {
  return /[*?+[\]!]/.test(pattern);
}

/** What is literal at the start of a filter pattern, and what is open behind it. `v1?` ends in what may be missing. */
function partsOfPattern(pattern: string, open: Unknown): readonly (string | Unknown)[] {
  const special = pattern.search(/[*?+[\]!]/);
  if (special < 0) return [pattern];
  const kept = pattern[special] === '?' || pattern[special] === '+' ? special - 1 : special;
  return kept <= 0 ? [open] : [pattern.slice(0, kept), open];
}

const names = new WeakMap<Documents, readonly (string | Unknown)[]>();

/** The default branch: `main` or `master`, where the triggers of the workflows, else their texts, name only one of them. */
export function defaultNames(documents: Documents): readonly (string | Unknown)[] {
  const known = names.get(documents);
  if (known) return known;
  const workflows = [...documents.workflows.values()];
  const named = new Set(workflows.flatMap(({ triggers }) => triggers.flatMap(({ branches }) => branches ?? [])));
  const inTriggers = usualDefaults.filter((name) => named.has(name));
  const found = inTriggers.length > 0 ? inTriggers : usualDefaults.filter((name) => isSpokenOf(name, workflows));
  const result = found.length === 1 ? found : [defaultBranch];
  names.set(documents, result);
  return result;
}

function isSpokenOf(name: string, workflows: readonly Workflow[]): boolean {
  return workflows.some(({ file }) => file.text.includes(`refs/heads/${name}'`) || file.text.includes(`== '${name}'`));
}

export function nameOf(ref: Ref): Possibility {
  return fromParts(ref.name);
}

/** `github.ref` */
export function fullName({ kind, name }: Ref): Possibility {
  const prefix = kind === 'tag' ? 'refs/tags/' : kind === 'pull-request' ? 'refs/pull/' : 'refs/heads/';
  const [first, ...rest] = name;
  return fromParts(typeof first === 'string' ? [prefix + first, ...rest] : [prefix, ...name]);
}

export function refType({ kind }: Ref): Possibility {
  return { known: kind === 'tag' ? 'tag' : 'branch' };
}

/** The branches that a pull request can be for. */
export function baseRefs({ branches }: Trigger): Possible {
  const literal = branches?.filter((pattern) => !isPattern(pattern)) ?? [];
  if (branches && literal.length === branches.length) return literal.map((name) => ({ known: name }));
  return [{ unknown: 'github.base_ref', truthy: true, neutral: true }];
}
