import { memoryTree } from '@plimsoll/build-context';
import type { Action, Dockerfile, IgnoreFile, Manifest, Workflow } from '@plimsoll/documents';
import {
  decodeFile,
  readAction,
  readDockerfile,
  readIgnoreFile,
  readManifest,
  readWorkflow,
} from '@plimsoll/documents';
import type { Documents } from './model.ts';

/** The documents of a repository that a test writes down, by path. */
export function documentsOf(files: Readonly<Record<string, string>>): Documents {
  const dockerfiles = new Map<string, Dockerfile>();
  const ignoreFiles = new Map<string, IgnoreFile>();
  const workflows = new Map<string, Workflow>();
  const actions = new Map<string, Action>();
  const manifests = new Map<string, Manifest>();
  for (const [path, text] of Object.entries(files)) {
    const { file } = decodeFile(path, new TextEncoder().encode(text), 'syntax/workflow');
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) workflows.set(path, readWorkflow(file).document);
    else if (/^action\.ya?ml$/.test(name)) actions.set(path, readAction(file).document);
    else if (name.endsWith('.dockerignore')) ignoreFiles.set(path, readIgnoreFile(file).document);
    else if (/^(?:Dockerfile|Containerfile)(?:\.|$)|\.[Dd]ockerfile$/.test(name))
      dockerfiles.set(path, readDockerfile(file).document);
    else {
      const manifest = readManifest(file)?.document;
      if (manifest) manifests.set(path, manifest);
    }
  }
  return { tree: memoryTree(files), dockerfiles, ignoreFiles, workflows, actions, manifests };
}
