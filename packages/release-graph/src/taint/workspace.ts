import { pathFrom } from './executions.ts';
import type { CodeRun, UntrustedCheckout } from './model.ts';

/** What a job has in the folders of its workspace, as its steps go on. */
export interface Workspace {
  /** By folder, '' for the workspace itself; `own`: code of the repository. */
  readonly folders: Map<string, Brought | 'own'>;
  readonly brought: Brought[];
  /** What git fetched and nothing has checked out yet. */
  fetched?: Brought;
}

/** Code of a stranger, with what runs it. */
export type Brought = Omit<UntrustedCheckout, 'runs'> & { readonly runs: CodeRun[] };

export function emptyWorkspace(): Workspace {
  return { folders: new Map(), brought: [] };
}

/** Puts something into a folder. A checkout takes the place of all that was below it; files are laid over what is there. */
export function put(workspace: Workspace, written: string, what: Brought | 'own', how: 'replace' | 'overlay'): void {
  const folder = pathFrom('', written);
  if (folder === undefined) return;
  if (how === 'replace') {
    for (const known of [...workspace.folders.keys()])
      if (folder === '' || known === folder || known.startsWith(`${folder}/`)) workspace.folders.delete(known);
  }
  workspace.folders.set(folder, what);
  if (what !== 'own' && !workspace.brought.includes(what)) workspace.brought.push(what);
}

/** The stranger's code that is run; undefined where it is other code. */
export function ranFrom({ folders }: Workspace, path: string): Brought | undefined {
  for (let folder = path; ; folder = parentOf(folder)) {
    const what = folders.get(folder);
    if (what !== undefined) return what === 'own' ? undefined : what;
    if (folder === '') return undefined;
  }
}

function parentOf(folder: string): string {
  const slash = folder.lastIndexOf('/');
  return slash < 0 ? '' : folder.slice(0, slash);
}
