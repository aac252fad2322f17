import { firstLine } from '@plimsoll/documents';
import type { Command, Range } from '@plimsoll/documents';
import { inputEntry, inputValue } from '../builds/action-inputs.ts';
import { booleanOf, isAction } from '../builds/build-push-action.ts';
import type { CallSite } from '../builds/index.ts';
import { usesPublicIndex } from '../credentials/publishing.ts';
import { toolName, toolWords, viewOf } from '../credentials/step-view.ts';
import type { StepInstance } from '../lanes/model.ts';
import type { Documents } from '../model.ts';
import { grantOf } from '../permissions/grants.ts';
import type { PublishCall } from '../tools/index.ts';
import { onlyValue } from '../values/resolved.ts';
import { evaluateWord } from '../values/shell.ts';
import type { FoundPublication } from './found.ts';
import { anyPackageAsks, npmrcAsks, readPackage } from './package-json.ts';

/** A package publication, with what is said of its provenance. */
export interface FoundPackage extends FoundPublication {
  readonly kind: 'npm' | 'pypi';
  /** `asked`: it is switched on. `index`: trusted publishing brings it. */
  readonly provenance: 'asked' | 'index' | 'none';
  readonly at?: Range;
}

/** What steps publish to npm and PyPI themselves, by a command or an action; private registries are not judged. */
export function packagePublications(
  documents: Documents,
  steps: readonly StepInstance[],
  sites: readonly CallSite[],
): readonly FoundPackage[] {
  const byCommand = sites.flatMap((site) => ofSite(documents, site));
  const byTool = steps.flatMap((step) => [...ofTools(documents, step), ...ofAction(documents, step)]);
  return [...byCommand, ...byTool];
}

function ofSite(documents: Documents, site: CallSite): readonly FoundPackage[] {
  const { call, place, origin } = site;
  if (call.does !== 'publish' || call.dryRun || !place.step) return [];
  const range = firstLine(call.command.range);
  if (call.ecosystem === 'pypi') return ofPypi(site, call, range);
  if (call.ecosystem !== 'npm' || !usesPublicIndex(viewOf(place.step), 'npm')) return [];
  const own = readPackage(documents.tree, site.base.folder);
  if (
    own?.isPrivate === true &&
    !/\B--?(?:w|ws|r|recursive|workspaces?|filter)\b/.test(call.command.words.map((word) => word.text).join(' '))
  )
    return [];
  const found = {
    kind: 'npm' as const,
    range,
    origin,
    place,
    names: own?.name === undefined || own.isPrivate ? [] : [own.name],
    builds: [],
    by: 'package' as const,
  };
  const { provenance } = call;
  if (provenance) {
    const off = provenance.value && onlyValue(evaluateWord(provenance.value, site.scope)) === 'false';
    if (off || provenance.name.startsWith('no-')) return [{ ...found, provenance: 'none' }];
    return [{ ...found, provenance: 'asked', at: provenance.range }];
  }
  return [{ ...found, ...npmProvenance(documents, place.step, site.base.folder) }];
}

function ofPypi(site: CallSite, call: PublishCall, range: Range): readonly FoundPackage[] {
  const { place, origin } = site;
  const text = call.command.words.map((word) => word.text).join(' ');
  if (!place.step || /test\.?pypi/i.test(text) || !usesPublicIndex(viewOf(place.step), 'pypi')) return [];
  const asked = call.provenance !== undefined;
  return [
    {
      kind: 'pypi',
      range,
      origin,
      place,
      names: [],
      builds: [],
      by: 'package',
      provenance: asked ? 'asked' : 'none',
      ...(call.provenance && { at: call.provenance.range }),
    },
  ];
}

/** Tools that publish the packages of a workspace, by the words that do. */
const tools: readonly (readonly string[])[] = [
  ['changeset', 'publish'],
  ['lerna', 'publish'],
  ['semantic-release'],
  ['nx', 'release', 'publish'],
];

function ofTools(documents: Documents, step: StepInstance): readonly FoundPackage[] {
  const view = viewOf(step);
  return view.commands.flatMap(({ command, call }) => {
    if (call || !isPublishingTool(command) || !usesPublicIndex(view, 'npm')) return [];
    return [fromStep(documents, step, firstLine(command.range))];
  });
}

function isPublishingTool(command: Command): boolean {
  const words = toolWords(command).map((word) => word.text);
  const name = toolName(command);
  return (
    !words.includes('--dry-run') &&
    tools.some((tool) => tool.every((word, index) => (index === 0 ? name === word : words[index] === word)))
  );
}

function fromStep(documents: Documents, step: StepInstance, range: Range): FoundPackage {
  return {
    kind: 'npm',
    range,
    origin: step.origin,
    place: placeOf(step),
    names: [],
    builds: [],
    by: 'package',
    ...npmProvenance(documents, step, ''),
  };
}

function placeOf(step: StepInstance): FoundPublication['place'] {
  return { step, ...(step.job && { job: step.job }) };
}

function ofAction(documents: Documents, step: StepInstance): readonly FoundPackage[] {
  const { uses } = step.step;
  if (!uses) return [];
  if (isAction(step, 'pypa/gh-action-pypi-publish')) return ofPypiAction(step, uses.range);
  if (isAction(step, 'js-devtools/npm-publish')) {
    const provenance = inputValue(step, 'provenance');
    const found = fromStep(documents, step, uses.range);
    return [
      provenance && booleanOf(provenance) === true ? { ...found, provenance: 'asked', at: provenance.range } : found,
    ];
  }
  if (isAction(step, 'changesets/action') && inputEntry(step, 'publish'))
    return [fromStep(documents, step, uses.range)];
  if (isAction(step, 'cycjimmy/semantic-release-action')) return [fromStep(documents, step, uses.range)];
  return [];
}

/** The action attests by default where it publishes as a trusted publisher, that is without a password. */
function ofPypiAction(step: StepInstance, range: Range): readonly FoundPackage[] {
  const url = inputValue(step, 'repository-url') ?? inputValue(step, 'repository_url');
  if (url && !/\/upload\.pypi\.org\//.test(url.values[0] ?? url.written)) return [];
  const found = {
    kind: 'pypi' as const,
    range,
    origin: step.origin,
    place: placeOf(step),
    names: [],
    builds: [],
    by: 'package' as const,
  };
  const attestations = inputValue(step, 'attestations');
  if (attestations?.complete && booleanOf(attestations) === false) return [{ ...found, provenance: 'none' }];
  const password = inputValue(step, 'password');
  return [{ ...found, provenance: password && password.written.trim() !== '' ? 'none' : 'index' }];
}

/** Switched on by a variable, `.npmrc` or `publishConfig`, or brought by trusted publishing: an identity token and no npm token. */
function npmProvenance(
  documents: Documents,
  step: StepInstance,
  folder: string,
): Pick<FoundPackage, 'provenance' | 'at'> {
  const view = viewOf(step);
  const variable = view.variable('NPM_CONFIG_PROVENANCE') ?? view.variable('npm_config_provenance');
  if (variable && booleanOf(variable.value) !== false) return { provenance: 'asked', at: variable.range };
  const asked = readPackage(documents.tree, folder)?.provenance ?? false;
  if (asked || [folder, ''].some((one) => npmrcAsks(documents, one)) || (folder === '' && anyPackageAsks(documents)))
    return { provenance: 'asked' };
  const token = ['NODE_AUTH_TOKEN', 'NPM_TOKEN', 'NPM_AUTH_TOKEN', 'npm_config_//registry.npmjs.org/:_authToken'].some(
    (name) => view.variable(name),
  );
  const trusted = step.job !== undefined && grants(step);
  return { provenance: trusted && !token && !inputEntry(step, 'token') ? 'index' : 'none' };
}

function grants({ job }: StepInstance): boolean {
  return job !== undefined && grantOf(job, 'id-token', 'write').granted === 'yes';
}
