import { relative, resolve, sep } from 'node:path';
import { openShips, shipsLists, whyPath } from '@plimsoll/engine';
import type { OpenedShips, ShippedBuild, ShipsListFile, ShipsOptions } from '@plimsoll/engine';
import { shipsJson, shipsPaths, shipsText, shipsTree, shipsWhy } from '@plimsoll/reporters';
import type { ShipsCommandOptions } from '../program-ships.ts';
import { folderPrefix } from '../folder-prefix.ts';
import { writeFileWhole } from '../write.ts';

/** Says what ships, or records it; returns the exit code. */
export function runShips(dockerfile: string | undefined, given: ShipsCommandOptions): number {
  const options = optionsOf(dockerfile, given);
  const conflict = conflictIn(given);
  if (conflict !== undefined) return complain([conflict]);
  const opened = openShips(options);
  if (opened.problems.length > 0) return complain(opened.problems);
  tellNotes(opened);
  if (given.update) return update(opened, options);
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

function conflictIn({ why: path, update: isUpdate, format }: ShipsCommandOptions): string | undefined {
  if (path !== undefined && isUpdate) return '--why and --update are two different things: give one of them';
  if ((path !== undefined || isUpdate) && format !== undefined) return `--format goes with neither --why nor --update`;
  return undefined;
}

function complain(problems: readonly string[]): 2 {
  for (const problem of problems) process.stderr.write(`plimsoll: ${problem}\n`);
  return 2;
}

const mostNotes = 10;

function tellNotes({ notes, builds }: OpenedShips): void {
  for (const note of notes.slice(0, mostNotes)) process.stderr.write(`plimsoll: ${note}\n`);
  if (notes.length > mostNotes)
    process.stderr.write(`plimsoll: and ${notes.length - mostNotes} more builds are not known\n`);
  if (builds.length === 0)
    process.stderr.write(
      'plimsoll: no workflow, script or compose file of the repository declares a build that is known\n',
    );
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
  return shipsWhy(
    builds.flatMap((build) =>
      pathsMeant(build, root, path).map((meant) => [build, whyPath(build.subject, meant)] as const),
    ),
    {
      pathPrefix: folderPrefix(process.cwd(), root),
    },
  );
}

function pathsMeant({ subject: { folder, tree } }: ShippedBuild, root: string, path: string): readonly string[] {
  const way = relative(resolve(root, folder), resolve(process.cwd(), path)).split(sep).join('/');
  const isInside = way !== '..' && !way.startsWith('../');
  const isThere = isInside && (way === '' || tree.entry(folder === '' ? way : `${folder}/${way}`) !== undefined);
  if (isThere) return [way === '' ? '.' : way];
  return [path.startsWith('/') || !path.startsWith('..') ? path : way];
}

function update(opened: OpenedShips, options: ShipsOptions): number {
  const { lists, problems } = shipsLists(opened, options);
  if (problems.length > 0) return complain(problems);
  const isNew = lists.some(({ path }) => opened.tree.entry(path) === undefined);
  const code = write(opened.root, lists);
  // A new list can ship itself, which is known once it is there.
  if (code !== 0 || !isNew) return told(lists, code);
  const again = shipsLists(openShips(options), options).lists;
  return told(again, write(opened.root, again));
}

function write(root: string, lists: readonly ShipsListFile[]): 0 | 2 {
  for (const { path, text } of lists) {
    const failure = writeFileWhole(resolve(root, path), text);
    if (failure !== undefined) return complain([`${path} could not be written: ${failure}`]);
  }
  return 0;
}

function told(lists: readonly ShipsListFile[], code: 0 | 2): number {
  if (code === 0)
    for (const { path, files, sections } of lists)
      process.stdout.write(`${path}: ${files} files, ${sections} targets\n`);
  return code;
}
