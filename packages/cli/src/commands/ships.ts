import { relative, resolve, sep } from 'node:path';
import { formatBytes, formatCount } from '@plimsoll/core';
import { openShips, propose, whyPath } from '@plimsoll/engine';
import type { OpenedShips, PathAnswer, ShippedBuild, ShipsOptions } from '@plimsoll/engine';
import { shipsJson, shipsPaths, shipsText, shipsTree, shipsWhy, visible } from '@plimsoll/reporters';
import type { ShipsCommandOptions } from '../program-ships.ts';
import { folderPrefix } from '../folder-prefix.ts';
import { complain, say } from '../say.ts';
import { updateLists } from './ships-update.ts';

/** Says what ships, or records it; returns the exit code. */
export function runShips(dockerfile: string | undefined, given: ShipsCommandOptions): number {
  const options = optionsOf(dockerfile, given);
  const conflict = conflictIn(given);
  if (conflict !== undefined) return complain([conflict]);
  const opened = openShips(options);
  if (opened.problems.length > 0) return complain(opened.problems);
  tellNotes(opened);
  if (given.update) return updateLists(opened, options);
  if (given.propose) return proposal(opened);
  process.stdout.write(
    given.why === undefined ? listing(opened, given, dockerfile !== undefined) : why(opened, given.why),
  );
  return 0;
}

function optionsOf(
  dockerfile: string | undefined,
  { context, target, buildArg, worktree }: ShipsCommandOptions,
): ShipsOptions {
  return {
    cwd: process.cwd(),
    ...(dockerfile !== undefined && { dockerfile }),
    ...(context !== undefined && { context }),
    ...(target !== undefined && { target }),
    ...(buildArg && { buildArgs: new Map(buildArg.map(readBuildArg)) }),
    ...(worktree && { worktree }),
  };
}

/** `NAME=value`; a bare `NAME` takes the variable of that name, as docker does. */
function readBuildArg(text: string): readonly [string, string | undefined] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, process.env[text]] : [text.slice(0, equals), text.slice(equals + 1)];
}

function conflictIn(options: ShipsCommandOptions): string | undefined {
  const { why: path, update, propose: proposes, format, worktree, buildArg } = options;
  if (update && worktree)
    return '--update records what Git has or would take, as a check sees it: it goes without --worktree';
  if (update && buildArg)
    return '--update records what the repository builds, and a check knows no other arguments: it goes without --build-arg';
  const given = [path !== undefined && '--why', update && '--update', proposes && '--propose'].filter(
    (name) => typeof name === 'string',
  );
  if (given.length > 1) return `${given.join(' and ')} are different things: give one of them`;
  return given.length > 0 && format !== undefined ? `--format does not go with ${given.join('')}` : undefined;
}

const mostNotes = 10;

function tellNotes({ notes, builds }: OpenedShips): void {
  for (const note of notes.slice(0, mostNotes)) say(note);
  if (notes.length > mostNotes) say(`and ${notes.length - mostNotes} more of this kind`);
  if (builds.length === 0) say('no workflow, script or compose file of the repository declares a build that is known');
}

function listing({ builds, root }: OpenedShips, { format }: ShipsCommandOptions, single: boolean): string {
  const pathPrefix = folderPrefix(process.cwd(), root);
  switch (format) {
    case 'json':
      return shipsJson(builds, { single });
    case 'paths':
      return shipsPaths(builds, { single });
    case 'tree':
      return shipsTree(builds, { pathPrefix });
    default:
      return shipsText(builds, { pathPrefix });
  }
}

/** A path is one of the image (`/app/a.txt`) or of the disk, from the current folder or from the context. */
function why({ builds, root }: OpenedShips, path: string): string {
  const answers = builds.map((build) => [build, answerOf(build, root, path)] as const);
  return shipsWhy(answers, { pathPrefix: folderPrefix(process.cwd(), root) });
}

function answerOf({ subject }: ShippedBuild, root: string, path: string): PathAnswer {
  const { folder, tree } = subject;
  const inTree = wayFrom(root, resolve(process.cwd(), path));
  const fromHere = wayFrom(resolve(root, folder), resolve(process.cwd(), path));
  const isThere = inTree !== undefined && (inTree === '' || tree.entry(inTree) !== undefined);
  if (isThere && fromHere !== undefined) return whyPath(subject, fromHere === '' ? '.' : fromHere);
  const isInContext = !path.startsWith('..') && tree.entry(folder === '' ? path : `${folder}/${path}`) !== undefined;
  if (isThere && !isInContext) return { of: 'context', path: inTree, standing: 'outside', groups: [] };
  return whyPath(subject, path.startsWith('..') ? (fromHere ?? path) : path);
}

/** The way from a folder to what is in it; undefined for what is not. */
function wayFrom(folder: string, path: string): string | undefined {
  const way = relative(folder, path).split(sep).join('/');
  return way === '..' || way.startsWith('../') ? undefined : way;
}

/** Prints two files; both take `#` for a comment, so that each can be cut out and written as it is. */
function proposal({ builds, repository }: OpenedShips): number {
  const [build] = builds;
  if (!build) return 0;
  if (builds.length > 1) return complain(['--propose is for one image: name its Dockerfile']);
  const { ignoreFile, contract, subject, notes } = propose(build.subject, repository().workspaces);
  for (const note of notes) say(note);
  const sent = ({ subject: { contents } }: Pick<ShippedBuild, 'subject'>): string =>
    `${formatCount(contents.sent.files, 'file')} (${formatBytes(contents.sent.bytes)})`;
  say(`with it the context sends ${sent({ subject })} in place of ${sent(build)}`);
  process.stdout.write([ignoreFile, contract].map(({ path, text }) => `# ${visible(path)}\n${text}`).join('\n'));
  return 0;
}
