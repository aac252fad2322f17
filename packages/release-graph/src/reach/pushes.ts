import { recogniseCommand } from '../tools/index.ts';
import type { CallSite, FoundBuild, Place } from '../builds/index.ts';
import { inputEntry } from '../builds/action-inputs.ts';
import { outputOf } from '../builds/build-push-action.ts';
import { assumedScope, valueUnder } from '../conditions/index.ts';
import type { Assumption, Ternary } from '../conditions/index.ts';
import { or } from '../conditions/scenario.ts';
import type { StepInstance } from '../lanes/model.ts';
import { isPassing } from '../publications/found.ts';
import { evaluateText } from '../values/expressions.ts';
import { imageNames } from '../values/image-names.ts';
import { evaluateWord, shellScope } from '../values/shell.ts';
import { splitVariables } from '../values/split-words.ts';
import { toValue } from '../values/value.ts';

/** Whether a build goes to a registry under an assumption, where its step runs. A registry of the run itself is none. */
export function buildPushes(build: FoundBuild, site: CallSite | undefined, assumption: Assumption): Ternary {
  const { step } = build.place;
  if (build.pushes !== true) return build.pushes;
  if (step && /action$/.test(build.how)) return actionPushes(step, build, assumption);
  return site ? commandPublishes(site, assumption) : 'unknown';
}

function actionPushes(step: StepInstance, build: FoundBuild, assumption: Assumption): Ternary {
  const names = textsUnder(step, 'tags', assumption);
  if (names.length > 0 && names.every((name) => isPassing(name))) return false;
  const push = booleanUnder(step, 'push', assumption);
  if (push === true) return true;
  const output = outputUnder(step, assumption);
  if (push === false && output === false) return build.pushRange && isOther(step, build) ? true : false;
  return output === true ? true : 'unknown';
}

/** Another input decides it, such as `set:` of the bake action, or the bake file itself. */
function isOther(step: StepInstance, { pushRange, how }: FoundBuild): boolean {
  if (how === 'build-push-action' || !pushRange) return false;
  return !['push', 'outputs'].some((name) => {
    const entry = inputEntry(step, name);
    return (
      entry &&
      entry.range.file === pushRange.file &&
      entry.range.start <= pushRange.start &&
      pushRange.end <= entry.range.end
    );
  });
}

function textsUnder(step: StepInstance, input: string, assumption: Assumption): readonly string[] {
  const entry = inputEntry(step, input);
  if (!entry) return [];
  return imageNames({ forms: valueUnder(entry, step, assumption).forms });
}

/** An input that is a boolean; false where it is not given. */
export function booleanUnder(step: StepInstance, input: string, assumption: Assumption): Ternary {
  const entry = inputEntry(step, input);
  if (!entry) return false;
  const { values, complete } = valueUnder(entry, step, assumption);
  const texts = values.map((text) => /^\s*(?:true|1)\s*$/i.test(text));
  if (complete && texts.every((on) => on)) return true;
  return complete && !texts.some((on) => on) ? false : 'unknown';
}

function outputUnder(step: StepInstance, assumption: Assumption): Ternary {
  const entry = inputEntry(step, 'outputs');
  if (!entry) return false;
  const scope = assumedScope(step, assumption);
  const lines = entry.value
    .split('\n')
    .map((line) => toValue(evaluateText(line, scope, entry.range), line, entry.range));
  return or(lines.map((line) => together(line.forms.map((form) => outputOf({ ...line, forms: [form] }).pushes))));
}

/** What all forms of a value say; unknown where they differ. */
function together(answers: readonly Ternary[]): Ternary {
  const [only, ...more] = new Set(answers);
  return only === undefined ? false : more.length > 0 ? 'unknown' : only;
}

/** The same for a command that pushes or publishes. One that a shell's own test guards may be kept from it. */
export function commandPublishes(site: CallSite, assumption: Assumption): Ternary {
  const { call, script, place } = site;
  const command = script.commands.find(({ range }) => range.start === call.command.range.start) ?? call.command;
  if (command.conditional && isGuarded(script.text.text)) return 'unknown';
  if (place.via?.conditional && isGuarded(place.step?.step.run?.value ?? '')) return 'unknown';
  if (!place.step || place.entry) return true;
  const scope = shellScope(script, command, assumedScope(place.step, assumption));
  const assumed = recogniseCommand(splitVariables(command, scope));
  if (!assumed) return 'unknown';
  switch (assumed.does) {
    case 'build':
    case 'bake':
    case 'compose':
    case 'merge':
      return assumed.pushes;
    case 'publish':
      return !assumed.dryRun && !mindsPullRequests.test(assumed.tool);
    case 'push': {
      const names = assumed.references.flatMap((word) => imageNames(evaluateWord(word, scope)));
      return names.length === 0 || !names.every(isPassing);
    }
    default:
      return true;
  }
}

/** By itself it publishes nothing from a pull request. */
export const mindsPullRequests = /semantic-release/;

/** A loop or a function alone guards nothing. */
function isGuarded(script: string): boolean {
  return /\bif\b|\bcase\b|\[\[?\s|\btest\s|&&|\|\|/.test(script);
}

/** The commands by their calls, to find the script that a build or a publication stands in. */
export function sitesByCall(sites: readonly CallSite[]): (place: Place) => CallSite | undefined {
  const byCall = new Map(sites.map((site) => [site.call, site]));
  return ({ call }) => call && byCall.get(call);
}
