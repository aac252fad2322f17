import { ignoreMatcher } from '@plimsoll/build-context';
import type { ContextCopy, IgnoreMatcher, StageFile } from '@plimsoll/build-context';
import { contractPath } from '@plimsoll/documents';
import type {
  Contract,
  ContractLimit,
  ContractPatterns,
  ContractTerms,
  IgnorePattern,
  Range,
} from '@plimsoll/documents';
import { contextOf } from '../boundary/context.ts';
import type { BuildContext } from '../boundary/context.ts';
import type { Build, Documents } from '../model.ts';
import { stageNamed, targetName } from '../ships/target-names.ts';

/** Something that a contract asks for and an image, or the contract itself, does not keep. */
export type ContractBreach =
  | ({
      readonly kind: 'not allowed' | 'forbidden';
      readonly copy: ContextCopy;
      readonly files: readonly StageFile[];
      readonly patterns: ContractPatterns;
    } & Judged)
  | ({ readonly kind: 'missing'; readonly pattern: IgnorePattern } & Judged)
  | ({
      readonly kind: 'too many files' | 'too many bytes';
      readonly limit: ContractLimit;
      readonly found: number;
      readonly largest: ContextCopy | undefined;
    } & Judged)
  /** Terms for a target that the Dockerfile does not have: `stages` are those that it has. */
  | {
      readonly kind: 'no such target';
      readonly contract: Contract;
      readonly range: Range;
      readonly target: string;
      readonly stages: readonly string[];
    }
  /** It binds no image: no Dockerfile stands beside it, or no build of it is known. */
  | { readonly kind: 'binds nothing'; readonly contract: Contract; readonly range: Range; readonly reason: string };

interface Judged {
  readonly contract: Contract;
  readonly context: BuildContext;
  /** The name of the stage that ships. */
  readonly target: string;
}

/** What does not keep the contracts of a repository, contract by contract. */
export function contractBreaches(documents: Documents, builds: readonly Build[]): readonly ContractBreach[] {
  return [...(documents.contracts?.values() ?? [])].flatMap((contract) => breachesOf(contract, documents, builds));
}

function breachesOf(contract: Contract, documents: Documents, builds: readonly Build[]): readonly ContractBreach[] {
  const isMine = (dockerfile: string): boolean => contractPath(dockerfile) === contract.file.path;
  const own = builds.filter(({ dockerfile }) => dockerfile.status !== 'opaque' && isMine(dockerfile.target.file.path));
  const contexts = own.flatMap((build) => contextOf(build, documents) ?? []).filter(({ contents }) => contents.final);
  const dockerfiles = [...documents.dockerfiles.values()].filter(({ file }) => isMine(file.path));
  const range = contract.terms.range;
  if (dockerfiles.length === 0 && own.length === 0) {
    return [{ kind: 'binds nothing', contract, range, reason: 'no Dockerfile of its name stands beside it' }];
  }
  if (contexts.length === 0) return [{ kind: 'binds nothing', contract, range, reason: reasonOf(own) }];
  const stages = [...new Set([...dockerfiles, ...contexts.map(({ dockerfile }) => dockerfile)])];
  const unknown = [...contract.targets].filter(([name]) => !stages.some((dockerfile) => stageNamed(dockerfile, name)));
  return [
    ...unknown.map(([target, terms]): ContractBreach => ({
      kind: 'no such target',
      contract,
      range: terms.range,
      target,
      stages: stages.flatMap((dockerfile) => dockerfile.stages.map((stage) => stage.name ?? String(stage.index))),
    })),
    ...contexts.flatMap((context) => judge(contract, context)),
  ];
}

function reasonOf(builds: readonly Build[]): string {
  const reasons = builds.flatMap(({ context }) => (context.status === 'opaque' ? [context.reason] : []));
  return reasons[0] ?? 'nothing in the repository is known to build the Dockerfile from files of the repository';
}

function judge(contract: Contract, context: BuildContext): readonly ContractBreach[] {
  const { final } = context.contents;
  const terms = final && termsFor(contract, context);
  if (!final || !terms) return [];
  const judged: Judged = { contract, context, target: targetName(context.dockerfile, final.stage) };
  const { files } = final;
  const forbidden = terms.forbid ? matcherOf(contract, terms.forbid.patterns) : undefined;
  const allowed = terms.allow ? matcherOf(contract, terms.allow.patterns) : undefined;
  const bad = new Set(files.filter(({ path }) => forbidden?.decide(inImage(path)).ignored));
  const stray = files.filter((file) => allowed && !allowed.decide(inImage(file.path)).ignored && !bad.has(file));
  return [
    ...byCopy([...bad]).map((group): ContractBreach => ({
      kind: 'forbidden',
      ...group,
      patterns: terms.forbid as ContractPatterns,
      ...judged,
    })),
    ...byCopy(stray).map((group): ContractBreach => ({
      kind: 'not allowed',
      ...group,
      patterns: terms.allow as ContractPatterns,
      ...judged,
    })),
    ...missing(contract, terms, files).map((pattern): ContractBreach => ({ kind: 'missing', pattern, ...judged })),
    ...tooMuch(terms, files).map((excess): ContractBreach => ({ ...excess, ...judged })),
  ];
}

/** Those at the top do not hold for stages that people work in; for these a contract has terms of their own, or none. */
function termsFor({ targets, terms }: Contract, { contents, ships }: BuildContext): ContractTerms | undefined {
  const stage = contents.final?.stage;
  const own =
    stage && ((stage.name !== undefined ? targets.get(stage.name) : undefined) ?? targets.get(String(stage.index)));
  return own ?? (ships ? terms : undefined);
}

function matcherOf({ file }: Contract, patterns: readonly IgnorePattern[]): IgnoreMatcher {
  return ignoreMatcher({ kind: 'ignoreFile', file, patterns });
}

function inImage(path: string): string {
  return path.slice(1);
}

function byCopy(
  files: readonly StageFile[],
): readonly { readonly copy: ContextCopy; readonly files: readonly StageFile[] }[] {
  return [...Map.groupBy(files, ({ copy }) => copy)].map(([copy, group]) => ({ copy, files: group }));
}

function missing(
  contract: Contract,
  { require }: ContractTerms,
  files: readonly StageFile[],
): readonly IgnorePattern[] {
  return require.filter((pattern) => {
    const matcher = matcherOf(contract, [pattern]);
    return !files.some(({ path }) => matcher.decide(inImage(path)).ignored);
  });
}

type Excess = Pick<Extract<ContractBreach, { limit: ContractLimit }>, 'kind' | 'limit' | 'found' | 'largest'>;

function tooMuch({ maxFiles, maxBytes }: ContractTerms, files: readonly StageFile[]): readonly Excess[] {
  const excess: Excess[] = [];
  const copies = byCopy(files);
  if (maxFiles && files.length > maxFiles.value) {
    const largest = copies.toSorted((a, b) => b.files.length - a.files.length)[0]?.copy;
    excess.push({ kind: 'too many files', limit: maxFiles, found: files.length, largest });
  }
  const bytes = maxBytes ? sum(files) : 0;
  if (maxBytes && bytes > maxBytes.value) {
    const largest = copies
      .map(({ copy, files: own }) => ({ copy, bytes: sum(own) }))
      .sort((a, b) => b.bytes - a.bytes)[0]?.copy;
    excess.push({ kind: 'too many bytes', limit: maxBytes, found: bytes, largest });
  }
  return excess;
}

function sum(files: readonly StageFile[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}
