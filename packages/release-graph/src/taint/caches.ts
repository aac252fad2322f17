import type { Range } from '@plimsoll/documents';
import type { Tree } from '@plimsoll/build-context';
import { actionVersion } from '../exposures/action-version.ts';
import { firstLine, optionValues } from '@plimsoll/documents';
import { valueUnder } from '../conditions/index.ts';
import { viewOf } from '../credentials/step-view.ts';
import type { StepView } from '../credentials/step-view.ts';
import type { StepInstance } from '../lanes/model.ts';
import { readText } from '../commands/script-files.ts';
import { formTexts } from '../values/value.ts';
import { layerCaches } from './layer-caches.ts';
import type { LayerCache } from './layer-caches.ts';

/** A cache of GitHub Actions that a step restores. */
export interface RestoredCache {
  /** The step's `uses:` value; of a builder's cache the input or option that names it. */
  readonly range: Range;
  readonly what: string;
  /** Of a builder: which one. */
  readonly layers?: readonly LayerCache[];
}

interface Row {
  /** Whether it restores one, without an input that says so. */
  readonly byDefault?: boolean | ((view: StepView, tree: Tree | undefined) => boolean);
  /** Inputs that switch it on by any value but `false`. */
  readonly on?: readonly string[];
  /** Inputs that switch it off by `true`. */
  readonly off?: readonly string[];
}

const onBy = (...on: readonly string[]): Row => ({ on });
const always: Row = { byDefault: true };

/** zizmor's and the actions' own documentation of their inputs; by the action's name in lower case. */
const table: Readonly<Record<string, Row>> = {
  'actions/cache': { byDefault: true, off: ['lookup-only'] },
  'actions/cache/restore': { byDefault: true, off: ['lookup-only'] },
  'actions/setup-node': {
    on: ['cache'],
    byDefault: (view, tree) => isFrom(view, 5) && !isOff(view, 'package-manager-cache') && cachesManager(view, tree),
  },
  'actions/setup-python': onBy('cache'),
  'actions/setup-java': onBy('cache'),
  'actions/setup-dotnet': onBy('cache'),
  'actions/setup-go': { on: ['cache'], byDefault: (view) => isFrom(view, 4) },
  'ruby/setup-ruby': onBy('bundler-cache'),
  'astral-sh/setup-uv': { on: ['enable-cache'], byDefault: (view) => isFrom(view, 5) && !isFrom(view, 10) },
  'pnpm/action-setup': onBy('cache'),
  'gradle/actions/setup-gradle': { byDefault: true, off: ['cache-disabled'] },
  'gradle/gradle-build-action': { byDefault: true, off: ['cache-disabled'] },
  'burrunan/gradle-cache-action': always,
  'swatinem/rust-cache': always,
  'actions-rust-lang/setup-rust-toolchain': { on: ['cache'], byDefault: true },
  'mozilla-actions/sccache-action': always,
  'hendrikmuhs/ccache-action': always,
  'jdx/mise-action': { on: ['cache'], byDefault: true },
  'denoland/setup-deno': onBy('cache'),
  'bahmutov/npm-install': always,
  'julia-actions/cache': always,
  'mamba-org/setup-micromamba': onBy('cache-environment', 'cache-downloads'),
  'ramsey/composer-install': always,
  'subosito/flutter-action': onBy('cache'),
  'moonrepo/setup-toolchain': { on: ['cache'], byDefault: true },
  'bazel-contrib/setup-bazel': onBy('disk-cache', 'repository-cache', 'external-cache'),
  'coursier/cache-action': always,
  'awalsh128/cache-apt-pkgs-action': always,
  'satackey/action-docker-layer-caching': always,
};

/** The caches that a step restores, where it runs for an event. */
export function restoredCaches(step: StepInstance, event: string, tree: Tree | undefined): readonly RestoredCache[] {
  const view = viewOf(step);
  const { action } = view;
  const { uses } = step.step;
  if (!uses) return cachesOfCommands(view);
  if (action === 'docker/build-push-action' || action === 'docker/bake-action') return cachesOfBuild(view, action);
  const row = action === undefined || !Object.hasOwn(table, action) ? undefined : table[action];
  if (!row || !restores(row, view, event, tree)) return [];
  const isCache = action?.startsWith('actions/cache') ?? false;
  return [{ range: uses.range, what: isCache ? 'the cache' : `the cache of ${action ?? ''}` }];
}

function restores(row: Row, view: StepView, event: string, tree: Tree | undefined): boolean {
  if (row.off?.some((name) => view.input(name)?.value.values.includes('true'))) return false;
  const given = (row.on ?? []).filter((name) => view.input(name));
  if (given.length > 0) return given.some((name) => isOn(view, name, event));
  return typeof row.byDefault === 'function' ? row.byDefault(view, tree) : (row.byDefault ?? false);
}

/** Not where the value is `false` or empty for this event. */
function isOn({ step }: StepView, name: string, event: string): boolean {
  const entry = step.step.with.find((one) => one.name.toLowerCase() === name);
  if (!entry) return false;
  const { values, complete } = valueUnder(entry, step, { event });
  return !complete || values.some((value) => value.trim() !== '' && value.trim().toLowerCase() !== 'false');
}

function isOff(view: StepView, name: string): boolean {
  return view.input(name)?.value.values.includes('false') ?? false;
}

function isFrom({ step }: StepView, major: number): boolean {
  const { uses } = step.step;
  const version = uses && actionVersion(uses);
  return version !== undefined && version[0] >= major;
}

/** setup-node 5 caches by itself for any `packageManager` of package.json, later versions for npm alone. */
function cachesManager(view: StepView, tree: Tree | undefined): boolean {
  const manifest = tree ? (readText(tree, 'package.json')?.text ?? '') : '';
  if (!isFrom(view, 6)) return /"packageManager"\s*:/.test(manifest);
  return /"packageManager"\s*:\s*(?:"npm@|\{[^{}]*"name"\s*:\s*"npm")/.test(manifest);
}

function cachesOfBuild(view: StepView, action: string): readonly RestoredCache[] {
  const bakes = action === 'docker/bake-action';
  const from = view.input(bakes ? 'set' : 'cache-from');
  const layers = from ? layerCaches(formTexts(from.value), bakes ? 'cache-from' : undefined) : [];
  return from && layers.length > 0 ? [{ range: firstLine(from.range), what: "the builder's cache", layers }] : [];
}

function cachesOfCommands({ commands }: StepView): readonly RestoredCache[] {
  return commands.flatMap((view) => {
    const { call } = view;
    if (call?.does !== 'build') return [];
    return optionValues(call, 'cache-from').flatMap((word) => {
      const layers = layerCaches(formTexts(view.value(word)));
      return layers.length > 0 ? [{ range: firstLine(word.range), what: "the builder's cache", layers }] : [];
    });
  });
}
