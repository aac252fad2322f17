import { inputValue } from '../builds/action-inputs.ts';
import { viewOf } from '../credentials/step-view.ts';
import { uploads } from '../exposures/upload-paths.ts';
import { normalise } from '../builds/paths.ts';
import type { StepInstance } from '../lanes/model.ts';
import type { Value } from '../model.ts';
import { formTexts } from '../values/value.ts';
import type { WrittenFile } from './written-files.ts';

/** A step that keeps files beyond its run, or a text with a release. */
export interface Keeper {
  /** Whether it keeps a file that is written at this path. */
  readonly keeps: (this: void, file: WrittenFile) => boolean;
  /** The text that it keeps by itself: the notes of a release. */
  readonly text: string;
}

/** Inputs that name the files which an action keeps. */
const actions: Readonly<Record<string, readonly string[]>> = {
  'actions/upload-artifact': ['path'],
  'softprops/action-gh-release': ['files'],
  'ncipollo/release-action': ['artifacts', 'artifact'],
  'svenstaro/upload-release-action': ['file'],
  'actions/upload-release-asset': ['asset_path'],
  'shogo82148/actions-upload-release-asset': ['asset_path', 'asset-path'],
  'alexellis/upload-assets': ['asset_paths'],
  'aws-actions/s3-upload': ['path'],
  'google-github-actions/upload-cloud-storage': ['path'],
  'stefanzweifel/git-auto-commit-action': ['file_pattern'],
  'endbug/add-and-commit': ['add'],
  'peter-evans/create-pull-request': ['add-paths'],
};

/** Without a pattern they keep whatever has changed. */
const keepsAll = new Set([
  'stefanzweifel/git-auto-commit-action',
  'endbug/add-and-commit',
  'peter-evans/create-pull-request',
]);
const notes = ['body', 'release_notes', 'commit_message', 'message'];

export function keepersOf(step: StepInstance): readonly Keeper[] {
  const view = viewOf(step);
  const inputs = actions[view.action ?? ''];
  if (inputs) {
    const patterns = inputs.flatMap((name) => inputValue(step, name) ?? []);
    const all = patterns.length === 0 && keepsAll.has(view.action ?? '');
    const text = notes
      .flatMap((name) => inputValue(step, name) ?? [])
      .map(textOf)
      .join('\n');
    return [{ keeps: (file) => all || patterns.some((pattern) => holds(pattern, file)), text }];
  }
  return view.commands.flatMap((at): readonly Keeper[] => {
    const { command } = at;
    const words = command.words.map(({ text }) => text);
    const [name, first, second] = words;
    const releases =
      name === 'gh' && first === 'release' && (second === 'create' || second === 'upload' || second === 'edit');
    const copies =
      name === 'aws' && first === 's3' ? true : name === 'gsutil' || (name === 'gcloud' && first === 'storage');
    const attaches =
      (name === 'oras' && (first === 'push' || first === 'attach')) || (name === 'cosign' && first === 'attach');
    const commits = name === 'git' && first === 'add';
    if (!releases && !copies && !attaches && !commits) return [];
    const given = command.words.slice(2).map((word) => at.value(word));
    const everything = commits && words.slice(2).some((word) => /^(?:\.|-A|--all|\*)$/.test(word));
    return [
      {
        keeps: (file) => everything || given.some((one) => holds(one, file)),
        text: releases ? given.map(textOf).join('\n') : '',
      },
    ];
  });
}

function textOf(value: Value): string {
  return [value.written, ...formTexts(value)].join(' ');
}

/** By the pattern where the file is in the workspace; else where the texts are the same, or one is the folder of the other. */
function holds(pattern: Value, { path }: WrittenFile): boolean {
  const inWorkspace = path.startsWith('/') || path.includes('$') ? undefined : normalise(path);
  if (inWorkspace !== undefined && uploads(pattern.forms, inWorkspace)) return true;
  const base = path.slice(path.lastIndexOf('/') + 1);
  return formTexts(pattern)
    .flatMap((text) => text.split(/[\n, ]/))
    .some((line) => isPathOf(line.trim(), path, base));
}

/** `gh release create` takes a label behind `#`. */
function isPathOf(line: string, path: string, base: string): boolean {
  const [given = ''] = line.replaceAll(/["']/g, '').split('#', 1);
  if (given === '') return false;
  if (given === path || given === base || (base !== '' && given.endsWith(`/${base}`))) return true;
  const folder = given.endsWith('/**') ? given.slice(0, -3) : given.endsWith('/*') ? given.slice(0, -2) : given;
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
