import { firstLine, parseArguments, readYaml, skaffoldArtifacts } from '@plimsoll/documents';
import type { ArgumentSpec } from '@plimsoll/documents';
import { inFolder } from '../builds/sources.ts';
import { workingDirectory } from '../builds/workspace.ts';
import { readText } from '../commands/script-files.ts';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { scriptOf } from '../lanes/scripts.ts';
import type { Documents } from '../model.ts';
import { imageNames } from '../values/image-names.ts';
import { onlyValue } from '../values/resolved.ts';
import { evaluateWord, shellScope } from '../values/shell.ts';
import { formTexts } from '../values/value.ts';
import type { FoundPublication } from './found.ts';

const spec: ArgumentSpec = {
  values: 'd,default-repo f,filename p,profile n,namespace t,tag b,build-image m,module kube-context push',
};

/** `skaffold run` and `skaffold build` push what they build, unless that goes to a local cluster ("Image Repository Handling"). */
export function skaffoldPublications({ tree }: Documents, step: StepInstance): readonly FoundPublication[] {
  const script = scriptOf(step.step);
  if (!script?.text.text.includes('skaffold')) return [];
  const outer = scopeOfStep(step);
  return script.commands.flatMap((command): readonly FoundPublication[] => {
    const verb = command.words[1]?.text ?? '';
    if (command.name !== 'skaffold' || !/^(?:run|build)$/.test(verb)) return [];
    const { options } = parseArguments(command.words.slice(2), spec);
    const scope = shellScope(script, command, outer);
    const option = (name: string): readonly string[] =>
      options.flatMap((one) => (one.name === name && one.value ? formTexts(evaluateWord(one.value, scope)) : []));
    if (option('push').includes('false')) return [];
    const [repository = ''] = option('default-repo');
    const [path = 'skaffold.yaml'] = option('filename');
    const file = readText(tree, inFolder(onlyValue(workingDirectory(step)) ?? '', path));
    const [root] = file ? readYaml(file, 'syntax/manifest').document.documents : [];
    const names = (root ? skaffoldArtifacts(root) : []).flatMap((name) => pushedName(name, repository) ?? []);
    if (names.length === 0) return [];
    return [
      {
        kind: 'image',
        range: firstLine(command.range),
        origin: { ...step.origin, command },
        place: { step, ...(step.job && { job: step.job }) },
        names: [...new Set(names.flatMap((name) => imageNames({ forms: [[name, ':latest']] })))],
        builds: [],
        by: 'tool',
        opaque: 'skaffold builds and pushes by its own configuration',
      },
    ];
  });
}

/** Undefined for a name that stays in the local daemon. */
function pushedName(name: string, repository: string): string | undefined {
  if (repository !== '') return name.startsWith(repository) ? name : `${repository}/${name.replaceAll(/[/:@]/g, '_')}`;
  return /^[\w-]+[.:][^/]*\//.test(name) ? name : undefined;
}
