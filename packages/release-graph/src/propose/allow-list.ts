import { followSources, ignoreMatcher } from '@plimsoll/build-context';
import { SourceFile, readIgnoreFile } from '@plimsoll/documents';
import type { IgnoreFile } from '@plimsoll/documents';
import { isAllowList, isEverything } from '../boundary/allow-list.ts';
import { inContext } from '../boundary/context.ts';
import type { ShipsSubject } from '../ships/subject.ts';
import { escapePath } from './escape.ts';
import type { AppNeeds, Mentions } from './expand.ts';
import { expandFolder } from './expand.ts';
import type { Need } from './model.ts';

/** The lines of an allow-list. */
export interface AllowList {
  /** Let in, without their `!`; sorted. */
  readonly letIn: readonly string[];
  /** Kept out again of what was let in, as they are written. */
  readonly keptOut: readonly string[];
  /** What a copy takes today and the list leaves out, in the context. */
  readonly leftOut: readonly string[];
}

/** What is kept out of every folder that is let in. */
export const usualLines: readonly string[] = ['**/node_modules', '**/.env', '**/.env.local', '**/.env.*.local'];

/** The smallest list of patterns that lets in what is needed of a context. */
export function allowList(
  subject: ShipsSubject,
  needs: readonly Need[],
  app: AppNeeds | undefined,
  mentions: Mentions,
  usual = usualLines,
): AllowList {
  const patterns = new Set<string>();
  const leftOut = new Set<string>();
  const literal = new Set<string>();
  // What a line that keeps out must leave in beside the single paths: a pattern's own names, and the folder before its first wildcard.
  const named = new Set<string>();
  for (const { path, kind } of needs) {
    if (kind === 'pattern') {
      for (const pattern of bounded(subject, path)) patterns.add(pattern);
      for (const one of [path, literalFolder(path)]) if (one !== '') named.add(one);
      for (const one of linksOf(subject, path)) literal.add(one);
    } else if (isWide(subject, path, app)) {
      const expansion = expandFolder(subject, path, app, mentions);
      if (path !== '' && expansion.patterns.length === 0) patterns.add(escapePath(path));
      for (const pattern of expansion.patterns) patterns.add(pattern);
      for (const link of expansion.links) for (const one of linksOf(subject, link)) literal.add(one);
      for (const one of expansion.leftOut) leftOut.add(one);
    } else for (const one of [path, ...linksOf(subject, path)]) literal.add(one);
  }
  const wide = ignoreMatcher(readLines([...patterns], true));
  for (const path of literal) if (wide.decide(path).ignored) patterns.add(escapePath(path));
  const letIn = withoutCovered([...patterns]);
  return {
    letIn,
    keptOut: keptOut(subject, letIn, [...literal, ...named], usual),
    leftOut: [...leftOut].filter((path) => !isCovered(path, letIn)).sort(),
  };
}

/** A list that lets in whatever passes today, by its uppermost names. */
export function allOfToday(subject: ShipsSubject): AllowList {
  const { tree, folder, ignoreFile } = subject;
  const today = ignoreFile && ignoreMatcher(ignoreFile);
  const names = tree.children(folder).map(({ path }) => path.slice(folder === '' ? 0 : folder.length + 1));
  const letIn = names.filter((name) => !today?.canPrune(name)).map(escapePath);
  return { letIn, keptOut: keptOut(subject, letIn, [], []), leftOut: [] };
}

/** The ignore file that an allow-list makes. */
export function allowListText({ letIn, keptOut: out, leftOut }: AllowList): string {
  const notes =
    leftOut.length === 0
      ? []
      : [
          '# Left out, though it is copied today. Let in with a "!" line what the build needs of it:',
          ...leftOut.map((path) => `#   ${path.replace(/[\n\r]/g, '?')}`),
        ];
  return [
    '*',
    ...letIn.map((pattern) => `!${pattern}`),
    ...(out.length > 0 ? ['# Of these stay out:', ...out] : []),
    ...notes,
    '',
  ].join('\n');
}

/** All of the context; or, where it is known which projects the image needs, a folder that holds projects. */
function isWide(subject: ShipsSubject, path: string, app: AppNeeds | undefined): boolean {
  if (path === '') return true;
  const at = inContext(subject, path);
  return (
    subject.tree.entry(at)?.type === 'folder' &&
    (app?.workspace.projects.some(({ root }) => root.startsWith(`${at}/`)) ?? false)
  );
}

function hasWildcard(path: string): boolean {
  return /[*?[\\]/.test(path);
}

/** The links on the way to a source, and what they lead to. */
function linksOf({ tree, folder }: ShipsSubject, path: string): readonly string[] {
  const isPath = (one: string): boolean => !hasWildcard(one) || tree.entry(inContext({ folder }, one)) !== undefined;
  return (followSources({ tree, folder }, [path]) ?? []).filter((one) => one !== path && isPath(one));
}

/** A pattern; or what it matches today, where it would let in more than an allow-list of today does. */
function bounded(subject: ShipsSubject, pattern: string): readonly string[] {
  const today = subject.ignoreFile && isAllowList(subject.ignoreFile) ? ignoreMatcher(subject.ignoreFile) : undefined;
  if (!today) return [pattern];
  const sources = filesInside(subject, [pattern]).map(({ source }) => source);
  if (sources.every((source) => !today.decide(source).ignored)) return [pattern];
  return sources.filter((source) => !today.decide(source).ignored).map(escapePath);
}

/** The folder before the first wildcard, which has to be there. */
function literalFolder(pattern: string): string {
  const parts = pattern.split('/');
  return parts
    .slice(
      0,
      parts.findIndex((part) => hasWildcard(part)),
    )
    .join('/');
}

/** As an ignore file; `closed` starts it with `*` and lets these in. */
export function readLines(patterns: readonly string[], closed: boolean): IgnoreFile {
  const lines = closed ? ['*', ...patterns.map((pattern) => `!${pattern}`)] : patterns;
  return readIgnoreFile(new SourceFile('.dockerignore', lines.join('\n'))).document;
}

/** Without those that lie in a folder which another one lets in. */
function withoutCovered(patterns: readonly string[]): readonly string[] {
  const all = new Set(patterns);
  return patterns.filter((pattern) => !foldersOf(pattern).some((folder) => all.has(folder))).sort();
}

function isCovered(path: string, letIn: readonly string[]): boolean {
  const all = new Set(letIn);
  return [escapePath(path), ...foldersOf(escapePath(path))].some((one) => all.has(one));
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** More files than these are not let in one by one where a line keeps them out. */
const mostSingle = 10;

/** Lines that keep out what a folder that is let in should not bring: those of today, and the usual ones. */
function keptOut(
  subject: ShipsSubject,
  letIn: readonly string[],
  literal: readonly string[],
  usual: readonly string[],
): readonly string[] {
  const inside = filesInside(subject, letIn);
  const sent = inside.flatMap(({ source, isSent }) => (isSent ? [source] : []));
  const used = new Set(inside.flatMap(({ decidedBy }) => decidedBy ?? []));
  const written = (subject.ignoreFile?.patterns ?? []).filter(
    ({ negated, pattern, text }) => !negated && !isEverything(pattern) && (used.has(text) || pattern.startsWith('**/')),
  );
  const isHarmless = (line: string): boolean => {
    const matcher = ignoreMatcher(readLines([line], false));
    return !literal.some((path) => matcher.decide(path).ignored);
  };
  const lines = [...new Set(written.map(({ text }) => text))].filter(isHarmless);
  const holdsPackages = inside.some(({ source }) => /(?:^|\/)package\.json$/.test(source));
  const kept = withReturns(lines, sent);
  return [
    ...kept,
    ...usual
      .filter((line) => holdsPackages || !line.includes('node_modules'))
      .filter((line) => !kept.includes(line) && isHarmless(line)),
  ];
}

interface FileInside {
  readonly source: string;
  /** It passes today's ignore file too. */
  readonly isSent: boolean;
  /** The pattern of today's file that keeps it out. */
  readonly decidedBy: string | undefined;
}

/** The files of the context that a list lets in. */
function filesInside(subject: ShipsSubject, letIn: readonly string[]): readonly FileInside[] {
  const matcher = ignoreMatcher(readLines(letIn, true));
  const today = subject.ignoreFile && ignoreMatcher(subject.ignoreFile);
  const prefix = subject.folder === '' ? '' : `${subject.folder}/`;
  return subject.tree.files.flatMap(({ path, type }): readonly FileInside[] => {
    const source = path.slice(prefix.length);
    if (type === 'opaque' || !path.startsWith(prefix) || matcher.decide(source).ignored) return [];
    const { ignored, pattern } = today?.decide(source) ?? { ignored: false };
    return [{ source, isSent: !ignored, decidedBy: ignored ? pattern?.text : undefined }];
  });
}

/** The lines, with a `!` for the few files that they would take away and today's file returns; without those that take many. */
function withReturns(lines: readonly string[], sent: readonly string[]): readonly string[] {
  const matcher = ignoreMatcher(readLines(lines, false));
  const taken = Map.groupBy(
    sent.flatMap((source) => {
      const { ignored, pattern } = matcher.decide(source);
      return ignored && pattern ? [{ source, line: pattern.text }] : [];
    }),
    ({ line }) => line,
  );
  const isKept = (line: string): boolean => (taken.get(line)?.length ?? 0) <= mostSingle;
  const kept = lines.filter(isKept);
  const returned = [...taken].flatMap(([line, files]) =>
    isKept(line) ? files.map(({ source }) => `!${escapePath(source)}`) : [],
  );
  return [...kept, ...returned.sort()];
}
