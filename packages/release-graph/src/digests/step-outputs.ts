import type { Command, Script } from '@plimsoll/documents';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { scriptOf } from '../lanes/scripts.ts';
import { writtenVariables } from '../values/written-variables.ts';

/** What actions of other repositories give, by their names in lower case. */
const outputsOfActions: Readonly<Record<string, readonly string[]>> = {
  'docker/build-push-action': ['digest', 'imageid', 'metadata'],
  'useblacksmith/build-push-action': ['digest', 'imageid', 'metadata'],
  'depot/build-push-action': ['digest', 'imageid', 'metadata', 'build-id', 'project-id'],
  'docker/bake-action': ['metadata'],
  'depot/bake-action': ['metadata', 'build-id', 'project-id'],
  'docker/metadata-action': [
    'version',
    'tags',
    'tag-names',
    'labels',
    'annotations',
    'json',
    'bake-file',
    'bake-file-tags',
    'bake-file-labels',
    'bake-file-annotations',
  ],
  'docker/login-action': [],
  'docker/setup-buildx-action': ['name', 'driver', 'platforms', 'nodes', 'endpoint', 'status', 'flags'],
  'docker/setup-qemu-action': ['platforms'],
  'actions/checkout': ['ref', 'commit'],
  'actions/attest': ['bundle-path', 'attestation-id', 'attestation-url', 'storage-record-ids'],
  'actions/attest-build-provenance': ['bundle-path', 'attestation-id', 'attestation-url', 'storage-record-ids'],
};

/** The outputs that a step can have, in lower case; undefined where that is not known. It may hold more than there are. */
export function outputsOf(step: StepInstance): ReadonlySet<string> | undefined {
  const { uses, run } = step.step;
  if (run) return outputsOfScript(step);
  if (step.calls)
    return step.calls.using === 'composite' ? lowerCase(step.calls.outputs.map((one) => one.name)) : undefined;
  if (uses?.target !== 'action' || uses.path !== undefined) return undefined;
  const known = outputsOfActions[`${uses.owner ?? ''}/${uses.repository ?? ''}`.toLowerCase()];
  return known && new Set(known);
}

function lowerCase(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}

/** Commands that write no outputs by themselves. */
const harmless = new Set(
  (
    'echo printf cat jq yq tee grep egrep sed awk cut tr head tail sort uniq wc test [ [[ : true false set export local ' +
    'declare readonly docker podman buildah skopeo crane cosign regctl oras git gh curl wget mkdir cp mv rm ls cd pwd date ' +
    'sleep exit return basename dirname sha256sum shift read kubectl helm aws gcloud az openssl base64 tar unzip chmod touch ' +
    'uname hostname id whoami mktemp trap wait shopt ko'
  ).split(' '),
);

function outputsOfScript(step: StepInstance): ReadonlySet<string> | undefined {
  const script = scriptOf(step.step);
  if (!script || script.unreadable !== undefined) return undefined;
  const { text } = script.text;
  if (text.includes('set-output') || !script.commands.every((command) => isHarmless(command))) return undefined;
  if (!text.includes('GITHUB_OUTPUT')) return new Set();
  if (hasOpaqueWriter(script)) return undefined;
  const names = beforeEquals(text.replaceAll(/\$\{\{\s*matrix\.[\w.-]+\s*\}\}/g, '#'));
  if (names.some((name) => /[$)}]/.test(name))) return undefined;
  const ofLegs = writtenVariables(script, 'GITHUB_OUTPUT', scopeOfStep(step)).keys();
  return lowerCase([...names, ...ofLegs]);
}

function isHarmless({ name, words }: Command): boolean {
  return words.length === 0 || (harmless.has(name) && words[0]?.text.includes('/') !== true);
}

/** What stands before each `=` and `<<`: some of it are the names of outputs. */
function beforeEquals(text: string): readonly string[] {
  return [...text.matchAll(/=|<</g)].map(({ index }) => {
    let start = index;
    while (start > 0 && !/[\s"'`;=]/.test(text[start - 1] ?? '')) start--;
    return text.slice(start, index);
  });
}

/** Something else than `echo` and its like writes the file: what, is not known. */
function hasOpaqueWriter({ commands }: Script): boolean {
  return commands.some((command) => {
    const redirected = command.redirections.some(
      ({ operator, target }) => operator.startsWith('>') && target?.text.includes('GITHUB_OUTPUT') === true,
    );
    const given = command.words.slice(1).some((word) => word.text.includes('GITHUB_OUTPUT'));
    return (redirected && !isPlainWriter(command)) || (given && command.name !== 'tee' && command.name !== 'echo');
  });
}

function isPlainWriter({ name, redirections, words }: Command): boolean {
  if (name === 'cat') return redirections.some(({ body }) => body !== undefined);
  return /^(?:echo|printf|jq|tee)$/.test(name) || words.length === 0;
}
