import { lastOption } from '@plimsoll/documents';
import type { CallSite } from '../builds/index.ts';
import { isAction } from '../builds/build-push-action.ts';
import { stepsBefore } from '../builds/workspace.ts';
import type { StepInstance } from '../lanes/model.ts';
import type { BuildCall } from '../tools/index.ts';
import { imageNames } from '../values/image-names.ts';
import { literal, onlyValue } from '../values/resolved.ts';
import type { Resolved } from '../values/resolved.ts';
import { environmentOf, evaluateWord } from '../values/shell.ts';
import { formTexts } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';

/** Below which name ko pushes: `KO_DOCKER_REPO`, which `setup-ko` sets to the repository's own name in ghcr.io where nobody else does. */
export function koRepository(scope: ValueScope, step: StepInstance | undefined): Resolved | undefined {
  const given = scope.variable('KO_DOCKER_REPO');
  if (given) return given;
  const isSetUp = step && stepsBefore(step).some((one) => isAction(one, 'ko-build/setup-ko', 'imjasonh/setup-ko'));
  return isSetUp ? literal('ghcr.io/${{ github.repository }}') : undefined;
}

/**
 * The images of a call of ko: of `--bare` the repository itself; else one below it for each import path, named by its last
 * part. Where the import paths stand in manifests, `NAME/*`.
 */
export function koNames({ scope, place }: CallSite, call: BuildCall): readonly string[] {
  const repository = koRepository(environmentOf(call.command, scope), place.step);
  const roots = repository
    ? imageNames({ forms: repository.forms.map((form) => [...form, '/', ':latest']) }).map((name) =>
        name.replace(/\/$/, ''),
      )
    : [];
  if (lastOption(call, 'bare')) return roots;
  const isBuild = /^(?:build|publish)$/.test(
    call.command.words.find(({ text }) => /^(?:build|publish|resolve|apply|create|run)$/.test(text))?.text ?? '',
  );
  const given = call.positionals.map((word) => onlyValue(evaluateWord(word, scope)) ?? '*').filter(isImportPath);
  const paths = isBuild && given.length > 0 ? given : ['*'];
  return roots.flatMap((root) => paths.map((path) => `${root}/${lastPart(path)}`));
}

/** The words of a label that a variable brings are none. */
function isImportPath(word: string): boolean {
  return word === '*' || /^(?:ko:\/\/)?\.?(?:\/|$)|^[\w.-]+\//.test(word);
}

/** `./cmd/api` and `github.com/acme/api/cmd/api` are `api`; the root of a module is not known by its path. */
function lastPart(path: string): string {
  const part = path.split('/').findLast((one) => one !== '' && one !== '.' && one !== '...');
  return part === undefined || !/^[\w.-]+$/.test(part) ? '*' : part.toLowerCase();
}

/** The same for goreleaser, which calls ko by itself. */
export function koRepositoryText(scope: ValueScope, step: StepInstance | undefined): readonly string[] {
  const found = koRepository(scope, step);
  return found ? formTexts(found).slice(0, 1) : [];
}
