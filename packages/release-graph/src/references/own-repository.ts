import { readYaml, stringOf, valueAt } from '@plimsoll/documents';
import type { SourceFile } from '@plimsoll/documents';
import { readText } from '../commands/script-files.ts';
import type { Documents, ReleaseSettings } from '../model.ts';

/**
 * `owner/name` of the checked repository: as configured, else as its package.json, its go.mod or a condition on
 * `github.repository` in a workflow says. Undefined where none does.
 */
export function ownRepository({ tree, workflows }: Documents, { repository }: ReleaseSettings): string | undefined {
  if (repository !== undefined) return repository;
  const fromManifest = ofPackage(readText(tree, 'package.json'));
  if (fromManifest !== undefined) return fromManifest;
  const fromModule = /^module\s+github\.com\/([\w.-]+\/[\w.-]+)/m.exec(readText(tree, 'go.mod')?.text ?? '')?.[1];
  if (fromModule !== undefined) return fromModule;
  for (const { file } of workflows.values()) {
    const named = /github\.repository\s*==\s*'([\w.-]+\/[\w.-]+)'/.exec(file.text)?.[1];
    if (named !== undefined) return named;
  }
  return undefined;
}

function ofPackage(file: SourceFile | undefined): string | undefined {
  const [root] = file ? readYaml(file, 'syntax/manifest').document.documents : [];
  const written = stringOf(valueAt(root, 'repository')) ?? stringOf(valueAt(root, 'repository', 'url')) ?? '';
  const path = written.includes('github.com')
    ? written.split(/github\.com[/:]/, 2)[1]
    : written.replace(/^github:/, '');
  const [owner, name] = (path ?? '').split(/[/#]/);
  if (!owner || !name || written.length > 300 || (written.includes('://') && !written.includes('github.com')))
    return undefined;
  return `${owner}/${name.replace(/\.git$/, '')}`;
}

/** A name that the lane builds, with the repository's own name in the place of GitHub's expressions for it. */
export function withRepository(name: string, repository: string | undefined): string {
  if (repository === undefined || !name.includes('${{')) return name;
  const [owner = ''] = repository.split('/');
  return name
    .replaceAll('${{ github.repository }}', repository.toLowerCase())
    .replaceAll('${{ github.repository_owner }}', owner.toLowerCase());
}
