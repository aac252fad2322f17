import { firstLine } from '@plimsoll/documents';
import type { Command, NamedValue, Range, ShellWord } from '@plimsoll/documents';
import { viewOf } from '../credentials/step-view.ts';
import type { Lanes, StepInstance } from '../lanes/model.ts';
import { scopeOfJob, scopeOfStep } from '../lanes/scope.ts';
import { isPowerShell, scriptOf } from '../lanes/scripts.ts';
import { evaluateText } from '../values/expressions.ts';
import { onlyValue } from '../values/resolved.ts';
import type { ValueScope } from '../values/value.ts';
import { normalise } from '../builds/paths.ts';
import { followGithubScript } from './github-script.ts';
import type { SecretLeak } from './model.ts';
import { followPowerShell } from './powershell.ts';
import { covers } from './removals.ts';
import { followScript } from './script-flow.ts';
import type { Surroundings, Written } from './script-flow.ts';
import { isSameLine, pathBefore, trackedIn } from './tracked.ts';
import type { Tracked } from './tracked.ts';

/** The secrets that steps print, hand on in outputs, or upload. */
export function leaksOfSteps(lanes: Lanes): readonly SecretLeak[] {
  const files = new Map<readonly StepInstance[], Map<string, Tracked>>();
  const leaks = lanes.steps.flatMap((step) => {
    const ofJob = files.get(step.siblings) ?? new Map<string, Tracked>();
    files.set(step.siblings, ofJob);
    return [...leaksOfScript(step, ofJob), ...leaksOfOtherScript(step, ofJob), ...uploaded(step, ofJob)];
  });
  return [...leaks, ...declaredOutputs(lanes)];
}

/** `files`: what earlier steps of the job wrote; what this one writes is added. */
function leaksOfScript(step: StepInstance, files: Map<string, Tracked>): readonly SecretLeak[] {
  const script = isPowerShell(step) ? undefined : scriptOf(step.step);
  if (!script || script.text.text.length > MAX_SCRIPT) return [];
  const written = followScript(script, surroundingsOfStep(step, files));
  return written.flatMap((one): readonly SecretLeak[] => {
    if (one.to.kind === 'file' && one.to.variable === undefined) {
      files.set(one.to.path, one.secret);
      return [];
    }
    const at = firstLine(placeIn(one));
    const common = { source: one.secret.source, range: at, path: pathBefore(one.secret, at), onward: [] };
    if (one.to.kind === 'stdout') return [{ ...common, ...printed(one.command) }];
    const kept = KEPT[one.to.variable ?? ''];
    return kept === undefined ? [] : [{ ...common, sink: 'output', name: one.to.variable ?? '', keptIn: kept }];
  });
}

/** The same of what is no shell script: the JavaScript of `actions/github-script`, and PowerShell. */
function leaksOfOtherScript(step: StepInstance, files: Map<string, Tracked>): readonly SecretLeak[] {
  const { run, with: inputs } = step.step;
  const isScript = viewOf(step).action === 'actions/github-script';
  const text = isScript
    ? inputs.find(({ name }) => name === 'script')?.text
    : isPowerShell(step)
      ? run?.text
      : undefined;
  if (!text || text.text.length > MAX_SCRIPT) return [];
  const around = surroundingsOfStep(step, files);
  const written = isScript ? followGithubScript(text, around) : followPowerShell(text, around);
  return written.flatMap(({ at, secret, to }): readonly SecretLeak[] => {
    if (to.kind === 'file') {
      if (to.path !== '') files.set(pathIn('', to.path), secret);
      return [];
    }
    const range = firstLine(at.range());
    const common = { source: secret.source, range, path: pathBefore(secret, range), onward: [] };
    if (to.kind === 'log') return [{ ...common, sink: 'log', name: '', keptIn: 'the log of the run' }];
    const keptIn = KEPT[to.file];
    return keptIn === undefined ? [] : [{ ...common, sink: 'output', name: to.name, keptIn }];
  });
}

const MAX_SCRIPT = 200_000;

const KEPT: Readonly<Record<string, string>> = {
  GITHUB_OUTPUT: "the step's outputs, which later steps and jobs read",
  GITHUB_ENV: 'the environment of every later step of the job',
  GITHUB_STATE: 'the state of the action',
  GITHUB_STEP_SUMMARY: 'the summary of the run',
};

/** `::set-output name=x::` and `::set-env name=x::` are outputs too. */
function printed({ words }: Command): Pick<SecretLeak, 'sink' | 'name' | 'keptIn'> {
  const [, command, name] =
    /::(set-output|set-env|save-state) name=([\w-]+)::/.exec(words.map(({ text }) => text).join(' ')) ?? [];
  if (command === undefined) return { sink: 'log', name: '', keptIn: 'the log of the run' };
  const kept = command === 'set-env' ? KEPT['GITHUB_ENV'] : KEPT['GITHUB_OUTPUT'];
  return { sink: 'output', name: name ?? '', keptIn: kept ?? '' };
}

/** The line of a here-document in which the secret stands, or the command. */
function placeIn({ command, secret }: Written): Range {
  const last = secret.path.at(-1)?.at;
  const isInside =
    last?.file === command.range.file &&
    command.redirections.some(
      ({ body }) => body && last && body.range().start <= last.start && last.end <= body.range().end,
    );
  return isInside && last ? last : command.range;
}

function surroundingsOfStep(step: StepInstance, files: ReadonlyMap<string, Tracked>): Surroundings {
  const scope = scopeOfStep(step);
  const folder = step.step.workingDirectory?.value ?? '';
  return {
    variable: (name) => trackedIn(scope.variable(name)),
    expression: (text, places) => trackedIn(evaluateText(text, scope, places)),
    file: (path) => files.get(path),
    anyVariable: () => step.step.env.map(({ name }) => trackedIn(scope.variable(name))).find(Boolean),
    pathOf: (path) => pathIn(folder, typeof path === 'string' ? path : textOfWord(path, scope)),
  };
}

/** A word with what is known of its variables. */
function textOfWord({ parts, text }: ShellWord, scope: ValueScope): string {
  const known = parts.map((part) => {
    if (part.kind === 'literal') return part.text;
    const value = part.kind === 'variable' && !part.modified ? scope.variable(part.name) : undefined;
    return (value && onlyValue(value)) ?? part.text;
  });
  return known.length > 0 ? known.join('') : text;
}

function pathIn(folder: string, path: string): string {
  if (path === '' || /^[/~$]/.test(path)) return path;
  return normalise(folder === '' ? path : `${folder}/${path}`) ?? path;
}

/** `actions/upload-artifact` with a file that a step wrote a secret to. */
function uploaded(step: StepInstance, files: ReadonlyMap<string, Tracked>): readonly SecretLeak[] {
  if (viewOf(step).action !== 'actions/upload-artifact' || files.size === 0) return [];
  const input = step.step.with.find(({ name }) => name.toLowerCase() === 'path');
  if (!input) return [];
  const lines = linesOf(input);
  const excluded = lines.filter(({ text }) => text.startsWith('!')).map(({ text }) => text.slice(1));
  for (const { text, range } of lines) {
    for (const [path, secret] of files) {
      if (text.startsWith('!') || !isUploaded(text, path) || excluded.some((one) => isUploaded(one, path))) continue;
      const keptIn = 'an artifact, which everyone who can read the repository can download';
      return [
        {
          sink: 'artifact',
          source: secret.source,
          range,
          name: path,
          path: pathBefore(secret, range),
          onward: [],
          keptIn,
        },
      ];
    }
  }
  return [];
}

/** Hidden files are left out of folders and patterns unless they are asked for. */
function isUploaded(text: string, path: string): boolean {
  const pattern = normalise(text) ?? text;
  if (pattern === path) return true;
  if (/(?:^|\/)\.[^./]/.test(path)) return false;
  return pattern === '' || pattern === '.'
    ? !path.startsWith('/')
    : covers(pattern.replace(/\/?\*\*(?:\/\*)?$/, ''), path);
}

/** The lines of an input, each with its place. */
export function linesOf(
  input: NamedValue,
): readonly { readonly text: string; readonly range: Range; readonly places: NamedValue['text'] }[] {
  let at = 0;
  return input.value.split('\n').flatMap((line) => {
    const start = at + line.length - line.trimStart().length;
    at += line.length + 1;
    const text = line.trim();
    if (text === '') return [];
    const places = input.text.slice(start, start + text.length);
    return [{ text, range: places.range(), places }];
  });
}

/** `outputs:` of a job, a called workflow or a composite action that name a secret themselves. */
function declaredOutputs(lanes: Lanes): readonly SecretLeak[] {
  const ofJobs = lanes.jobs.flatMap((job) => job.job.outputs.flatMap((output) => outputLeak(output, scopeOfJob(job))));
  const ofActions = lanes.steps.flatMap((step) => {
    const [inner] = step.steps;
    return inner && step.calls ? step.calls.outputs.flatMap((output) => outputLeak(output, scopeOfStep(inner))) : [];
  });
  return [...ofJobs, ...ofActions];
}

function outputLeak(output: NamedValue, scope: ValueScope): readonly SecretLeak[] {
  const range = firstLine(output.range);
  const tracked = trackedIn(evaluateText(output.value, scope, output.text));
  if (!tracked || !isSameLine(tracked.source.range, range)) return [];
  const keptIn = 'an output, which GitHub drops between jobs where it holds a secret, and hands on between steps';
  return [{ sink: 'output', source: tracked.source, range, name: output.name, path: [], onward: [], keptIn }];
}
