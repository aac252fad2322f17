import { inputEntry, inputValue } from '../../builds/action-inputs.ts';
import { booleanOf } from '../../builds/build-push-action.ts';
import { viewOf } from '../../credentials/step-view.ts';
import type { StepInstance } from '../../lanes/model.ts';
import type { Documents } from '../../model.ts';
import { normalise } from '../../builds/paths.ts';
import { onlyValue } from '../../values/resolved.ts';
import { chartsIn } from './charts.ts';
import { ofStep } from './found-package.ts';
import type { FoundPackage, PackageKind, PackageProvenance } from './found-package.ts';
import { nameIn, publicPackages } from './names.ts';
import { npmProvenance, provenanceOfAction } from './npm-provenance.ts';
import { scriptOfPackage } from './package-json.ts';
import { publishesToNpm } from './semantic-release.ts';

/** An action that publishes packages. */
interface PublishingAction {
  readonly actions: readonly string[];
  readonly kind: PackageKind;
  /** Whether it does so in this step; always where it is not given. */
  readonly when?: (documents: Documents, step: StepInstance) => boolean;
  /** The package of its folder where it is not given. */
  readonly names?: (documents: Documents, step: StepInstance) => readonly string[];
  readonly provenance?: (documents: Documents, step: StepInstance) => PackageProvenance;
}

const text = (step: StepInstance, name: string): string => {
  const value = inputValue(step, name);
  return value ? (onlyValue(value) ?? value.written) : '';
};

const folderIn = (step: StepInstance, ...names: readonly string[]): string =>
  normalise(names.map((name) => text(step, name)).find((path) => path !== '') ?? '') ?? '';

const fromNpm = (documents: Documents, step: StepInstance) => npmProvenance(documents, step, '');
const bySemanticRelease = ({ tree }: Documents, step: StepInstance) =>
  text(step, 'dry_run') !== 'true' && publishesToNpm(tree, folderIn(step, 'working_directory'));

/** Where a folder of archives stands beside the package that they are made of. */
const beside = (path: string): string => path.replace(/(?:^|\/)(?:dist|wheelhouse|build|target|pkg)(?:\/.*)?$/, '');

const table: readonly PublishingAction[] = [
  {
    actions: ['changesets/action'],
    kind: 'npm',
    when: ({ tree }, step) => {
      const command = text(step, 'publish');
      const script = /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([\w:-]+)$/.exec(command.trim())?.[1];
      const called = script === undefined ? command : (scriptOfPackage(tree, '', script) ?? command);
      return (
        inputEntry(step, 'publish') !== undefined && (!/\bchangeset tag\b/.test(called) || called.includes('publish'))
      );
    },
    names: ({ tree }) => publicPackages(tree, 'npm', ''),
    provenance: fromNpm,
  },
  {
    actions: ['js-devtools/npm-publish', 'pascalgn/npm-publish-action', 'pressreader/npm-publish'],
    kind: 'npm',
    when: (_, step) => text(step, 'dry-run') !== 'true',
    names: ({ tree }, step) =>
      nameIn(tree, 'npm', folderIn(step, 'package', 'workspace').replace(/\/?package\.json$/, '')),
    provenance: provenanceOfAction,
  },
  {
    actions: [
      'cycjimmy/semantic-release-action',
      'codfish/semantic-release-action',
      'ahmadnassri/action-semantic-release',
    ],
    kind: 'npm',
    when: bySemanticRelease,
    provenance: fromNpm,
  },
  {
    actions: ['pypa/gh-action-pypi-publish'],
    kind: 'pypi',
    names: ({ tree }, step) => nameIn(tree, 'pypi', beside(folderIn(step, 'packages-dir', 'packages_dir'))),
    provenance: pypiProvenance,
  },
  {
    actions: ['jrubics/poetry-publish', 'etils-actions/pypi-auto-publish', 'casperdcl/deploy-pypi'],
    kind: 'pypi',
  },
  {
    actions: ['pyo3/maturin-action'],
    kind: 'pypi',
    when: (_, step) => /^(?:publish|upload)$/.test(text(step, 'command')),
    names: ({ tree }, step) => nameIn(tree, 'pypi', folderIn(step, 'working-directory')),
  },
  {
    actions: ['katyo/publish-crates'],
    kind: 'crates',
    when: (_, step) => text(step, 'dry-run') !== 'true',
    names: ({ tree }, step) => publicPackages(tree, 'crates', folderIn(step, 'path')),
  },
  {
    actions: ['release-plz/action', 'marcoieni/release-plz-action'],
    kind: 'crates',
    when: (_, step) => text(step, 'command') !== 'release-pr',
    names: ({ tree }) => publicPackages(tree, 'crates', ''),
  },
  {
    actions: ['rubygems/release-gem'],
    kind: 'rubygems',
    names: ({ tree }, step) => nameIn(tree, 'rubygems', folderIn(step, 'working-directory')),
    provenance: (_, step) => ({ provenance: text(step, 'attestations') === 'false' ? 'none' : 'index' }),
  },
  { actions: ['dawidd6/action-publish-gem', 'cadwallion/publish-rubygems-action'], kind: 'rubygems' },
  { actions: ['rohith/publish-nuget', 'alirezanet/publish-nuget', 'brandedoutcast/publish-nuget'], kind: 'nuget' },
  { actions: ['samuelmeuli/action-maven-publish'], kind: 'maven' },
  {
    actions: ['gradle/gradle-build-action', 'gradle/actions/setup-gradle', 'burrunan/gradle-cache-action'],
    kind: 'maven',
    when: (_, step) => /(?:^|[\s:])publish(?!ToMavenLocal)\w*/.test(text(step, 'arguments')),
  },
  {
    actions: ['helm/chart-releaser-action'],
    kind: 'helm',
    names: ({ tree }, step) => chartsIn(tree, folderIn(step, 'charts_dir') || 'charts'),
  },
  {
    actions: ['stefanprodan/helm-gh-pages'],
    kind: 'helm',
    names: ({ tree }, step) => chartsIn(tree, folderIn(step, 'charts_dir') || 'charts'),
  },
  {
    actions: ['appany/helm-oci-chart-releaser', 'bsord/helm-push'],
    kind: 'helm',
    names: (_, step) => ociChart(step),
  },
];

const rows = new Map(table.flatMap((row) => row.actions.map((action) => [action, row] as const)));

/** What an action of a step publishes. */
export function ofAction(documents: Documents, step: StepInstance): readonly FoundPackage[] {
  const row = rows.get(viewOf(step).action ?? '');
  if (!row) return foreignChart(step);
  if (row.when && !row.when(documents, step)) return [];
  const names = row.names ? row.names(documents, step) : nameIn(documents.tree, row.kind, '');
  return ofStep(step, row.kind, names, row.provenance?.(documents, step));
}

const chartAction =
  /(?:^|[^a-z])(?:push|publish|release)[-_](?:(?:oci|helm)[-_])*(?:charts?|helm)(?![\w-])|(?:^|[^a-z])(?:helm|charts?)[-_](?:(?:oci|charts?)[-_])*(?:push|publish|releaser?)(?![\w-])/i;

/** An action of others whose name says that it publishes charts. */
function foreignChart(step: StepInstance): readonly FoundPackage[] {
  const { uses } = step.step;
  if (uses?.target !== 'action' || !chartAction.test(`${uses.repository ?? ''}/${uses.path ?? ''}`)) return [];
  return ofStep(step, 'helm', ociChart(step)).map((one) => ({
    ...one,
    opaque: `${uses.text} publishes by itself and may sign`,
  }));
}

/** The action attests by default where it publishes as a trusted publisher, that is without a password. */
function pypiProvenance(_: Documents, step: StepInstance): PackageProvenance {
  const attestations = inputValue(step, 'attestations');
  if (attestations?.complete && booleanOf(attestations) === false) return { provenance: 'none' };
  const password = inputValue(step, 'password');
  return { provenance: password && password.written.trim() !== '' ? 'none' : 'index' };
}

function ociChart(step: StepInstance): readonly string[] {
  const [registry, repository, name] = [
    text(step, 'registry') || text(step, 'registry-url'),
    text(step, 'repository') || text(step, 'registry_namespace'),
    text(step, 'name') || folderIn(step, 'chart-folder', 'path').split('/').at(-1),
  ];
  return name === undefined || name === ''
    ? []
    : [[registry.replace(/^oci:\/\//, ''), repository, name].filter(Boolean).join('/')];
}
