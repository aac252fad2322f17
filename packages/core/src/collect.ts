import { SourceFile } from '@plimsoll/documents';
import type { Dockerfile, Workflow } from '@plimsoll/documents';
import {
  absentContexts,
  carriedProjects,
  contextOf,
  contractBreaches,
  deeperMatches,
  drifts,
  ignoreFileUses,
  ineffective,
  installsOf,
  isAllowList,
  isPlainAdd,
  isRemovedLater,
  isWorkspaceRoot,
  missingNeeds,
  missingSources,
  secretMounts,
  sensitivityOf,
  shippedImages,
} from '@plimsoll/release-graph';
import type { BuildContext } from '@plimsoll/release-graph';
import { laneCollectors } from './collect-lane.ts';
import { textsOfShippedFiles, textsOfSources } from './contents.ts';
import type { ContextUnit, UnitName, Units, Workspace } from './units.ts';

type Found<U extends UnitName> = Iterable<Units[U]> | Promise<Iterable<Units[U]>>;
type Collectors = { readonly [U in UnitName]: (workspace: Workspace) => Found<U> };

/**
 * The units of one kind, in the order of the files' paths and of their text. A unit of the graph makes the graph; what is
 * searched for in contents is awaited.
 */
export function unitsOf<U extends UnitName>(name: U, workspace: Workspace): Found<U> {
  return collectors[name](workspace);
}

/** The names that a rule can visit. */
export function unitNames(): readonly UnitName[] {
  return Object.keys(collectors) as UnitName[];
}

const collectors: Collectors = {
  ...laneCollectors,
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
  *ignorePattern(workspace) {
    for (const ignoreFile of workspace.documents.ignoreFiles.values()) {
      const applied = (): readonly BuildContext[] =>
        contextsOf(workspace).filter((context) => context.ignoreFile?.file.path === ignoreFile.file.path);
      for (const pattern of ignoreFile.patterns) {
        yield {
          ignoreFile,
          pattern,
          ineffective: ineffective(ignoreFile, pattern),
          deeper: () => deeperMatches(pattern, applied()),
        };
      }
    }
  },
  ignoreFileUse: ({ documents, graph }) => ignoreFileUses(documents, graph().builds),
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
  overriddenBase: ({ graph }) => graph().overriddenBases,
  unverifiedDownload: ({ graph }) => graph().unverifiedDownloads,
  unpinnedInstall: ({ graph }) => graph().unpinnedInstalls,
  actionReference: ({ graph }) => graph().actionReferences,
  buildVariable: ({ graph }) => graph().buildVariables,
  build: ({ graph }) => graph().builds,
  context: (workspace) => contextsOf(workspace).map(unitOf),
  absentContext: ({ documents, graph }) => absentContexts(documents.tree, graph().builds),
  *contextCopy(workspace) {
    const { tree } = workspace.documents;
    for (const context of contextsOf(workspace)) {
      for (const copy of context.contents.copies) {
        const workspaceRoot = copy.folder && isWorkspaceRoot(tree, joinPath(context.folder, copy.path ?? '.'));
        yield { ...unitOf(context), copy, workspaceRoot, missing: missingSources(context).get(copy) };
      }
    }
  },
  *shippedFile(workspace) {
    for (const context of contextsOf(workspace)) {
      const unit = unitOf(context);
      for (const file of context.ships ? (context.contents.final?.files ?? []) : []) {
        yield {
          ...unit,
          file,
          place: new SourceFile(file.treePath, '').range(),
          sensitivity: () => sensitivityOf(file.treePath, workspace.documents.tree),
          removedLater: () => isRemovedLater(context, file),
        };
      }
    }
  },
  *projectCopy(workspace) {
    for (const context of contextsOf(workspace)) {
      for (const carried of carriedProjects(context, workspace.graph().workspaces))
        yield { ...unitOf(context), ...carried };
    }
  },
  *missingNeeds(workspace) {
    for (const context of contextsOf(workspace)) {
      const byCopy = Map.groupBy(missingNeeds(context, workspace.graph().workspaces), ({ copy }) => copy);
      for (const [copy, [first, ...others]] of byCopy) {
        if (first) yield { ...unitOf(context), copy, needs: [first, ...others] };
      }
    }
  },
  *add(workspace) {
    for (const dockerfile of workspace.documents.dockerfiles.values()) {
      for (const instruction of dockerfile.instructions) {
        if (instruction.type !== 'copy' || instruction.name !== 'ADD') continue;
        yield {
          dockerfile,
          instruction,
          plain: isPlainAdd(dockerfile, instruction, contextsOfDockerfile(workspace, dockerfile)),
        };
      }
    }
  },
  *install(workspace) {
    for (const dockerfile of workspace.documents.dockerfiles.values())
      yield* installsOf(dockerfile, contextsOfDockerfile(workspace, dockerfile));
  },
  shippedImage: ({ documents, graph }) => shippedImages(documents, graph().builds),
  contractBreach: ({ documents, graph }) => contractBreaches(documents, graph().builds),
  drift: ({ documents, graph }) => drifts(documents, graph().builds),
  publication: ({ graph }) => graph().publications.filter(({ copied }) => !copied),
  digest: ({ graph }) => graph().digests,
  digestUse: ({ graph }) => graph().digestUses,
  attestationSubject: ({ graph }) => graph().attestationSubjects,
  movingImage: ({ graph }) => graph().movingImages,
  deployment: ({ graph }) => graph().deployments,
  verification: ({ graph }) => graph().verifications,
  subjectUse: ({ graph }) => graph().subjectUses,
  credentialUse: ({ graph }) => graph().credentialUses,
  *stepPermissions({ graph }) {
    const steps = Map.groupBy(graph().permissionNeeds, ({ range }) => `${range.file.path}:${range.start}`);
    for (const [first, ...others] of steps.values()) if (first) yield { needs: [first, ...others] };
  },
  scopeGrant: ({ graph }) => graph().scopeGrants,
  keptToken: ({ graph }) => graph().keptTokens,
  secretExposure: ({ graph }) => graph().secretExposures,
  secretArgument: ({ graph }) => graph().secretArguments,
  personalToken: ({ graph }) => graph().personalTokens,
  secretFlow: ({ graph }) => graph().secretFlows,
  secretLeak: ({ graph }) => graph().secretLeaks,
  *secretMount({ documents }) {
    for (const dockerfile of documents.dockerfiles.values()) yield* secretMounts(dockerfile);
  },
  secretText: textsOfSources,
  shippedText: textsOfShippedFiles,
};

function* stepsOf(workflow: Workflow): Generator<Units['step']> {
  for (const job of workflow.jobs) for (const step of job.steps) yield { owner: workflow, job, step };
}

function unitOf(context: BuildContext): ContextUnit {
  const { ignoreFile } = context;
  return {
    ...context,
    allowList: ignoreFile !== undefined && isAllowList(ignoreFile),
    missingSources: () => [...missingSources(context).values()],
  };
}

function contextsOf({ documents, graph }: Workspace): readonly BuildContext[] {
  return graph().builds.flatMap((build) => contextOf(build, documents) ?? []);
}

function contextsOfDockerfile(workspace: Workspace, dockerfile: Dockerfile): readonly BuildContext[] {
  return contextsOf(workspace).filter((context) => context.dockerfile.file.path === dockerfile.file.path);
}

function joinPath(folder: string, path: string): string {
  if (path === '.' || path === '') return folder;
  return folder === '' ? path : `${folder}/${path}`;
}
