import type { Workflow } from '@plimsoll/documents';
import { isAllowList, isWorkspaceRoot, sensitivityOf } from '@plimsoll/release-graph';
import type { Build } from '@plimsoll/release-graph';
import type { ContextUnit, UnitName, Units, Workspace } from './units.ts';

type Collectors = { readonly [U in UnitName]: (workspace: Workspace) => Iterable<Units[U]> };

/** The units of one kind, in the order of the files' paths and of their text. A unit of the graph makes the graph. */
export function unitsOf<U extends UnitName>(name: U, workspace: Workspace): Iterable<Units[U]> {
  return collectors[name](workspace);
}

/** The names that a rule can visit. */
export function unitNames(): readonly UnitName[] {
  return Object.keys(collectors) as UnitName[];
}

const collectors: Collectors = {
  dockerfile: ({ documents }) => documents.dockerfiles.values(),
  *stage({ documents }) {
    for (const dockerfile of documents.dockerfiles.values())
      for (const stage of dockerfile.stages) yield { dockerfile, stage };
  },
  *instruction({ documents }) {
    for (const dockerfile of documents.dockerfiles.values())
      for (const instruction of dockerfile.instructions) yield { dockerfile, instruction };
  },
  ignoreFile: ({ documents }) => documents.ignoreFiles.values(),
  *ignorePattern({ documents }) {
    for (const ignoreFile of documents.ignoreFiles.values())
      for (const pattern of ignoreFile.patterns) yield { ignoreFile, pattern };
  },
  workflow: ({ documents }) => documents.workflows.values(),
  *job({ documents }) {
    for (const workflow of documents.workflows.values()) for (const job of workflow.jobs) yield { workflow, job };
  },
  *step({ documents }) {
    for (const workflow of documents.workflows.values()) yield* stepsOf(workflow);
    for (const action of documents.actions.values()) for (const step of action.steps) yield { owner: action, step };
  },
  manifest: ({ documents }) => documents.manifests.values(),
  command: ({ graph }) => graph().commands,
  imageReference: ({ graph }) => graph().imageReferences,
  actionReference: ({ graph }) => graph().actionReferences,
  buildVariable: ({ graph }) => graph().buildVariables,
  build: ({ graph }) => graph().builds,
  context: contexts,
  *contextCopy(workspace) {
    const { tree } = workspace.documents;
    for (const unit of contexts(workspace)) {
      for (const copy of unit.contents.copies) {
        const workspaceRoot = copy.folder && isWorkspaceRoot(tree, joinPath(unit.folder, copy.path ?? '.'));
        yield { ...unit, copy, workspaceRoot };
      }
    }
  },
  *shippedFile(workspace) {
    for (const unit of contexts(workspace)) {
      for (const file of unit.contents.final?.files ?? []) {
        yield { ...unit, file, sensitivity: () => sensitivityOf(file.treePath, workspace.documents.tree) };
      }
    }
  },
  publication: ({ graph }) => graph().publications,
  credentialUse: ({ graph }) => graph().credentialUses,
  *stepPermissions({ graph }) {
    const steps = Map.groupBy(graph().permissionNeeds, ({ range }) => `${range.file.path}:${range.start}`);
    for (const [first, ...others] of steps.values()) if (first) yield { needs: [first, ...others] };
  },
  secretFlow: ({ graph }) => graph().secretFlows,
};

function* stepsOf(workflow: Workflow): Generator<Units['step']> {
  for (const job of workflow.jobs) for (const step of job.steps) yield { owner: workflow, job, step };
}

function* contexts({ graph }: Workspace): Generator<ContextUnit> {
  for (const build of graph().builds) {
    const unit = contextOf(build);
    if (unit) yield unit;
  }
}

function contextOf(build: Build): ContextUnit | undefined {
  const { dockerfile, context, ignoreFile } = build;
  if (dockerfile.status === 'opaque' || context.status === 'opaque' || ignoreFile.status === 'opaque') return undefined;
  if (context.target.kind !== 'local' || !build.contents) return undefined;
  return {
    build,
    dockerfile: dockerfile.target,
    folder: context.target.folder,
    ignoreFile: ignoreFile.target,
    allowList: ignoreFile.target !== undefined && isAllowList(ignoreFile.target),
    contents: build.contents,
  };
}

function joinPath(folder: string, path: string): string {
  if (path === '.' || path === '') return folder;
  return folder === '' ? path : `${folder}/${path}`;
}
