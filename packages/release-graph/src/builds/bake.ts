import { firstLine, isVendored } from '@plimsoll/documents';
import type { Range } from '@plimsoll/documents';
import { buildableTargets } from '../bake/bake-targets.ts';
import type { Override } from '../bake/bake-targets.ts';
import { folderOf } from '../commands/script-files.ts';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import type { Documents, Value } from '../model.ts';
import type { BakeCall } from '../tools/index.ts';
import { formTexts, onlyValue } from '../values/index.ts';
import { literal, unknown } from '../values/resolved.ts';
import { environmentOf, evaluateWord, resolveWord } from '../values/shell.ts';
import type { ValueScope } from '../values/value.ts';
import { inputLines, inputValue } from './action-inputs.ts';
import { booleanOf, isAction, majorOf } from './build-push-action.ts';
import type { CallSite } from './call-sites.ts';
import type { FoundBuild, ProvenanceSetting } from './found.ts';
import { normalise } from './paths.ts';
import { bakeBuilds, bakeFilesOf, defaultBakeFiles } from './bake-run.ts';
import { sbomOfOptions } from './command-build.ts';
import { provenanceSetting } from './provenance-setting.ts';
import { sbomSetting } from './sbom-setting.ts';
import { inFolder } from './sources.ts';
import { workspaceOf } from './workspace.ts';

/** The builds of a `docker/bake-action` step: one for each target. */
export function bakeAction(documents: Documents, step: StepInstance): readonly FoundBuild[] {
  const { uses } = step.step;
  if (!uses || !isAction(step, 'docker/bake-action', 'depot/bake-action') || uses.path !== undefined) return [];
  const source = inputValue(step, 'source');
  const workdir = onlyValue(inputValue(step, 'workdir') ?? { forms: [[]] }) ?? '';
  const sourceFolder = source && onlyValue(source);
  const git =
    majorOf(step) >= 6 &&
    (source === undefined || sourceFolder === undefined || sourceFolder.startsWith('{{defaultContext}}'));
  const push = inputValue(step, 'push');
  const provenance = inputValue(step, 'provenance');
  const sbom = sbomSetting(inputValue(step, 'sbom'));
  const base = workspaceOf(step);
  const folder = normalise(inFolder(workdir, git ? (sourceFolder?.split(':')[1] ?? '') : (sourceFolder ?? ''))) ?? '';
  return bakeBuilds(documents, {
    how: 'bake-action',
    range: uses.range,
    origin: step.origin,
    place: { step, ...(step.job && { job: step.job }) },
    base: { ...base, folder },
    scope: scopeOfStep(step),
    files: listInput(step, 'files').map((text) => text?.replace(/^cwd:\/\//, '')),
    targets: listInput(step, 'targets'),
    overrides: inputLines(step, 'set').flatMap(({ value, range }) => overrideOf(value, range)),
    git,
    pushes: push ? booleanOf(push) : false,
    sbom,
    ...(push && { pushRange: push.range }),
    ...(provenance &&
      provenance.written.trim() !== '' && {
        provenance: provenanceSetting(onlyValue(provenance) ?? 'true', provenance.range),
      }),
  });
}

/** The entries of an input, one a line or between commas. */
function listInput(step: StepInstance, name: string): readonly (string | undefined)[] {
  return inputLines(step, name).flatMap(({ value }) =>
    value.complete
      ? formTexts(value)
          .flatMap((text) => text.split(/[\n,]/))
          .map((text) => text.trim())
          .filter(Boolean)
      : [undefined],
  );
}

/** The builds of a `docker buildx bake` command. */
export function bakeCommand(documents: Documents, site: CallSite): readonly FoundBuild[] {
  const { call, scope, base, origin, place, reason } = site;
  if (call.does !== 'bake') return [];
  return bakeBuilds(documents, {
    how: 'command',
    range: firstLine(call.command.range),
    origin,
    place,
    base,
    ...(reason !== undefined && { reason }),
    scope: environmentOf(call.command, scope),
    files: call.files.map((file) => onlyValue(evaluateWord(file, scope))),
    targets: call.targets.map((target) => onlyValue(evaluateWord(target, scope))),
    overrides: call.overrides.flatMap(({ name, value, range }) =>
      value ? splitKey(name, resolveWord(value, scope), range) : [],
    ),
    git: false,
    pushes: call.pushes,
    sbom: sbomOfOptions(call, scope),
    ...(call.pushOption && { pushRange: call.pushOption.range }),
    ...provenanceOfCall(call, scope),
  });
}

function provenanceOfCall(call: BakeCall, scope: ValueScope): { provenance?: ProvenanceSetting } {
  const given = call.attestations.findLast((option) => option.name === 'provenance');
  if (!given) return {};
  return {
    provenance: provenanceSetting(
      given.value ? (onlyValue(evaluateWord(given.value, scope)) ?? 'true') : 'true',
      given.range,
    ),
  };
}

function overrideOf(value: Value, range: Range): readonly Override[] {
  const [form = []] = value.forms;
  const [first, ...rest] = form;
  const equals = typeof first === 'string' ? first.indexOf('=') : -1;
  if (typeof first !== 'string' || equals < 1) return [];
  const text = first.slice(equals + 1);
  return splitKey(
    first.slice(0, equals),
    {
      ...literal(''),
      forms: [[...(text === '' ? [] : [text]), ...rest]],
      secrets: value.secrets,
      definitions: value.definitions,
    },
    range,
  );
}

function splitKey(name: string, value: Override['value'], range: Range): readonly Override[] {
  const dot = name.indexOf('.');
  return dot < 1 ? [] : [{ pattern: name.slice(0, dot), key: name.slice(dot + 1), value, range }];
}

/** The targets of the bake files in folders of which no build is known, as `docker buildx bake` there would make them; not of vendored ones. */
export function uncalledBakeFiles(documents: Documents, known: readonly FoundBuild[]): readonly FoundBuild[] {
  const called = new Set(known.flatMap(({ bakeFiles }) => bakeFiles ?? []));
  const paths = documents.tree.files.flatMap(({ path, type }) =>
    type === 'file' &&
    defaultBakeFiles.includes(path.slice(path.lastIndexOf('/') + 1)) &&
    !called.has(path) &&
    !isVendored(path)
      ? [path]
      : [],
  );
  return [...new Set(paths.map(folderOf))].flatMap((folder) => {
    const bake = bakeFilesOf(documents, folder, defaultBakeFiles);
    if (!bake) return [];
    return bakeBuilds(documents, {
      how: 'bake',
      origin: { callers: [] },
      place: {},
      base: { folder, checkouts: [] },
      scope: { context: () => unknown('${{ … }}', 'no step calls it'), variable: () => undefined },
      files: defaultBakeFiles,
      targets: buildableTargets(bake),
      overrides: [],
      git: false,
      pushes: false,
      sbom: false,
    });
  });
}
