import type { Documents, Origin, BuildArg, Value } from '../model.ts';
import type { Lanes, StepInstance } from '../lanes/model.ts';
import { scopeOfStep } from '../lanes/scope.ts';
import { viewOf } from '../credentials/step-view.ts';
import type { CommandView, StepView } from '../credentials/step-view.ts';
import { evaluateText } from '../values/expressions.ts';
import { onlyValue } from '../values/resolved.ts';
import { shellScope } from '../values/shell.ts';
import { toValue } from '../values/value.ts';
import type { ValueScope } from '../values/value.ts';
import { defaultBakeFiles, readBakeArgs } from './bake-files.ts';

/** A build-arg of a bake build, whose targets are not linked to Dockerfiles. */
export interface BakeHandover {
  readonly arg: BuildArg;
  readonly value: Value;
  readonly origin: Origin;
  /** By docker/bake-action, whose default provenance holds all build-args in a public repository. */
  readonly byAction: boolean;
}

/** What bake builds of lanes are given: overrides (`set:`, `--set`) and variables which an `args` block of a bake file reads. */
export function bakeHandovers(lanes: Lanes): readonly BakeHandover[] {
  return lanes.steps.flatMap((step) => {
    const view = viewOf(step);
    if (view.action === 'docker/bake-action') return ofAction(lanes.documents, view);
    return view.commands.flatMap((at) => (at.call?.does === 'bake' ? ofCommand(lanes.documents, step, at) : []));
  });
}

/** `*.args.NAME=value`, `target.args.NAME=value` */
const OVERRIDE = /^[^.=\s]{1,200}\.args\.([A-Za-z_]\w{0,199})=/;

function ofAction(documents: Documents, view: StepView): readonly BakeHandover[] {
  const { step } = view;
  const scope = scopeOfStep(step);
  const set = step.step.with.find(({ name }) => name.toLowerCase() === 'set');
  const overrides: BakeHandover[] = [];
  let at = 0;
  for (const line of set?.value.split('\n') ?? []) {
    const match = OVERRIDE.exec(line.trim());
    const start = at + (line.length - line.trimStart().length);
    at += line.length + 1;
    if (!set || match?.[1] === undefined) continue;
    const entry = set.text.slice(start, start + line.trim().length);
    const text = entry.slice(match[0].length);
    const value = toValue(evaluateText(text.text, scope, text), text.text, text.range());
    overrides.push({
      arg: { name: match[1], nameRange: entry.range(0, match[0].length - 1), range: entry.range(), value },
      value,
      origin: step.origin,
      byAction: true,
    });
  }
  const files =
    view.input('files')?.value.values.flatMap((list) => list.split(/[\n,]/).map((file) => file.trim())) ?? [];
  return [...overrides, ...ofFiles(documents, files, scope, step.origin, true)];
}

function ofCommand(documents: Documents, step: StepInstance, at: CommandView): readonly BakeHandover[] {
  const { call, command, script } = at;
  if (call?.does !== 'bake') return [];
  const origin = { ...step.origin, command };
  const overrides = call.overrides.flatMap(({ name, nameRange, range, value }): readonly BakeHandover[] => {
    const argument = OVERRIDE.exec(`${name}=`)?.[1];
    if (argument === undefined || !value) return [];
    const evaluated = at.value(value);
    return [{ arg: { name: argument, nameRange, range, value: evaluated }, value: evaluated, origin, byAction: false }];
  });
  const files = call.files.flatMap((file) => onlyValue(at.value(file)) ?? []);
  return [...overrides, ...ofFiles(documents, files, shellScope(script, command, scopeOfStep(step)), origin, false)];
}

/** The entries of bake files whose variables are set in the step that bakes. */
function ofFiles(
  { tree }: Documents,
  given: readonly string[],
  scope: ValueScope,
  origin: Origin,
  byAction: boolean,
): readonly BakeHandover[] {
  const paths = given.length > 0 ? given : defaultBakeFiles;
  return paths.flatMap((path) =>
    readBakeArgs(tree, path.replace(/^\.\//, '')).flatMap(({ name, range, variables }): readonly BakeHandover[] => {
      const secret = variables
        .map((variable) => scope.variable(variable))
        .find((value) => value && value.secrets.length > 0);
      if (!secret) return [];
      const value = toValue(secret, name, range);
      return [{ arg: { name, nameRange: range, range, value }, value, origin, byAction }];
    }),
  );
}
