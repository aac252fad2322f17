import { firstLine } from '@plimsoll/documents';
import type { ShellWord } from '@plimsoll/documents';
import { normalise } from '../../builds/paths.ts';
import type { CallSite } from '../../builds/index.ts';
import { registryOf } from '../../credentials/publishing.ts';
import { viewOf } from '../../credentials/step-view.ts';
import type { StepInstance } from '../../lanes/model.ts';
import type { Documents } from '../../model.ts';
import type { PublishCall } from '../../tools/index.ts';
import { formTexts } from '../../values/index.ts';
import { onlyValue } from '../../values/resolved.ts';
import { evaluateWord } from '../../values/shell.ts';
import { releasesByDocker } from '../nx-release.ts';
import { chartPublication } from './charts.ts';
import { elsewhere } from './found-package.ts';
import type { FoundPackage, PackageKind, PackageProvenance } from './found-package.ts';
import { nameIn, publicPackages } from './names.ts';
import { provenanceOfCall } from './npm-provenance.ts';
import { readPackage } from './package-json.ts';
import { publishesToNpm } from './semantic-release.ts';

/** What a command of a step publishes, also in a script that the step calls. Goreleaser is another matter. */
export function ofCommand(documents: Documents, site: CallSite): readonly FoundPackage[] {
  const { call, place } = site;
  if (call.does !== 'publish' || call.dryRun || !place.step || call.ecosystem === 'goreleaser') return [];
  if (call.ecosystem === 'helm') return chartPublication(documents, site, call);
  const kind = call.ecosystem;
  const registry = elsewhere(registryIn(site, call, place.step, kind), kind);
  const names = namesOf(documents, site, call, kind);
  if (names === 'private') return [];
  return [
    {
      kind,
      range: firstLine(call.command.range),
      origin: site.origin,
      place,
      names,
      builds: [],
      by: 'package',
      ...registry,
      ...provenanceOf(documents, site, call, place.step),
    },
  ];
}

function registryIn(
  { scope }: CallSite,
  call: PublishCall,
  step: StepInstance,
  kind: Exclude<PackageKind, 'helm'>,
): string | undefined {
  const text = call.command.words.map((word) => word.text).join(' ');
  if (kind === 'pypi' && /\btest\.?pypi\b/i.test(text)) return 'https://test.pypi.org';
  if (!call.registry) return registryOf(viewOf(step), kind);
  const value = evaluateWord(call.registry, scope);
  return onlyValue(value) ?? formTexts(value)[0] ?? value.written;
}

function provenanceOf(documents: Documents, site: CallSite, call: PublishCall, step: StepInstance): PackageProvenance {
  if (call.ecosystem === 'npm') return provenanceOfCall(documents, step, call, site.base.folder, site.scope);
  if (!call.provenance) return { provenance: 'none' };
  return { provenance: 'asked', at: call.provenance.range };
}

/** Tools that publish every package of a workspace. */
const wideTools =
  /^(?:changeset|lerna|nx release|beachball|rush|auto|multi-semantic-release|cargo (?:release|ws|workspaces)|release-plz)\b/;

function namesOf(
  { tree }: Documents,
  site: CallSite,
  call: PublishCall,
  kind: PackageKind,
): readonly string[] | 'private' {
  const { folder } = site.base;
  if (call.tool === 'semantic-release') return publishesToNpm(tree, folder) ? nameIn(tree, 'npm', folder) : 'private';
  if (wideTools.test(call.tool)) {
    const all = publicPackages(tree, kind, folder);
    return all.length === 0 && call.tool === 'nx release' && releasesByDocker(tree) ? 'private' : all;
  }
  const chosen = chosenPackages(site, call);
  if (chosen.length > 0) return chosen;
  if (kind !== 'npm') return nameIn(tree, kind, folder);
  if (isWide(call)) return publicPackages(tree, kind, folder);
  const at = packageFolder(site, call);
  const own = at === undefined ? undefined : readPackage(tree, at);
  return own?.isPrivate === true && site.reason === undefined ? 'private' : own?.name === undefined ? [] : [own.name];
}

/** The names behind `--workspace`, `--filter`, `-p` and `yarn workspace`. */
function chosenPackages({ scope }: CallSite, { options, command, ecosystem }: PublishCall): readonly string[] {
  const words: ShellWord[] = options.flatMap(({ name, value }) =>
    value && ['workspace', 'filter', 'package'].includes(name) ? [value] : [],
  );
  const [, first, second] = command.words;
  if (ecosystem === 'npm' && first?.text === 'workspace' && second) words.push(second);
  return words
    .flatMap((word) => onlyValue(evaluateWord(word, scope)) ?? [])
    .filter((name) => !/[*{}[\]./!]$|^[./{[]/.test(name));
}

function isWide({ command }: PublishCall): boolean {
  return command.words.some(({ text }) =>
    /^(?:-ws|--workspaces|-r|--recursive|workspaces|--filter|-F|-w|--workspace)(?:=|$)/.test(text),
  );
}

/** The folder that npm is told to publish, else the one in which it runs; undefined where that is made in the run. */
function packageFolder({ base, scope }: CallSite, { packages }: PublishCall): string | undefined {
  const [word] = packages;
  if (!word) return base.folder;
  const path = onlyValue(evaluateWord(word, scope));
  return path === undefined || /\.tgz$/.test(path) ? undefined : normalise(`${base.folder}/${path}`);
}
