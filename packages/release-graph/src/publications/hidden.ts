import { firstLine } from '@plimsoll/documents';
import type { Command, ShellWord } from '@plimsoll/documents';
import type { StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { scriptOf } from '../lanes/scripts.ts';
import { images } from '../values/image-names.ts';
import { evaluateWord, shellScope } from '../values/shell.ts';
import { tagsOf } from './found.ts';
import type { FoundPublication } from './found.ts';

/** Tools that run tasks which are written in languages of their own. */
const runners = /^(?:nix|dagger|earthly|earth|bazel|bazelisk|mage|task|rake|pants|invoke|inv)$/;
/** Those of them that only build, unless they are told to run. */
const builders = /^(?:nix|bazel|bazelisk|pants)$/;
const pushing =
  /(?:^|[^a-z])(?:push|publish|promote|release)[-_:.]?(?:docker|oci|container|image)s?(?:[^a-z]|$)|(?:^|[^a-z])(?:docker|oci|container|image)s?[-_:.](?:push|publish|promote|release)(?:[^a-z]|$)/;

/** Tasks whose name says that they push images, `nix run .#push-images -- ghcr.io/acme/api`: how they do it is not known. */
export function hiddenPublications(step: StepInstance): readonly FoundPublication[] {
  const script = scriptOf(step.step);
  if (!script || !pushing.test(script.text.text)) return [];
  const scope = scopeOfStep(step);
  return script.commands.flatMap((command): readonly FoundPublication[] => {
    if (!runners.test(command.name) || (builders.test(command.name) && command.words[1]?.text !== 'run')) return [];
    const task = command.words.slice(1).find((word) => pushing.test(word.text));
    if (!task) return [];
    const inner = shellScope(script, command, scope);
    const given = argumentsOf(command, task).flatMap((word) => images(evaluateWord(word, inner)));
    const named = given.filter(({ name }) => /^[a-z\d][\w.-]*(?::\d+)?(?:\/[\w.${} -]+)+$/.test(name));
    return [
      {
        kind: 'image',
        range: firstLine(command.range),
        origin: { ...step.origin, command },
        place: { step, ...(step.job && { job: step.job }) },
        names: [...new Set(named.map(({ name }) => name))],
        tags: tagsOf(named.filter(({ tag }) => tag !== undefined)),
        builds: [],
        by: 'tool',
        opaque: `how ${command.name} pushes with ${task.text} is not known`,
      },
    ];
  });
}

/** The words behind `--`, or behind the task. */
function argumentsOf({ words }: Command, task: ShellWord): readonly ShellWord[] {
  const end = words.findIndex(({ text }) => text === '--');
  return words.slice((end < 0 ? words.indexOf(task) : end) + 1).filter(({ text }) => !text.startsWith('-'));
}
