import { resolveContents } from '@plimsoll/build-context';
import { SourceFile, contractPath, readIgnoreFile } from '@plimsoll/documents';
import { readText } from '../commands/script-files.ts';
import { imageApp } from '../stages/image-app.ts';
import type { ShipsSubject } from '../ships/subject.ts';
import { closureOf } from '../workspaces/index.ts';
import type { ProjectWorkspace } from '../workspaces/model.ts';
import { inside } from '../workspaces/projects.ts';
import { allOfToday, allowList, allowListText } from './allow-list.ts';
import type { AllowList } from './allow-list.ts';
import { contractText } from './contract.ts';
import type { AppNeeds, Mentions } from './expand.ts';
import type { Proposal } from './model.ts';
import { isLeftOut } from './usual-files.ts';
import { needsOf } from './needs.ts';

export type { Proposal, ProposedFile } from './model.ts';

/**
 * Proposes the smallest allow-list and contract for an image: from what its Dockerfile copies, and where it copies a whole
 * folder, from the projects that its app needs. The ignore file is one of the Dockerfile's own, which comes before others.
 */
export function propose(subject: ShipsSubject, workspaces: readonly ProjectWorkspace[]): Proposal {
  const { dockerfile, tree, request } = subject;
  const app = appOf(subject, workspaces);
  const path = `${dockerfile.file.path}.dockerignore`;
  const needs = needsOf(subject);
  const mentions = mentionsOf(subject, app.needs?.workspace);
  const apply = (list: AllowList) => {
    const text = allowListText(list);
    const ignoreFile = readIgnoreFile(new SourceFile(path, text)).document;
    const proposed = { ...request, ignoreFile };
    return { text, bounded: { ...subject, ignoreFile, request: proposed, contents: resolveContents(tree, proposed) } };
  };
  // A line that keeps out can take what a copy needs in a way that no single path shows: then there is none, or all comes in.
  const attempts = [
    () => apply(allowList(subject, needs, app.needs, mentions)),
    () => apply(allowList(subject, needs, app.needs, mentions, [])),
    () => apply(allOfToday(subject)),
  ];
  const today = failures(subject);
  const works = ({ bounded: { contents } }: ReturnType<typeof apply>): boolean =>
    [...failures({ contents })].every((place) => today.has(place));
  const { text, bounded } = firstOf(attempts, works);
  return {
    ignoreFile: { path, text },
    contract: { path: contractPath(dockerfile.file.path), text: contractText(bounded) },
    subject: bounded,
    notes: [
      ...app.notes,
      ...(subject.kind === 'git'
        ? [
            'the build takes its Git context, to which no ignore file applies: it holds once the build names the folder, as `context: .`',
          ]
        : []),
    ],
  };
}

/** The first that holds; where none does, the first. */
function firstOf<T>(attempts: readonly (() => T)[], holds: (one: T) => boolean): T {
  let first: T | undefined;
  for (const attempt of attempts) {
    const made = attempt();
    if (holds(made)) return made;
    first ??= made;
  }
  return first as T;
}

/** Where the Dockerfile says what BuildKit would refuse. */
function failures({ contents }: Pick<ShipsSubject, 'contents'>): ReadonlySet<number> {
  return new Set(contents.stages.flatMap(({ problems }) => problems.map(({ range }) => range.start)));
}

function appOf(
  subject: ShipsSubject,
  workspaces: readonly ProjectWorkspace[],
): { readonly needs?: AppNeeds; readonly notes: readonly string[] } {
  const app = imageApp(subject, workspaces);
  if (!app)
    return {
      notes: workspaces.length > 0 ? ['which project the image is for is not known, so all of them are let in'] : [],
    };
  const names = [...app.projects].map(({ name }) => name).join(', ');
  const { projects, complete } = closureOf(app.workspace, app.projects, { tests: false });
  if (!app.complete || !complete)
    return { notes: [`not all that ${names} needs is known, so all projects are let in`] };
  return { needs: { workspace: app.workspace, needed: projects }, notes: [`the image is for ${names}`] };
}

/**
 * Whether a RUN of the Dockerfile, or a manifest at the root, writes out a name; for what nearly no build reads the scripts of
 * package.json say nothing, since people call most of them.
 */
function mentionsOf({ dockerfile, tree, folder }: ShipsSubject, workspace: ProjectWorkspace | undefined): Mentions {
  const runs = dockerfile.instructions.flatMap((instruction) =>
    instruction.type === 'run' ? [instruction.body.text, ...instruction.heredocs.map(({ body }) => body.text)] : [],
  );
  const manifest = (name: string): readonly string[] => {
    const text = readText(tree, inside(folder, name))?.text;
    return text === undefined ? [] : [text];
  };
  const scripts = readText(tree, inside(workspace?.root ?? folder, 'package.json'))?.text ?? '';
  const texts = [...runs, ...['pyproject.toml', 'setup.py', 'setup.cfg', 'Cargo.toml'].flatMap(manifest)];
  return (name) => {
    const word = toolOf.get(name.toLowerCase()) ?? name;
    const isIdle = isLeftOut(name, true) || isLeftOut(name, false);
    return (isIdle ? texts : [...texts, scripts]).some((text) => includesWord(text, word));
  };
}

/** What reads a file of this name, where no command writes the name. */
const toolOf: ReadonlyMap<string, string> = new Map([
  ['makefile', 'make'],
  ['justfile', 'just'],
]);

function includesWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + word.length] ?? ' ')) return true;
  }
  return false;
}
