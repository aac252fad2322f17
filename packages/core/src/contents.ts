import type { Range } from '@plimsoll/documents';
import { contextOf, isBinaryName, maxSearchedBytes, secretTexts, secretTextsOfFile } from '@plimsoll/release-graph';
import type { Units, Workspace } from './units.ts';
import { formatBytes, formatCount } from './words.ts';

/** All files that ship together are searched up to this many bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The credentials in the texts of Dockerfiles, workflows, actions and manifests, but those which an ARG, ENV or LABEL is told for. */
export async function textsOfSources({ documents, graph }: Workspace): Promise<readonly Units['secretText'][]> {
  const { dockerfiles, workflows, actions, manifests } = documents;
  const found: Units['secretText'][] = [];
  for (const { file } of [...dockerfiles.values(), ...workflows.values(), ...actions.values(), ...manifests.values()])
    found.push(...(await secretTexts(file)));
  if (!found.some(({ range }) => dockerfiles.has(range.file.path))) return found;
  const told = [
    ...graph().buildVariables.flatMap(({ credential, variable }) => (credential ? [variable.range] : [])),
    ...graph().secretLeaks.flatMap(({ sink, range }) => (sink === 'label' ? [range] : [])),
  ];
  return found.filter(({ range }) => !told.some((one) => isWithin(range, one)));
}

/** Those in other files that ship, each file once. What is not searched, for its size, is remarked. */
export async function textsOfShippedFiles(workspace: Workspace): Promise<readonly Units['shippedText'][]> {
  const { documents, graph, remark, suspects } = workspace;
  const seen = new Set<string>();
  const searched = new Map<string, Shipped>();
  let left = MAX_BYTES;
  let skipped = 0;
  for (const build of graph().builds) {
    const context = contextOf(build, documents);
    for (const file of context?.ships ? (context.contents.final?.files ?? []) : []) {
      const { treePath } = file;
      if (seen.has(treePath) || isUnsearched(treePath) || isDocument(workspace, treePath)) continue;
      seen.add(treePath);
      if (file.bytes > maxSearchedBytes || file.bytes > left) {
        skipped++;
        continue;
      }
      left -= file.bytes;
      searched.set(treePath, { file, dockerfile: context?.dockerfile });
    }
  }
  if (skipped > 0)
    remark?.(
      `${formatCount(skipped, 'file')} that ${skipped === 1 ? 'ships was' : 'ship were'} not searched for credentials: above ${formatBytes(maxSearchedBytes)} each, or ${formatBytes(MAX_BYTES)} together`,
    );
  const paths = [...searched.keys()];
  const found: Units['shippedText'][] = [];
  for (const path of suspects ? await suspects(paths) : paths) {
    const shipped = searched.get(path);
    for (const text of shipped ? await secretTextsOfFile(documents.tree, path) : [])
      found.push({ ...text, ...(shipped as Shipped), testData: TEST_DATA.test(path) });
  }
  return found;
}

type Shipped = Pick<Units['shippedText'], 'file' | 'dockerfile'>;

function isWithin(inner: Range, outer: Range): boolean {
  return inner.file === outer.file && outer.start <= inner.start && inner.end <= outer.end;
}

/** What is no text, and the code of others, whose credentials are none of the project's. */
function isUnsearched(path: string): boolean {
  return VENDORED.test(path) || isBinaryName(path);
}

const VENDORED = /(?:^|\/)(?:node_modules|vendor|third_party|third-party|bower_components|\.yarn|\.venv)\//;

function isDocument({ documents }: Workspace, path: string): boolean {
  const { dockerfiles, workflows, actions, manifests } = documents;
  return [dockerfiles, workflows, actions, manifests].some((all) => all.has(path));
}

/** Made-up credentials stand there, and in documentation. */
const TEST_DATA =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|testdata|test-data|test_data|e2e|specs?|fixtures?|__fixtures__|mocks?|examples?|samples?|docs?|documentation|stories|cypress|playwright)\/|[._-](?:test|tests|spec|stories|mock|fixture|example|sample)\.|(?:^|\/)test_|(?:^|\/)conftest|\.(?:md|mdx|rst|adoc|snap)$/i;
