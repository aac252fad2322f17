import { readExpressions } from '@plimsoll/documents';
import type { ExpressionPart } from '@plimsoll/documents';
import { viewOf } from '../credentials/step-view.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import type { Lanes, StepInstance } from '../lanes/model.ts';
import { reachesOf } from '../triggers/index.ts';
import type { Reach } from '../triggers/index.ts';
import { evaluate } from '../values/evaluate.ts';
import type { Resolved } from '../values/resolved.ts';
import { artifactFolder, downloadsArtifact } from './head-code.ts';
import type { ScriptInjection, UntrustedText } from './model.ts';
import { isLiteral, sinksOf } from './sinks.ts';
import type { Sink } from './sinks.ts';

/** The expressions that put somebody's text into a script, each once: with the worst text that any call brings there. */
export function scriptInjections(lanes: Lanes): readonly ScriptInjection[] {
  const found = new Map<string, ScriptInjection>();
  for (const step of lanes.steps) {
    for (const sink of sinksOf(step.step)) {
      if (!sink.text.text.includes('${{')) continue;
      for (const injection of injectionsInto(sink, step)) {
        const { range } = injection;
        const key = `${range.file.path}:${range.start}`;
        const known = found.get(key);
        if (!known || rank(injection) > rank(known)) found.set(key, injection);
      }
    }
  }
  return [...found.values()];
}

function injectionsInto(sink: Sink, step: StepInstance): readonly ScriptInjection[] {
  return readExpressions(sink.text).flatMap((part) => {
    if (!part.expression || isLiteral(sink, part.start, part.end, part.text)) return [];
    const value = evaluate(part.expression, scopeOfStep(step));
    const texts = value.untrusted ?? [];
    return texts
      .flatMap((text) => injectionOf(text, part, value, sink, step) ?? [])
      .toSorted((a, b) => rank(b) - rank(a))
      .slice(0, 1);
  });
}

function injectionOf(
  text: UntrustedText,
  part: ExpressionPart,
  value: Resolved,
  sink: Sink,
  step: StepInstance,
): ScriptInjection | undefined {
  const ways = waysOf(step, text);
  const way = ways?.toSorted((a, b) => openness(b) - openness(a))[0];
  if (ways && !way) return undefined;
  return {
    range: part.range,
    expression: part.text,
    text,
    sink: { name: sink.name, language: sink.language },
    origin: step.origin,
    ...(way && { reach: way }),
    through: value.definitions,
  };
}

/** The ways by which a step gets this text from who is not trusted; undefined for an action that nothing here calls. */
function waysOf(step: StepInstance, text: UntrustedText): readonly Reach[] | undefined {
  if (text.fromFile && !hasStrangersFiles(step)) return [];
  if (!step.job) return undefined;
  return reachesOf(step).filter(
    (reach) =>
      reach.event === 'workflow_call' || ((text.events?.includes(reach.event) ?? true) && isAuthored(reach, text)),
  );
}

/** An earlier step downloads what another run made, and none looks at what is in it: `[[ $number =~ ^[0-9]+$ ]]`. */
function hasStrangersFiles(step: StepInstance): boolean {
  const before = withCalledSteps(step.job?.steps ?? []);
  const downloads = before.some(
    (one) =>
      artifactFolder(one) !== undefined ||
      viewOf(one).commands.some((command) => downloadsArtifact(command) !== undefined),
  );
  return (
    downloads &&
    !before.some(({ step: { run } }) => run !== undefined && /=~\s*['"]?\^|\bgrep -[A-Za-z]+ ['"]?\^/.test(run.value))
  );
}

/** Somebody who lets a pull request through does not choose its title; a check of its author makes the title trusted. */
function isAuthored({ by, gate }: Reach, text: UntrustedText): boolean {
  if (text.by === 'writers') return true;
  if (by === 'anyone' || text.by === 'merged') return true;
  return by === 'approved' && gate?.kind !== 'author';
}

/** Anyone's run with rights before one without, and before one that somebody has to let through. */
function openness({ by, privileged }: Reach): number {
  return (by === 'anyone' ? 2 : 0) + Number(privileged);
}

function rank({ text, reach }: ScriptInjection): number {
  return { anyone: 8, merged: 4, writers: 0 }[text.by] + (reach ? openness(reach) : 0);
}
