import { readYaml, valueAt } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { folderOf, readText } from '../commands/script-files.ts';
import { lazy } from '../lazy.ts';
import type { Documents } from '../model.ts';

/** The version of the application that a chart says it deploys, and where. */
export interface ChartVersion {
  readonly text: string;
  readonly at: Range;
}

/**
 * For a values file the `appVersion` of the Chart.yaml beside it. Undefined where there is none, and where the lane sets it
 * when it packs the chart, so that the one in the file is not what is deployed.
 */
export function chartVersions(documents: Documents): (path: string) => ChartVersion | undefined {
  const isSet = lazy(() => setsAppVersion(documents));
  const known = new Map<string, ChartVersion | undefined>();
  return (path) => {
    const folder = folderOf(path);
    if (!known.has(folder)) known.set(folder, readChart(documents, folder));
    const version = known.get(folder);
    return version && !isSet() ? version : undefined;
  };
}

function setsAppVersion({ workflows, actions, tree }: Documents): boolean {
  const texts = [...workflows.values(), ...actions.values()].map(({ file }) => file.text);
  const makefile = readText(tree, 'Makefile')?.text ?? '';
  return [...texts, makefile].some((text) => /--app-version\b|\bappVersion\b/.test(text));
}

function readChart({ tree }: Documents, folder: string): ChartVersion | undefined {
  const file = readText(tree, folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`);
  const [root] = file ? readYaml(file, 'syntax/manifest').document.documents : [];
  const node = valueAt(root, 'appVersion');
  if (node?.type !== 'scalar' || node.value === null || node.text.text.trim() === '') return undefined;
  return { text: node.text.text.trim(), at: node.text.range() };
}
